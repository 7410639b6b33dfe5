import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { datagramHeader } from '../../record/datagram-record.ts';
import { fragmentHeader } from './datagram-assembly.ts';
import type { Greeted } from './hello-fragments.ts';
import { HelloFragments } from './hello-fragments.ts';

const keys = [new Uint8Array(32).fill(1)];

test('a hello in fragments of any size is asked for a cookie and let in with it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), fc.boolean(), (size, together) => {
      const fragments = new HelloFragments();
      const send = (cookie?: Uint8Array) => greeted(fragments, datagramsOf(bodyWith(cookie), size, together));
      const request = send().find(({ greeting }) => greeting.what === 'reply')?.greeting;
      assert.ok(request?.what === 'reply');
      const start = send(request.message.subarray(-20)).find(({ greeting }) => greeting.what === 'start');
      assert.ok(start?.greeting.what === 'start');
      assert.deepEqual(start.greeting.hello.random, Buffer.alloc(32, 3));
    }),
  );
});

test('what does not go on where the beginning ends is passed over', () => {
  const fragments = new HelloFragments();
  const [first, second, third] = datagramsOf(bodyWith(), 20, false);
  assert.ok(first && second && third);
  const whats = greeted(fragments, [second, first, third, first, second]).map(({ greeting }) => greeting.what);
  assert.deepEqual(whats, ['part', 'part', 'part', 'part', 'reply']);
});

test('a beginning counts for its own address, and of many addresses the oldest is forgotten', () => {
  const fragments = new HelloFragments();
  const [first, second] = datagramsOf(bodyWith(), 20, false);
  assert.ok(first && second);
  const whatOf = (datagram: Uint8Array, peer: string) => fragments.greet({ datagram, peer, keys }).greeting.what;
  for (let port = 0; port <= 256; port++) whatOf(first, `192.0.2.1:${port}`);
  assert.equal(whatOf(second, '192.0.2.1:0'), 'part');
  assert.equal(whatOf(second, '192.0.2.1:1'), 'reply');
  assert.equal(whatOf(second, '192.0.2.1:256'), 'reply');
});

test('hostile fragments are passed over', () => {
  const numbers = { length: fc.integer({ min: 0, max: 400 }), offset: fc.integer({ min: 0, max: 400 }) };
  const fragment = fc.record({ ...numbers, body: fc.uint8Array({ maxLength: 400 }) });
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 12 }), (parts) => {
      const datagrams = parts.map(({ length, offset, body }) => {
        const header = fragmentHeader({ type: 1, length, sequence: 0 }, { offset, length: body.length });
        return inRecord(Buffer.concat([header, body]));
      });
      for (const { greeting } of greeted(new HelloFragments(), datagrams)) assert.notEqual(greeting.what, 'start');
    }),
  );
});

function greeted(fragments: HelloFragments, datagrams: readonly Uint8Array[]): Greeted[] {
  return datagrams.map((datagram) => fragments.greet({ datagram, peer: '192.0.2.1:5000', keys }));
}

/** A ClientHello of DTLS 1.2 without extensions. */
function bodyWith(cookie: Uint8Array = new Uint8Array(0)): Uint8Array {
  const start = [Buffer.from('fefd', 'hex'), Buffer.alloc(32, 3), Uint8Array.of(0, cookie.length), cookie];
  return Buffer.concat([...start, Buffer.from('0002c02b0100', 'hex')]);
}

/** A datagram for each fragment, or one with all of them. */
function datagramsOf(body: Uint8Array, size: number, together: boolean): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let offset = 0; offset < body.length; offset += size) {
    const part = body.subarray(offset, offset + size);
    const header = fragmentHeader({ type: 1, length: body.length, sequence: 0 }, { offset, length: part.length });
    records.push(inRecord(Buffer.concat([header, part])));
  }
  return together ? [Buffer.concat(records)] : records;
}

function inRecord(fragment: Uint8Array): Uint8Array {
  const header = datagramHeader({ type: 22, version: 0xfefd, epoch: 0, sequence: 0 }, fragment.length);
  return Buffer.concat([header, fragment]);
}
