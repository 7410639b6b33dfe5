import assert from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { Tag } from '../../bytes/der.ts';
import { Structure } from '../asn1/structure.ts';
import { keyFromBlob } from './key-blob.ts';
import { Passphrase } from './passphrase.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const passphrase = new Passphrase('a file', Buffer.from('secret'));

function numbers(...values: readonly number[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const field = Buffer.alloc(4);
      field.writeUInt32LE(value >>> 0);
      return field;
    }),
  );
}

/** blobOf encodes an RSA2 blob: little-endian numbers of fixed length. */
function blobOf(key: KeyObject): Buffer {
  const { n, p, q, dp, dq, qi, d } = key.export({ format: 'jwk' });
  const number = (text: string | undefined, length: number) => {
    const bytes = Buffer.from(text ?? '', 'base64url');
    return Buffer.concat([Buffer.alloc(length - bytes.length), bytes]).reverse();
  };
  return Buffer.concat([
    Buffer.from('0702000000a4000052534132', 'hex'),
    numbers(1024, 65537),
    number(n, 128),
    ...[p, q, dp, dq, qi].map((it) => number(it, 64)),
    number(d, 128),
  ]);
}

/** dsaNumbers returns prime, divisor, base and secret of PKCS #8. */
function dsaNumbers(pkcs8: Uint8Array): readonly Uint8Array[] {
  const info = new Structure(pkcs8).sequence('info');
  info.take('version');
  const algorithm = info.sequence('algorithm');
  algorithm.take('identifier');
  const parameters = algorithm.sequence('parameters');
  const known = ['p', 'q', 'g'].map((name) => parameters.take(name, Tag.integer).body);
  const secret = new Structure(info.take('key', Tag.octetString).body).take('x', Tag.integer).body;
  return [...known, secret];
}

const pvk = (blob: Buffer) => Buffer.concat([numbers(0xb0b5f11e, 0, 1, 0, 0, blob.length), blob]);

test('a private key blob is read, and that in a PVK file', () => {
  const blob = blobOf(privateKey);
  for (const content of [blob, pvk(blob)]) {
    const key = keyFromBlob(content, passphrase)?.key;
    assert.ok(key && 'export' in key);
    assert.ok(createPublicKey(key).equals(createPublicKey(privateKey)));
  }
});

test('a blob of DSA has no public value: that is computed', () => {
  const { privateKey: dsa, publicKey } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
  const [p, q, g, x] = dsaNumbers(dsa.export({ type: 'pkcs8', format: 'der' }));
  const number = (bytes: Uint8Array | undefined, length: number) =>
    Buffer.concat([Buffer.alloc(length), bytes ?? Buffer.alloc(0)])
      .subarray(-length)
      .reverse();
  const blob = Buffer.concat([
    Buffer.from('07020000002200004453533200040000', 'hex'),
    ...[number(p, 128), number(q, 20), number(g, 128), number(x, 20)],
    Buffer.alloc(24, 255),
  ]);
  const key = keyFromBlob(blob, passphrase)?.key;
  assert.ok(key && 'export' in key);
  assert.ok(createPublicKey(key).equals(publicKey));
});

test('every truncation is no key, and nothing is thrown', () => {
  const whole = pvk(blobOf(privateKey));
  for (let length = 0; length < whole.length; length += 7) {
    assert.equal(keyFromBlob(whole.subarray(0, length), passphrase)?.key, undefined);
  }
  assert.equal(keyFromBlob(Buffer.from('30820122', 'hex'), passphrase), undefined);
});

test('an encrypted file whose cipher or password is not there gives no key', () => {
  const salt = Buffer.alloc(16, 1);
  const key = createHash('sha1').update(salt).update('another').digest();
  const content = Buffer.concat([numbers(0xb0b5f11e, 0, 1, 1, salt.length, 100), salt, key, Buffer.alloc(80)]);
  assert.deepEqual(keyFromBlob(content, passphrase), { lines: [] });
});
