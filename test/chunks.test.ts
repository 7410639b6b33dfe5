import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { array, asyncProperty, assert as check, integer, nat, property } from 'fast-check';
import type { Settings } from '../src/handshake/flow/settings.ts';
import type { Surroundings } from '../src/handshake/flow/surroundings.ts';
import { certificateFiles } from './certificates.ts';
import { converse, Recorded, settingsOf } from './conversation.ts';
import { surroundingsKnown, ticketKeysKnown } from './known-surroundings.ts';

const question = 'What time is it?\n'.repeat(2000);
const answer = 'Time to go.\n'.repeat(3000);

const versions = [
  { name: 'TLS 1.3', client: { minVersion: 'TLSv1.3' } },
  { name: 'TLS 1.2', client: { maxVersion: 'TLSv1.2' } },
  { name: 'TLS 1.2 with CBC', client: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA256' } },
  {
    name: 'TLS 1.3 with a retry',
    client: { minVersion: 'TLSv1.3', ecdhCurve: 'X25519:P-256' },
    words: ['-groups', 'P-256'],
  },
] as const satisfies readonly { name: string; client: ConnectionOptions; words?: readonly string[] }[];

for (const { name, client, ...more } of versions) {
  test(`however the bytes of ${name} are cut, both sides get to know the same`, async (t) => {
    const words = 'words' in more ? more.words : [];
    const settings = await settingsOf(...certificateFiles(t, 'RSA').words, ...words);
    const talk = async (sizes: readonly number[]) => {
      const conversation = { server: { settings }, client, question, answer };
      const { clientRead, serverRead, report, endings } = await converse({ ...conversation, cut: cutting(sizes) });
      return { clientRead, serverRead, report, endings };
    };
    const whole = await talk([]);
    assert.equal(whole.serverRead, question);
    assert.equal(whole.clientRead, answer);
    assert.deepEqual(whole.endings, ['closed']);
    assert.match(whole.report, /^CIPHER is /m);
    assert.deepEqual(await talk([1]), whole);
    const sizes = array(integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 20 });
    await check(
      asyncProperty(sizes, async (sizes) => assert.deepEqual(await talk(sizes), whole)),
      { seed: 1, numRuns: 15 },
    );
  });
}

test('with the same random bytes the same bytes come out, however those that go in are cut', async (t) => {
  // RSA key exchange: otherwise the server would make a new key pair each time.
  const configured = await settingsOf(...certificateFiles(t, 'RSA').words);
  const client: ConnectionOptions = { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' };
  const { clientBytes, serverRead } = await converse({ server: replayed(configured), client, question, answer });
  assert.equal(serverRead, question);
  const replay = (cut: (bytes: Uint8Array) => readonly Uint8Array[]) => {
    const recorded = new Recorded(replayed(configured));
    for (const piece of cut(clientBytes)) recorded.engine.feed(piece);
    recorded.engine.write(Buffer.from(answer));
    recorded.engine.shutdown();
    assert.equal(recorded.receivedText, question);
    return Buffer.from(recorded.sentBytes).toString('hex');
  };
  const whole = replay((bytes) => [bytes]);
  assert.equal(replay(cutting([1])), whole);
  await check(
    property(array(integer({ min: 1, max: 3000 }), { minLength: 1 }), (sizes) =>
      assert.equal(replay(cutting(sizes)), whole),
    ),
    { seed: 1, numRuns: 30 },
  );
});

test('the answer to a TLS 1.3 hello is the same in form, however the hello is cut', async (t) => {
  const configured = await settingsOf(...certificateFiles(t, 'Ed25519').words);
  const { clientBytes } = await converse({ server: replayed(configured), question, answer });
  const hello = clientBytes.subarray(0, 5 + (clientBytes[3] ?? 0) * 256 + (clientBytes[4] ?? 0));
  const form = (sizes: readonly number[]) => {
    const records: string[] = [];
    const observer = { record: (way: string, header: Uint8Array) => records.push(`${way} ${header.join(' ')}`) };
    const recorded = new Recorded({ ...replayed(configured), observer });
    for (const piece of cutting(sizes)(hello)) recorded.engine.feed(piece);
    // The server's random value is known; key shares and everything derived from them are not.
    return { records, length: recorded.sentBytes.length, head: Array.from(recorded.sentBytes.subarray(0, 76)) };
  };
  const whole = form([]);
  assert.ok(whole.records.length > 3);
  await check(
    property(
      array(
        nat(hello.length).map((it) => it + 1),
        { minLength: 1 },
      ),
      (sizes) => {
        assert.deepEqual(form(sizes), whole);
      },
    ),
    { seed: 1, numRuns: 30 },
  );
});

/** cutting cuts into pieces of these sizes, repeatedly; without sizes the bytes stay whole. */
function cutting(sizes: readonly number[]): (bytes: Uint8Array) => readonly Uint8Array[] {
  return (bytes) => {
    if (sizes.length === 0) return [bytes];
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const size = sizes[pieces.length % sizes.length] ?? 1;
      pieces.push(bytes.subarray(at, at + size));
      at += size;
    }
    return pieces;
  };
}

function replayed(settings: Settings): { settings: Settings; surroundings: Surroundings } {
  return { settings: { ...settings, ticketKeys: ticketKeysKnown() }, surroundings: surroundingsKnown() };
}
