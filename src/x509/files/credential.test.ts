import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { objectIdentifier } from '../../bytes/der.ts';
import { name, testCertificate, utf8 } from '../certificates/certificate.test.fixture.ts';
import { checkCredential, checkKeyMatches, checkSecurityLevel, credential } from './credential.ts';
import { LoadFailure } from './load-failure.ts';

const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const p256 = curve('P-256');
const p384 = curve('P-384');
const rsa1024 = rsa(1024);
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const issuer = name(['2.5.4.3', utf8('authority')]);
const sha1 = { algorithm: objectIdentifier('1.2.840.10045.4.1'), hash: 'sha1', issuer };

test('type, size, strength and group are told as OpenSSL tells them', () => {
  const told = (key: KeyObject) => {
    const { keyType, bits, securityBits, group } = credential(key, []);
    return [keyType, bits, securityBits, group];
  };
  assert.deepEqual(told(p256), ['EC', 256, 128, 0x17]);
  assert.deepEqual(told(p384), ['EC', 384, 192, 0x18]);
  assert.deepEqual(told(curve('P-521')), ['EC', 521, 256, 0x19]);
  assert.deepEqual(told(curve('secp192k1')), ['EC', 192, 80, 0x12]);
  assert.deepEqual(told(curve('secp160r1')), ['EC', 161, 80, 0x10]);
  assert.deepEqual(told(curve('sect233k1')), ['EC', 232, 112, 0x06]);
  assert.deepEqual(told(curve('brainpoolP320r1')), ['EC', 320, 128, undefined]);
  assert.deepEqual(told(curve('secp112r1')), ['EC', 112, 56, undefined]);
  assert.deepEqual(told(rsa(512)), ['RSA', 512, 56, undefined]);
  assert.deepEqual(told(rsa(768)), ['RSA', 768, 72, undefined]);
  assert.deepEqual(told(rsa1024), ['RSA', 1024, 80, undefined]);
  assert.deepEqual(told(rsa(1536)), ['RSA', 1536, 96, undefined]);
  assert.deepEqual(told(rsa(2048)), ['RSA', 2048, 112, undefined]);
  assert.deepEqual(told(ed25519), ['ED25519', 256, 128, undefined]);
  assert.deepEqual(told(generateKeyPairSync('ed448').privateKey), ['ED448', 456, 224, undefined]);
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).privateKey;
  assert.deepEqual(told(pss), ['RSA-PSS', 1024, 80, undefined]);
});

test('a key that cannot sign is refused', () => {
  refuses(() => credential(generateKeyPairSync('x25519').privateKey, []), 'error setting private key', [
    'ssl_set_pkey:unknown certificate type',
  ]);
});

test('another key of the same type has other values, and one of another type has no place', () => {
  checkKeyMatches(p256, testCertificate({ key: p256 }));
  const mismatch = ['X509_check_private_key:key values mismatch'];
  refuses(() => checkKeyMatches(curve('P-256'), testCertificate({ key: p256 })), 'error setting private key', mismatch);
  refuses(() => checkKeyMatches(p384, testCertificate({ key: p256 })), 'error setting private key', mismatch);
  const sentence = 'Private key does not match the certificate public key';
  refuses(() => checkKeyMatches(ed25519, testCertificate({ key: p256 })), sentence, []);
});

test('a leaf with a small key is refused at the level, not below', () => {
  const chain = [testCertificate({ key: rsa1024 })];
  refuses(() => checkSecurityLevel({ chain }, 112), 'error setting certificate', [
    'SSL_CTX_use_certificate:ee key too small',
  ]);
  checkSecurityLevel({ chain }, 80);
  checkSecurityLevel({ chain }, 0);
});

test('a leaf signed with SHA-1 is refused unless it signs itself', () => {
  const weak = ['SSL_CTX_use_certificate:ca md too weak'];
  const chain = [testCertificate({ key: p256, ...sha1 })];
  refuses(() => checkSecurityLevel({ chain }, 80), 'error setting certificate', weak);
  checkSecurityLevel({ chain }, 0);
  const itself = { algorithm: sha1.algorithm, hash: 'sha1' };
  checkSecurityLevel({ chain: [testCertificate({ key: p256, ...itself })] }, 112);
});

test('the certificates behind the leaf are told apart', () => {
  const leaf = testCertificate({ key: p256 });
  const sentence = 'error setting certificate chain';
  const small = [leaf, testCertificate({ key: rsa1024 })];
  refuses(() => checkSecurityLevel({ chain: small }, 112), sentence, ['ssl_cert_set0_chain:ca key too small']);
  const weak = [leaf, testCertificate({ key: p256, ...sha1 })];
  refuses(() => checkSecurityLevel({ chain: weak }, 112), sentence, ['ssl_cert_set0_chain:ca md too weak']);
});

test('the key is compared after the leaf and before the chain', () => {
  const weak = testCertificate({ key: p256, ...sha1 });
  const strong = testCertificate({ key: p256 });
  refuses(() => checkCredential(credential(p384, [weak, weak]), 112), 'error setting certificate');
  refuses(() => checkCredential(credential(p384, [strong, weak]), 112), 'error setting private key');
  refuses(() => checkCredential(credential(p256, [strong, weak]), 112), 'error setting certificate chain');
  checkCredential(credential(p256, [strong]), 112);
});

test('a certificate that is no DER is refused', () => {
  assert.throws(() => checkKeyMatches(p256, Buffer.of(0x30, 0x80, 0, 0)), LoadFailure);
});

function refuses(action: () => unknown, sentence: string, lines?: readonly string[]): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof LoadFailure);
    assert.equal(error.message, sentence);
    if (lines)
      assert.deepEqual(
        error.lines.map((line) => `${line.function}:${line.text}`),
        lines,
      );
    return true;
  });
}
