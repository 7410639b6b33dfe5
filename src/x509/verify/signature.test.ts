import assert from 'node:assert/strict';
import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  getCurves,
  getHashes,
  type SignKeyObjectInput,
  sign,
} from 'node:crypto';
import { test } from 'node:test';
import { der, integer, objectIdentifier, sequence, Tag, tagged } from '../../bytes/der.ts';
import { mlDsaPublicKey } from '../../crypto/mldsa-key.ts';
import { mlDsa } from '../../crypto/primitives/post-quantum.ts';
import { Structure } from '../asn1/structure.ts';
import { signatureOf } from '../certificates/signature-algorithms.ts';
import { type Signed, signatureFault } from './signature.ts';

const isSignedBy = (it: Signed, key: Parameters<typeof signatureFault>[1]) => signatureFault(it, key) === undefined;
const tbs = Buffer.from('what is signed');
const nothing = der(5);
const hash = (last: number) => sequence(objectIdentifier(`2.16.840.1.101.3.4.2.${last}`), nothing);

function signed(algorithm: Uint8Array, digest: string | null, key: SignKeyObjectInput): Signed {
  const signature = signatureOf(new Structure(algorithm).take('algorithm').body);
  return {
    tbs,
    signature,
    signatureAlgorithm: algorithm,
    signedAlgorithm: algorithm,
    signatureValue: sign(digest, tbs, key),
    unusedBits: 0,
  };
}

function changed(it: Signed): Signed {
  return { ...it, tbs: Buffer.from('what is not signed') };
}

const ed25519 = { key: generateKeyPairSync('ed25519').privateKey };
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

for (const [name, pair, algorithm, digest] of [
  ['RSA', rsa, sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing), 'sha256'],
  ['Ed25519', generateKeyPairSync('ed25519'), sequence(objectIdentifier('1.3.101.112')), null],
  ['Ed448', generateKeyPairSync('ed448'), sequence(objectIdentifier('1.3.101.113')), null],
  [
    'DSA',
    generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }),
    sequence(objectIdentifier('1.2.840.10040.4.3')),
    'sha1',
  ],
] as const) {
  test(`${name} signatures are verified`, () => {
    const it = signed(algorithm, digest, { key: pair.privateKey });
    assert.equal(isSignedBy(it, pair.publicKey), true);
    assert.equal(isSignedBy(changed(it), pair.publicKey), false);
    assert.equal(isSignedBy(it, generateKeyPairSync('x25519').publicKey), false);
  });
}

test('RSA-PSS signatures are verified with the parameters that they name', () => {
  const algorithm = (mask: number, salt: number) =>
    sequence(
      objectIdentifier('1.2.840.113549.1.1.10'),
      sequence(
        tagged(0, hash(1)),
        tagged(1, sequence(objectIdentifier('1.2.840.113549.1.1.8'), hash(mask))),
        tagged(2, integer(salt)),
      ),
    );
  const key = { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 };
  const it = signed(algorithm(1, 20), 'sha256', key);
  assert.equal(isSignedBy(it, rsa.publicKey), true);
  assert.equal(isSignedBy(changed(it), rsa.publicKey), false);
  assert.equal(isSignedBy(signed(algorithm(1, 32), 'sha256', key), rsa.publicKey), false);
  assert.equal(isSignedBy(signed(algorithm(2, 20), 'sha256', key), rsa.publicKey), false);
  const { publicKey, privateKey } = generateKeyPairSync('rsa-pss', {
    modulusLength: 2048,
    hashAlgorithm: 'sha256',
    mgf1HashAlgorithm: 'sha512',
  });
  assert.equal(isSignedBy(signed(algorithm(3, 32), 'sha256', { key: privateKey }), publicKey), true);
});

test('algorithms that differ inside and outside are no signature', () => {
  const it = signed(sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing), 'sha256', { key: rsa.privateKey });
  assert.equal(isSignedBy({ ...it, signedAlgorithm: sequence(nothing) }, rsa.publicKey), false);
});

