import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { keyFacts } from './key-facts.ts';

test('a DSA key is as long as its modulus', () => {
  const { publicKey } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
  assert.deepEqual(keyFacts(publicKey), { keyType: 'DSA', bits: 1024, securityBits: 80 });
});

test('a DSA key that is not sound does no harm, whatever byte is wrong', () => {
  const { publicKey } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
  const info = publicKey.export({ type: 'spki', format: 'der' });
  for (let at = 0; at < info.length; at++) {
    for (const change of [0xff, 0x80, 0x01]) {
      const changed = Buffer.from(info);
      changed[at] = (changed[at] ?? 0) ^ change;
      const key = keyFrom(changed);
      if (key?.asymmetricKeyType === 'dsa') assert.equal(keyFacts(key)?.keyType ?? 'DSA', 'DSA');
    }
  }
});

function keyFrom(info: Buffer) {
  try {
    return createPublicKey({ key: info, type: 'spki', format: 'der' });
  } catch {
    return undefined;
  }
}
