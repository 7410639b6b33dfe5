import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { array, assert as check, nat, oneof, property, record, uint8Array } from 'fast-check';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { ContentType } from '../src/names/content-types.ts';
import { certificateFiles } from './certificates.ts';
import { converse, Recorded, settingsOf } from './conversation.ts';
import { surroundingsKnown, ticketKeysKnown } from './known-surroundings.ts';

const question = 'What time is it?\n';
const answer = 'Time to go.\n';

const hellos = [
  { name: 'TLS 1.3', client: { minVersion: 'TLSv1.3' } },
  { name: 'TLS 1.2', client: { maxVersion: 'TLSv1.2' } },
] as const satisfies readonly { name: string; client: ConnectionOptions }[];

for (const { name, client } of hellos) {
  test(`a ${name} hello that breaks off anywhere is waited for, and its end is told`, async (t) => {
    const settings = await settingsOf(...certificateFiles(t, 'Ed25519').words);
    const hello = await helloOf(settings, client);
    for (let length = 0; length < hello.length; length++) {
      const recorded = new Recorded({ settings });
      recorded.engine.feed(hello.subarray(0, length));
      assert.deepEqual([recorded.sent, recorded.endings], [[], []], `${length} bytes`);
      recorded.engine.end();
      assert.equal(recorded.endings.length, 1, `${length} bytes`);
      checkEnding(recorded);
    }
  });

  for (const toleratesBroken of [false, true]) {
    const how = toleratesBroken ? ' where broken peers are tolerated' : '';
    test(`every byte of a ${name} hello may be wrong${how}`, async (t) => {
      const settings = { ...(await settingsOf(...certificateFiles(t, 'Ed25519').words)), toleratesBroken };
      const hello = await helloOf(settings, client);
      for (let at = 0; at < hello.length; at++) for (const flip of flips) feedHello(settings, flipped(hello, at, flip));
    });

    test(`several faults in a ${name} hello do no harm${how}`, async (t) => {
      const settings = { ...(await settingsOf(...certificateFiles(t, 'Ed25519').words)), toleratesBroken };
      const hello = await helloOf(settings, client);
      await check(
        property(faults, (faults) => feedHello(settings, spoilt(hello, faults))),
        { seed: 1, numRuns: 400 },
      );
    });
  }
}

test('noise instead of a hello ends in an alert or is waited for', async (t) => {
  const settings = await settingsOf(...certificateFiles(t, 'Ed25519').words);
  await check(
    property(uint8Array({ maxLength: 300 }), (noise) => feedHello(settings, noise)),
    { seed: 1, numRuns: 300 },
  );
  for (const type of [20, 21, 22, 23, 24]) {
    await check(
      property(uint8Array({ maxLength: 300 }), (noise) => {
        feedHello(settings, Buffer.from([type, 3, 1, noise.length >> 8, noise.length & 0xff, ...noise]));
      }),
      { seed: 1, numRuns: 100 },
    );
  }
});

