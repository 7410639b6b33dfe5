import assert from 'node:assert/strict';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { view } from '../bytes/hex.ts';
import { mlDsaKey } from './mldsa-key.ts';
import { generateSigningKey, publicKeyInfo, signingKeyKinds } from './signing-keys.ts';

function read(pkcs8: Uint8Array) {
  return mlDsaKey(pkcs8) ?? createPrivateKey({ key: view(pkcs8), format: 'der', type: 'pkcs8' });
}

test('a key of every kind is made, and what is written of it is the same key', async () => {
  const types: (string | undefined)[] = [];
  for (const kind of signingKeyKinds) {
    const made = await generateSigningKey(kind, randomBytes);
    assert.ok(made, kind);
    types.push(made.key.asymmetricKeyType);
    assert.deepEqual(publicKeyInfo(read(made.pkcs8)), publicKeyInfo(made.key), kind);
  }
  assert.deepEqual(types, [
    ...['rsa', 'rsa-pss', 'ec', 'ec', 'ec', 'ed25519', 'ed448'],
    ...['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'],
  ]);
});

test('a key of ML-DSA follows from the random bytes', async () => {
  const random = (size: number) => Buffer.alloc(size, 7);
  const [one, other] = await Promise.all([
    generateSigningKey('mldsa44', random),
    generateSigningKey('mldsa44', random),
  ]);
  assert.deepEqual(one?.pkcs8, other?.pkcs8);
});
