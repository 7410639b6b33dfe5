import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSm2Signature, verifySm2 } from './sm2.ts';

// Made by OpenSSL 3.0: `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678`.
const publicKey = Buffer.from(
  '040d60207576a22c9f857fa316b341061a6d8e6fdc3a45e2e22b4b40d7a19cdd7be9a4df4bf886812aa897e14115174fb2219f9b814c220d701ab9090652a8d44a',
  'hex',
);
const signature = Buffer.from(
  '3046022100c0199de6c988cd0768046253b74ef8c765636828ac7c128058a482fa78f9a1bf022100fcf28db63fcc753128dedb3e407f0faa47b640f712075731026dd3b04aa9c4b2',
  'hex',
);
const message = Buffer.from('what is signed');
const id = Buffer.from('1234567812345678');

test('a signature is that of one message, one key and one identifier', () => {
  assert.ok(verifySm2(message, signature, publicKey, id));
  assert.ok(!verifySm2(Buffer.from('another'), signature, publicKey, id));
  assert.ok(!verifySm2(message, signature, publicKey, Buffer.from('another')));
  assert.ok(!verifySm2(message, signature, publicKey, Buffer.alloc(0)));
  assert.ok(!verifySm2(message, signature, publicKey.subarray(1), id));
});

test('a signature with any byte of it changed is none, and nothing is thrown', () => {
  for (const index of signature.keys()) {
    const changed = Buffer.from(signature);
    changed[index] = (changed[index] ?? 0) ^ 1;
    assert.ok(!verifySm2(message, changed, publicKey, id), String(index));
  }
  for (let length = 0; length < signature.length; length++) {
    assert.ok(!isSm2Signature(signature.subarray(0, length)));
  }
});

test('numbers outside of the order are no signature', () => {
  for (const hex of [
    '3006020100020101',
    '3006020101020100',
    '30060201ff020101',
    `3026022100${'ff'.repeat(32)}020101`,
  ]) {
    assert.ok(!isSm2Signature(Buffer.from(hex, 'hex')), hex);
  }
  assert.ok(isSm2Signature(Buffer.from('3006020101020101', 'hex')));
});