for (const [last, name] of [
  [17, 'ml_dsa44'],
  [18, 'ml_dsa65'],
  [19, 'ml_dsa87'],
] as const) {
  test(`ML-DSA signatures of ${name} are verified, whether Node knows them or not`, () => {
    const { keygen, sign: signWith } = (mlDsa() ?? assert.fail())[name];
    const { publicKey, secretKey } = keygen(Buffer.alloc(32, last));
    const algorithm = sequence(objectIdentifier(`2.16.840.1.101.3.4.3.${last}`));
    const key = mlDsaPublicKey(sequence(algorithm, der(Tag.bitString, Buffer.of(0), publicKey)));
    assert.ok(key);
    const it: Signed = {
      tbs,
      signature: signatureOf(new Structure(algorithm).take('algorithm').body),
      signatureAlgorithm: algorithm,
      signedAlgorithm: algorithm,
      signatureValue: signWith(tbs, secretKey),
      unusedBits: 0,
    };
    assert.equal(isSignedBy(it, key), true);
    assert.equal(isSignedBy(changed(it), key), false);
    assert.equal(isSignedBy({ ...it, signatureValue: Buffer.alloc(10) }, key), false);
    assert.equal(isSignedBy(signed(sequence(objectIdentifier('1.3.101.112')), null, ed25519), key), false);
  });
}

const canSm2 = getCurves().includes('SM2') && getHashes().includes('sm3');

test('SM2 signatures are verified where Node can', { skip: !canSm2 }, () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  const it = signed(sequence(objectIdentifier('1.2.156.10197.1.501')), 'sm3', { key: privateKey });
  assert.equal(isSignedBy(it, publicKey), true);
  assert.equal(isSignedBy(changed(it), publicKey), false);
  assert.equal(isSignedBy(it, rsa.publicKey), false);
});

const reasons = (it: Signed, key: Parameters<typeof signatureFault>[1]) =>
  signatureFault(it, key)?.map(({ text }) => text);

test('bits that do not count are none of a signature', () => {
  const it = signed(sequence(objectIdentifier('1.3.101.112')), null, ed25519);
  const key = createPublicKey(ed25519.key);
  assert.equal(isSignedBy(it, key), true);
  assert.deepEqual(reasons({ ...it, unusedBits: 1 }, key), ['invalid bit string bits left']);
});

test('RSA-PSS parameters that say another trailer, no salt or nothing are faults', () => {
  const algorithm = (...fields: readonly Uint8Array[]) =>
    sequence(objectIdentifier('1.2.840.113549.1.1.10'), sequence(der(0xa0, hash(1)), ...fields));
  const pss = { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 };
  const mask = der(0xa1, sequence(objectIdentifier('1.2.840.113549.1.1.8'), hash(1)));
  const told = (...fields: readonly Uint8Array[]) =>
    reasons(signed(algorithm(...fields), 'sha256', pss), rsa.publicKey);
  assert.equal(told(mask), undefined);
  assert.equal(told(mask, der(0xa3, integer(1))), undefined);
  assert.equal(told(mask, der(0xa3, integer(2)))?.[0], 'invalid trailer');
  assert.equal(told(mask, der(0xa2, der(2, Buffer.of(0xff))))?.[0], 'invalid salt length');
  assert.equal(told(mask, integer(1))?.[0], 'invalid pss parameters');
  const bare = signed(sequence(objectIdentifier('1.2.840.113549.1.1.10')), 'sha256', pss);
  assert.equal(reasons(bare, rsa.publicKey)?.[0], 'invalid pss parameters');
});

test('each way in which an RSA signature is wrong has its own words', () => {
  const it = signed(sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing), 'sha256', { key: rsa.privateKey });
  const told = (signatureValue: Uint8Array) => reasons({ ...it, signatureValue }, rsa.publicKey)?.[0];
  assert.equal(told(it.signatureValue), undefined);
  assert.equal(told(it.signatureValue.subarray(1)), 'wrong signature length');
  assert.equal(told(Buffer.alloc(256, 255)), 'data too large for modulus');
  assert.equal(told(Buffer.alloc(256)), 'block type is not 01');
  assert.equal(reasons(changed(it), rsa.publicKey)?.[0], 'bad signature');
  assert.equal(reasons(it, createPublicKey(ed25519.key))?.[0], 'wrong public key type');
});
