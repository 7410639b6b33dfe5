import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseSettings } from '../handshake/policy/base-settings.ts';
import { Problem } from '../names/problems.ts';
import type { Ending } from './engine.ts';
import { TlsEngine } from './tls-engine.ts';

/** An engine before its first handshake. */
function engineBefore() {
  const endings: Ending[] = [];
  const resumed: string[] = [];
  const sent: Uint8Array[] = [];
  const engine = new TlsEngine({
    settings: baseSettings({ cacheSize: 10 }),
    doors: {
      toPeer: (parts) => {
        sent.push(...parts);
        return true;
      },
      toApplication: () => true,
      earlyData() {},
      resume: (side) => resumed.push(side),
      writable() {},
      established() {},
      idle() {},
      ended: (reason) => endings.push(reason),
    },
  });
  return { engine, endings, resumed, sent };
}

test('before the handshake 64 KiB are kept, and more makes the application wait', () => {
  const { engine, sent } = engineBefore();
  assert.equal(engine.write(new Uint8Array(65_536)), 'more');
  assert.equal(engine.write(new Uint8Array(1)), 'wait');
  assert.deepEqual(sent, []);
});

test('the end waits for the handshake where something was written, and only there', () => {
  assert.equal(engineBefore().engine.shutdown(), 'more');
  const { engine, sent } = engineBefore();
  engine.write(Buffer.from('kept'));
  assert.equal(engine.shutdown(), 'wait');
  assert.deepEqual(sent, []);
});

test('a FIN before the handshake is done is the end, and nothing waits any more', () => {
  const { engine, endings } = engineBefore();
  engine.write(Buffer.from('kept'));
  engine.end();
  assert.deepEqual(
    endings.map(({ how }) => how),
    ['failed'],
  );
  assert.equal(engine.shutdown(), 'more');
  assert.equal(engine.write(new Uint8Array(100_000)), 'more');
  assert.equal(engine.feed(Uint8Array.of(22, 3, 1)), 'more');
});

test('what is not TLS ends with one alert, and what comes behind it is passed over', () => {
  const { engine, endings, sent } = engineBefore();
  engine.feed(Uint8Array.of(99, 3, 1, 0, 1, 0));
  engine.feed(Uint8Array.of(99, 3, 1, 0, 1, 0));
  assert.equal(endings.length, 1);
  assert.deepEqual(sent.map((it) => it.length > 0 && it[0]).filter((it) => it === 21).length, 1);
});

test('a command that cannot be followed is refused to the one who gives it', () => {
  const { engine, endings } = engineBefore();
  assert.throws(() => engine.renegotiate({}), Problem);
  assert.throws(() => engine.updateKeys({ requestPeer: false }), Problem);
  assert.throws(() => engine.requestCertificate(), Problem);
  assert.deepEqual(endings, []);
});

test('an engine that is failed says so once', () => {
  const { engine, endings } = engineBefore();
  engine.fail(new Problem('unexpectedMessage', 'somewhere'));
  engine.fail(new Problem('unexpectedMessage', 'somewhere'));
  assert.equal(endings.length, 1);
});
