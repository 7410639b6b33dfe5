import assert from 'node:assert/strict';
import {
  constants,
  createHash,
  verify as createVerdict,
  generateKeyPairSync,
  type KeyObject,
  publicDecrypt,
} from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { signatureSchemes } from '../names/signature-schemes.ts';
import { sign, signDigests, signLegacy, verify, verifyDigests, verifyLegacy } from './signatures.ts';

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 1536 });
const rsaPss = generateKeyPairSync('rsa-pss', { modulusLength: 1536 });
const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const ed25519 = generateKeyPairSync('ed25519');
const ed448 = generateKeyPairSync('ed448');
const message = Buffer.from('what is signed');

const pairs: readonly (readonly [RegExp, Pair])[] = [
  [/^rsa_pss_pss_/, rsaPss],
  [/^rsa_/, rsa],
  [/^dsa_/, dsa],
  [/^ecdsa_/, ec],
  [/^ed25519$/, ed25519],
  [/^ed448$/, ed448],
];

const pairFor = (name: string): Pair | undefined => pairs.find(([pattern]) => pattern.test(name))?.[1];

test('every scheme signs what it verifies, and nothing else', () => {
  let done = 0;
  for (const { code, name } of signatureSchemes) {
    const pair = pairFor(name);
    if (pair === undefined) continue;
    done++;
    const signature = sign(code, pair.privateKey, message);
    assert.equal(verify(code, pair.publicKey, message, signature), true, name);
    assert.equal(verify(code, pair.publicKey, Buffer.from('another'), signature), false, name);
    const broken = Uint8Array.from(signature);
    broken[broken.length - 1] = (broken[broken.length - 1] ?? 0) ^ 1;
    assert.equal(verify(code, pair.publicKey, message, broken), false, name);
    assert.equal(verify(code, pair.publicKey, message, signature.subarray(1)), false, name);
  }
  assert.ok(done >= 26);
});

test('ML-DSA signs where Node has it, with a key of its own', (t) => {
  let pair: Pair;
  try {
    pair = (generateKeyPairSync as unknown as (type: string) => Pair)('ml-dsa-44');
  } catch {
    return t.skip('this Node has no ML-DSA');
  }
  const signature = sign(0x0904, pair.privateKey, message);
  assert.equal(signature.length, 2420);
  assert.equal(verify(0x0904, pair.publicKey, message, signature), true);
  assert.equal(verify(0x0905, pair.publicKey, message, signature), false);
});

test('the salt of PSS is as long as the hash, and no other length is accepted', () => {
  const signature = sign(0x0804, rsa.privateKey, message);
  const withSalt = (saltLength: number): boolean =>
    createVerdict(
      'sha256',
      message,
      { key: rsa.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength },
      signature,
    );
  assert.equal(withSalt(32), true);
  assert.equal(withSalt(20), false);
});

test('a key of another kind verifies nothing and signs nothing', () => {
  for (const { code, name } of signatureSchemes) {
    const fitting = pairFor(name);
    for (const pair of [rsa, rsaPss, dsa, ec, ed25519, ed448]) {
      if (pair === fitting) continue;
      assert.equal(verify(code, pair.publicKey, message, Buffer.alloc(192)), false, name);
      assert.throws(() => sign(code, pair.privateKey, message), RangeError, name);
    }
  }
});

test('a scheme unknown to the table verifies nothing', () => {
  assert.equal(verify(0x0101, rsa.publicKey, message, Buffer.alloc(192)), false);
  assert.throws(() => sign(0x0101, rsa.privateKey, message), RangeError);
});

test('no signature bytes whatever make an exception', () => {
  const codes = signatureSchemes.map((it) => it.code);
  const keys = [rsa, rsaPss, dsa, ec, ed25519, ed448].map((it) => it.publicKey);
  fc.assert(
    fc.property(
      fc.constantFrom(...codes),
      fc.constantFrom(...keys),
      fc.uint8Array({ maxLength: 250 }),
      (code, key, signature) => {
        assert.equal(verify(code, key, message, signature), false);
        assert.equal(verifyLegacy(key, message, signature), false);
        assert.equal(verifyDigests(key, signature, message, signature), false);
      },
    ),
    { numRuns: 200 },
  );
});

test('an RSA signature that has lost its leading zero is refused, though OpenSSL takes it', () => {
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
  for (const scheme of [0x0804, 0x0401, undefined]) {
    const [text, signature] = withLeadingZero(scheme, small.privateKey);
    const check = (bytes: Uint8Array): boolean =>
      scheme === undefined ? verifyLegacy(small.publicKey, text, bytes) : verify(scheme, small.publicKey, text, bytes);
    assert.deepEqual([check(signature), check(signature.subarray(1))], [true, false]);
  }
});

/** One signature in 256 begins with a zero. */
function withLeadingZero(scheme: number | undefined, key: KeyObject): readonly [Uint8Array, Uint8Array] {
  for (let round = 0; ; round++) {
    const text = Buffer.from(`text ${round}`);
    const signature = sign(scheme, key, text);
    if (signature[0] === 0) return [text, signature];
  }
}

test('before TLS 1.2 RSA signs MD5 and SHA-1 side by side, without DigestInfo', () => {
  const signature = signLegacy(rsa.privateKey, message);
  const padding = constants.RSA_PKCS1_PADDING;
  const inside = publicDecrypt({ key: rsa.publicKey, padding }, Buffer.from(signature));
  const [md5, sha1] = ['md5', 'sha1'].map((name) => createHash(name).update(message).digest());
  assert.ok(md5 && sha1);
  assert.deepEqual(inside, Buffer.concat([md5, sha1]));
  assert.equal(verifyLegacy(rsa.publicKey, message, signature), true);
  assert.equal(verifyLegacy(rsa.publicKey, Buffer.from('another'), signature), false);
  assert.deepEqual(Buffer.from(signDigests(rsa.privateKey, md5, sha1)), Buffer.from(signature));
  assert.equal(verifyDigests(rsa.publicKey, md5, sha1, signature), true);
  assert.equal(verifyDigests(rsa.publicKey, sha1, md5, signature), false);
});

test('before TLS 1.2 ECDSA and DSA sign SHA-1', () => {
  for (const { privateKey, publicKey } of [ec, dsa]) {
    const signature = signLegacy(privateKey, message);
    assert.equal(createVerdict('sha1', message, publicKey, signature), true);
    assert.equal(verifyLegacy(publicKey, message, signature), true);
    assert.equal(verifyLegacy(publicKey, Buffer.from('another'), signature), false);
  }
});

test('keys that came with TLS 1.2 and later do not sign before it', () => {
  for (const { privateKey, publicKey } of [ed25519, rsaPss]) {
    assert.throws(() => signLegacy(privateKey, message), RangeError);
    assert.equal(verifyLegacy(publicKey, message, Buffer.alloc(64)), false);
  }
});
