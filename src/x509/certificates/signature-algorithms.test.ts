import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { objectIdentifier } from '../../bytes/der.ts';
import { signatureOf } from './signature-algorithms.ts';

test('algorithms are known by type and hash', () => {
  const told = (oid: string) => {
    const { keyType, hash, securityBits } = signatureOf(objectIdentifier(oid));
    return [keyType, hash, securityBits];
  };
  assert.deepEqual(told('1.2.840.113549.1.1.4'), ['RSA', 'md5', 39]);
  assert.deepEqual(told('1.2.840.113549.1.1.5'), ['RSA', 'sha1', 63]);
  assert.deepEqual(told('1.2.840.113549.1.1.11'), ['RSA', 'sha256', 128]);
  assert.deepEqual(told('2.16.840.1.101.3.4.3.2'), ['DSA', 'sha256', 128]);
  assert.deepEqual(told('1.2.840.10045.4.3.4'), ['EC', 'sha512', 256]);
  assert.deepEqual(told('1.2.840.10045.4.3'), ['EC', 'sha256', -1]);
  assert.deepEqual(told('1.3.101.112'), ['ED25519', undefined, 128]);
  assert.deepEqual(told('1.3.101.113'), ['ED448', undefined, 224]);
});

test('algorithms that OpenSSL 3.0 does not map to a key are not known', () => {
  const lasts = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((last) => `2.16.840.1.101.3.4.3.${last}`);
  for (const oid of [...lasts, '1.2.840.113549.1.1.15', '1.2.840.113549.1.1.16']) {
    assert.equal(signatureOf(objectIdentifier(oid)).keyType, undefined, oid);
  }
});

test('the names of hashes are those of Node', () => {
  for (const last of [5, 11, 12, 13, 14]) {
    const { hash = '', securityBits } = signatureOf(objectIdentifier(`1.2.840.113549.1.1.${last}`));
    const length = createHash(hash).digest().length;
    assert.equal(securityBits, hash === 'sha1' ? 63 : length * 4);
  }
});