test('every byte of all that a TLS 1.2 client sends may be wrong or the last one', async (t) => {
  // RSA key exchange: only with it the server's part can be repeated.
  const configured = await settingsOf(...certificateFiles(t, 'RSA').words);
  const client: ConnectionOptions = { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' };
  const server = () => ({
    settings: { ...configured, ticketKeys: ticketKeysKnown() },
    surroundings: surroundingsKnown(),
  });
  const { clientBytes, serverRead } = await converse({ server: server(), client, question, answer });
  assert.equal(serverRead, question);
  const whole = new Recorded(server());
  whole.engine.feed(clientBytes);
  assert.equal(whole.receivedText, question);
  const hello = recordLength(clientBytes);
  for (let at = hello; at < clientBytes.length; at++) {
    const wrong = new Recorded(server());
    wrong.engine.feed(flipped(clientBytes, at, 1 << (at % 8)));
    wrong.engine.end();
    checkEnding(wrong);
    assert.ok(question.startsWith(wrong.receivedText), `byte ${at}`);
    const short = new Recorded(server());
    short.engine.feed(clientBytes.subarray(0, at));
    assert.deepEqual(short.endings, [], `${at} bytes`);
    short.engine.end();
    checkEnding(short);
  }
});

test('every byte that a TLS 1.3 client sends after its hello may be wrong', async (t) => {
  const settings = await settingsOf(...certificateFiles(t, 'Ed25519').words);
  const client: ConnectionOptions = { minVersion: 'TLSv1.3' };
  const whole = await converse({ server: { settings }, client, question, answer });
  assert.equal(whole.serverRead, question);
  const first = recordLength(whole.clientBytes);
  for (let at = first; at < whole.clientBytes.length; at++) {
    let passed = 0;
    const outcome = await converse({
      server: { settings },
      client,
      question,
      answer,
      cut: (bytes, to) => {
        if (to === 'client') return [bytes];
        const here = at - passed;
        passed += bytes.length;
        return [here >= 0 && here < bytes.length ? flipped(bytes, here, 1 << (at % 8)) : bytes];
      },
    });
    assert.equal(outcome.endings.includes('crashed'), false, `byte ${at}`);
    assert.equal(outcome.endings.length, 1, `byte ${at}`);
    assert.ok(question.startsWith(outcome.serverRead), `byte ${at}`);
  }
});

test('a hello that says it is 16 million bytes long is refused before they come', async (t) => {
  const settings = await settingsOf(...certificateFiles(t, 'Ed25519').words);
  const recorded = new Recorded({ settings });
  recorded.engine.feed(Buffer.from('1603010004 01ffffff'.replace(' ', ''), 'hex'));
  assert.deepEqual(
    recorded.endings.map((it) => it.how === 'failed' && it.problem.problem),
    ['excessiveMessageSize'],
  );
});

test('a client that sends for ever without saying anything is refused', async (t) => {
  const settings = await settingsOf(...certificateFiles(t, 'Ed25519').words);
  const floods = { 'empty records': '1603010000', 'warning alerts': '15030100020129' };
  for (const [name, bytes] of Object.entries(floods)) {
    const recorded = new Recorded({ settings });
    for (let count = 0; count < 100; count++) recorded.engine.feed(Buffer.from(bytes, 'hex'));
    assert.equal(recorded.endings[0]?.how, 'failed', name);
  }
});

const flips = [0x01, 0x80, 0xff];

const faults = array(
  oneof(
    record({ at: nat(1000), put: uint8Array({ minLength: 1, maxLength: 4 }) }),
    record({ at: nat(1000), remove: nat(20) }),
    record({ at: nat(1000), add: uint8Array({ maxLength: 20 }) }),
  ),
  { minLength: 1, maxLength: 5 },
);

interface Fault {
  readonly at: number;
  readonly put?: Uint8Array;
  readonly remove?: number;
  readonly add?: Uint8Array;
}

/** spoilt corrects the record's length, so that most faults get past it. */
function spoilt(hello: Uint8Array, faults: readonly Fault[]): Uint8Array {
  let body: Uint8Array = Uint8Array.from(hello.subarray(5));
  for (const fault of faults) {
    const at = fault.at % (body.length + 1);
    const inserted = fault.put ?? fault.add ?? new Uint8Array(0);
    const left = body.subarray(at + (fault.put?.length ?? fault.remove ?? 0));
    body = Buffer.concat([body.subarray(0, at), inserted, left]);
  }
  return Buffer.concat([hello.subarray(0, 3), Buffer.of(body.length >> 8, body.length & 0xff), body]);
}

function flipped(bytes: Uint8Array, at: number, flip: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ flip : byte));
}

/** feedHello asserts that nothing is thrown, and that there is one ending after the end of the bytes. */
function feedHello(settings: Settings, bytes: Uint8Array): void {
  const recorded = new Recorded({ settings });
  recorded.engine.feed(bytes);
  assert.ok(recorded.endings.length <= 1);
  if (recorded.endings.length === 1) checkEnding(recorded);
  else recorded.engine.end();
  assert.equal(recorded.endings.length, 1);
  assert.notEqual(recorded.endings[0]?.how, 'crashed');
}

/** checkEnding asserts that the fault is the peer's and is reported by its alert, if it has one. */
function checkEnding({ endings, sent }: Recorded): void {
  for (const ending of endings) {
    if (ending.how === 'crashed') throw ending.error;
    if (ending.how === 'failed' && ending.problem.alert !== undefined) {
      const type = sent.at(-1)?.[0];
      assert.ok(type === ContentType.alert || type === ContentType.applicationData, ending.problem.problem);
    }
  }
}

async function helloOf(settings: Settings, client: ConnectionOptions): Promise<Uint8Array> {
  const { clientBytes } = await converse({ server: { settings }, client, question, answer });
  return clientBytes.subarray(0, recordLength(clientBytes));
}

/** recordLength returns the length of the first record, with its header. */
function recordLength(bytes: Uint8Array): number {
  return 5 + (bytes[3] ?? 0) * 256 + (bytes[4] ?? 0);
}
