import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { TlsError } from '../sockets/tls-error.ts';
import { clientPublicKeysFrom } from './client-public-keys.ts';

const keys = ['ed25519', 'ed448'].map((type) => generateKeyPairSync(type as 'ed25519').publicKey);
const ders = keys.map((key) => key.export({ type: 'spki', format: 'der' }));
const pems = keys.map((key) => key.export({ type: 'spki', format: 'pem' }).toString());
const told = (...given: Parameters<typeof clientPublicKeysFrom>) =>
  clientPublicKeysFrom(...given).expectedKeys?.map((it) => Buffer.from(it));

test('keys come as text with one or several in it, as bytes, or as a list of those', () => {
  for (const clientRawPublicKeys of [
    ders,
    pems,
    pems.join(''),
    Buffer.from(pems.join('')),
    [ders[0] ?? '', pems[1] ?? ''],
  ])
    assert.deepEqual(told({ clientRawPublicKeys }), ders);
  assert.deepEqual(told({ clientRawPublicKeys: ders[0] }), ders.slice(0, 1));
});

test('bare keys are taken only where some are expected', () => {
  assert.deepEqual(clientPublicKeysFrom({}), {});
  assert.equal(clientPublicKeysFrom({ clientRawPublicKeys: pems }).rawPublicKeys, true);
});

test('no key at all, and what is none, is refused', () => {
  for (const clientRawPublicKeys of [[], '', 'text', Buffer.from('text'), [pems[0] ?? '', Buffer.of(0x30, 0)]]) {
    assert.throws(
      () => clientPublicKeysFrom({ clientRawPublicKeys }),
      (error) => error instanceof TlsError && error.code === 'ERR_SERVERHELLO_CREDENTIAL',
    );
  }
});
