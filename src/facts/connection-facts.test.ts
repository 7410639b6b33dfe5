import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ContentType } from '../names/content-types.ts';
import { Version } from '../names/versions.ts';
import { ConnectionFacts } from './connection-facts.ts';
import type { Fact } from './fact.ts';
import { FactStream } from './fact-stream.ts';

/** The facts about messages of a connection, all details included. */
function factsAbout(messages: readonly Message[], version: number): Fact[] {
  const facts: Fact[] = [];
  const stream = new FactStream({
    emit: (fact) => facts.push(fact),
    with: { bytes: true, records: true, data: true, secrets: true },
    now: () => 0,
  });
  const { observer } = new ConnectionFacts(stream, 1, { remote: null, local: null, transport: 'unix' });
  for (const { way, type, body } of messages) {
    const header = Uint8Array.of(type, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff);
    observer.message?.(way, ContentType.handshake, version, Buffer.concat([header, body]));
  }
  return facts;
}

interface Message {
  readonly way: 'read' | 'write';
  readonly type: number;
  readonly body: Uint8Array;
}

test('any bytes as any messages are facts, each of them JSON, and never an exception', () => {
  const types = [0, 1, 2, 3, 4, 5, 8, 11, 12, 13, 14, 15, 16, 20, 22, 24, 25, 67, 77, 254];
  const message = fc.record<Message>({
    way: fc.constantFrom('read', 'write'),
    type: fc.constantFrom(...types),
    body: fc.uint8Array({ maxLength: 300 }),
  });
  const versions = fc.constantFrom(...Object.values(Version));
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), versions, (messages, version) => {
      const facts = factsAbout(messages, version);
      assert.equal(facts.filter(({ fact }) => fact === 'message').length, messages.length);
      for (const fact of facts) assert.deepEqual(JSON.parse(JSON.stringify(fact)), fact);
    }),
    { numRuns: 2000 },
  );
});
