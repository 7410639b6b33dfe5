import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed } from '../bytes/malformed.ts';
import { sslv2ClientHello } from './sslv2-client-hello.ts';

const challenge = 'a1'.repeat(16);

test('suites of TLS are taken, suites of SSL 2.0 are left out', () => {
  const hello = sslv2ClientHello(bytes(`01 0301 0009 0000 0010 00002f 010080 000035 ${challenge}`));
  assert.equal(hello.legacyVersion, 0x0301);
  assert.deepEqual(hello.cipherSuites, [0x002f, 0x0035]);
  assert.deepEqual(hello.compressionMethods, [0]);
  assert.equal(hello.extensions, undefined);
});

test('the challenge is the end of the random value', () => {
  const hello = sslv2ClientHello(bytes(`01 0301 0003 0000 0010 00002f ${challenge}`));
  assert.deepEqual(Buffer.from(hello.random), Buffer.from(`${'00'.repeat(16)}${challenge}`, 'hex'));
});

test('of a challenge that is too long the first 32 bytes count', () => {
  const hello = sslv2ClientHello(bytes(`01 0301 0003 0000 0021 00002f ${'b2'.repeat(32)}c3`));
  assert.deepEqual(Buffer.from(hello.random), Buffer.alloc(32, 0xb2));
});

test('a session id is kept up to 32 bytes', () => {
  const hello = sslv2ClientHello(bytes(`01 0300 0003 0002 0010 00002f 0708 ${challenge}`));
  assert.deepEqual([...hello.sessionId], [7, 8]);
  assert.throws(
    () => sslv2ClientHello(bytes(`01 0300 0003 0021 0010 00002f ${'07'.repeat(33)} ${challenge}`)),
    Malformed,
  );
});

test('lengths that do not fit are malformed', () => {
  const whole = bytes(`01 0301 0006 0002 0010 00002f 000035 0708 ${challenge}`);
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => sslv2ClientHello(whole.subarray(0, length)), Malformed);
  }
  for (const at of [0, 4, 6, 8]) {
    const damaged = Uint8Array.from(whole);
    damaged[at] = (damaged[at] ?? 0) + 1;
    assert.throws(() => sslv2ClientHello(damaged), Malformed);
  }
});

function bytes(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}
