import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { defaultSignatureSchemes, type SignatureScheme, signatureScheme } from '../../names/signature-schemes.ts';
import type { Credential, KeyType } from '../../x509/files/credential.ts';
import {
  chooseSignature,
  impliedSignatureAlgorithms,
  keyTypesOf,
  type SignatureSettings,
  sharedSignatureAlgorithms,
} from './signature-choice.ts';

const tls10 = 0x0301;
const tls12 = 0x0303;
const tls13 = 0x0304;
const settings: SignatureSettings = { securityLevel: 2, serverPreference: false, signatureAlgorithms: undefined };

test('with default lists all but SHA-1 is shared, and in TLS 1.3 no DSA', () => {
  const withoutSha1 = defaultSignatureSchemes.filter((code) => ![0x0203, 0x0201, 0x0202].includes(code));
  assert.deepEqual(shared(defaultSignatureSchemes, tls12), withoutSha1);
  assert.deepEqual(
    shared(defaultSignatureSchemes, tls13),
    withoutSha1.filter((code) => ![0x0302, 0x0402, 0x0502, 0x0602].includes(code)),
  );
});

test("the client's order rules, or ours if the server prefers", () => {
  const own = { ...settings, signatureAlgorithms: schemes(0x0601, 0x0503, 0x0804, 0x0403) };
  const peer = [0x0403, 0x0503, 0x0804, 0x0601, 0x0807];
  assert.deepEqual(shared(peer, tls13, own), [0x0403, 0x0503, 0x0804, 0x0601]);
  assert.deepEqual(shared(peer, tls13, { ...own, serverPreference: true }), [0x0601, 0x0503, 0x0804, 0x0403]);
});

test('what the client repeats is repeated, and what it invents is passed over', () => {
  assert.deepEqual(shared([0x0401, 0x0a0a, 0x0401, 0x0840, 0x0000], tls12), [0x0401, 0x0401]);
});

test('who has an ML-DSA certificate has its scheme first in the own list, in TLS 1.3 only', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key: Credential = { key: privateKey, keyType: 'ML-DSA-65', bits: 15616, securityBits: 192, chain: [] };
  const own = { ...settings, credentials: [key], serverPreference: true };
  const peer = [0x0403, 0x0904, 0x0905, 0x0906];
  assert.deepEqual(shared(peer, tls13, own), [0x0905, 0x0403]);
  assert.deepEqual(shared(peer, tls12, own), [0x0403]);
  assert.deepEqual(shared(peer, tls13), [0x0403]);
  const choice = chooseSignature({ version: tls13, shared: schemes(0x0403, 0x0905), credentials: [key] });
  assert.equal(choice?.scheme.code, 0x0905);
});

test('SHA-1 is shared at level 0 only', () => {
  assert.deepEqual(shared([0x0201, 0x0203], tls12), []);
  assert.deepEqual(shared([0x0201, 0x0203], tls12, { ...settings, securityLevel: 1 }), []);
  assert.deepEqual(shared([0x0201, 0x0203], tls12, { ...settings, securityLevel: 0 }), [0x0201, 0x0203]);
});

test('a silent client is taken to accept SHA-1 in TLS 1.2, which the default level refuses', () => {
  const lowest = { ...settings, securityLevel: 0 } as const;
  assert.deepEqual(impliedSignatureAlgorithms(settings, tls12), []);
  assert.deepEqual(
    impliedSignatureAlgorithms(lowest, tls12).map(({ code }) => code),
    [0x0201, 0x0202, 0x0203],
  );
  const own = { ...lowest, signatureAlgorithms: schemes(0x0203, 0x0401) };
  assert.deepEqual(
    impliedSignatureAlgorithms(own, tls12).map(({ code }) => code),
    [0x0203],
  );
});

test('before TLS 1.2 an RSA key signs MD5 and SHA-1 together, at level 0', () => {
  assert.deepEqual(impliedSignatureAlgorithms({ ...settings, securityLevel: 1 }, tls10), []);
  const implied = impliedSignatureAlgorithms({ ...settings, securityLevel: 0 }, tls10);
  assert.deepEqual(
    implied.map(({ name }) => name),
    ['rsa_pkcs1_md5_sha1', 'dsa_sha1', 'ecdsa_sha1'],
  );
  const rsa = credential('RSA', 2048);
  const choice = chooseSignature({ version: tls10, shared: implied, credentials: [rsa], keyTypes: ['RSA', 'RSA-PSS'] });
  assert.equal(choice?.scheme.name, 'rsa_pkcs1_md5_sha1');
});

test('in TLS 1.3 an RSA key signs PSS, and never PKCS#1', () => {
  const rsa = credential('RSA', 2048);
  assert.equal(choose(tls13, [0x0401, 0x0809, 0x0805], [rsa])?.code, 0x0805);
  assert.equal(choose(tls13, [0x0401, 0x0301], [rsa]), undefined);
});

test('an RSA-PSS key signs with its own schemes only', () => {
  const pss = credential('RSA-PSS', 2048);
  assert.equal(choose(tls13, [0x0804, 0x080a], [pss])?.code, 0x080a);
  assert.equal(choose(tls12, [0x0401, 0x0804, 0x0809], [pss], ['RSA', 'RSA-PSS'])?.code, 0x0809);
});

test('a key that is too small for PSS with a hash does not sign it', () => {
  assert.equal(choose(tls13, [0x0806, 0x0805, 0x0804], [credential('RSA', 1024)])?.code, 0x0805);
  assert.equal(choose(tls13, [0x0806], [credential('RSA', 1040)])?.code, 0x0806);
  assert.equal(choose(tls12, [0x0806, 0x0601], [credential('RSA', 1024)], ['RSA', 'RSA-PSS'])?.code, 0x0601);
});

test('in TLS 1.3 the curve of an EC key decides, in TLS 1.2 it does not', () => {
  const p384 = credential('EC', 384, 0x0018);
  assert.equal(choose(tls13, [0x0403, 0x0603, 0x0503], [p384])?.code, 0x0503);
  assert.equal(choose(tls13, [0x0403], [p384]), undefined);
  assert.equal(choose(tls12, [0x0403, 0x0503], [p384], ['EC', 'ED25519', 'ED448'])?.code, 0x0403);
  assert.equal(choose(tls13, [0x0203, 0x0303], [credential('EC', 256, 0x0017)]), undefined);
  assert.equal(choose(tls13, [0x081a], [credential('EC', 256, 0x001a)])?.code, 0x081a);
});

test('the order of the schemes decides between keys', () => {
  const rsa = credential('RSA', 2048);
  const ed25519 = credential('ED25519', 253);
  assert.equal(chooseSignature(question(tls13, [0x0807, 0x0804], [rsa, ed25519]))?.credential, ed25519);
  assert.equal(chooseSignature(question(tls13, [0x0804, 0x0807], [rsa, ed25519]))?.credential, rsa);
});

test('up to TLS 1.2 the suite decides which keys may sign', () => {
  const credentials = [credential('RSA', 2048), credential('EC', 256, 0x0017)];
  assert.equal(choose(tls12, [0x0403, 0x0401], credentials, ['RSA', 'RSA-PSS'])?.code, 0x0401);
  assert.equal(choose(tls12, [0x0403, 0x0401], credentials, ['DSA']), undefined);
  assert.equal(choose(tls12, [0x0402], [credential('DSA', 2048)], ['DSA'])?.code, 0x0402);
  assert.equal(choose(tls12, [0x0808], [credential('ED448', 456)], ['EC', 'ED25519', 'ED448'])?.code, 0x0808);
});

test('the keys of a suite follow its authentication, and RSA-PSS keys do not decrypt', () => {
  assert.deepEqual(keyTypesOf({ authentication: 'RSA', keyExchange: 'ECDHE' }), ['RSA', 'RSA-PSS']);
  assert.deepEqual(keyTypesOf({ authentication: 'RSA', keyExchange: 'RSA' }), ['RSA']);
  assert.deepEqual(keyTypesOf({ authentication: 'ECDSA', keyExchange: 'ECDHE' }), ['EC', 'ED25519', 'ED448']);
  assert.deepEqual(keyTypesOf({ authentication: 'DSS', keyExchange: 'DHE' }), ['DSA']);
  assert.deepEqual(keyTypesOf({ authentication: 'None', keyExchange: 'DHE' }), []);
});

test('without credentials there is no choice', () => {
  assert.equal(choose(tls13, defaultSignatureSchemes, []), undefined);
});

function shared(peer: readonly number[], version: number, own: SignatureSettings = settings): number[] {
  return sharedSignatureAlgorithms(own, peer, version).map(({ code }) => code);
}

function choose(...parts: Parameters<typeof question>): SignatureScheme | undefined {
  return chooseSignature(question(...parts))?.scheme;
}

function question(
  version: number,
  codes: readonly number[],
  credentials: readonly Credential[],
  keyTypes?: readonly KeyType[],
) {
  return { version, shared: schemes(...codes), credentials, ...(keyTypes && { keyTypes }) };
}

function schemes(...codes: number[]): SignatureScheme[] {
  return codes.map(signatureScheme).filter((it) => it !== undefined);
}

/** The choice reads the facts about a key, not the key. */
function credential(keyType: KeyType, bits: number, group?: number): Credential {
  return { key, keyType, bits, securityBits: 128, ...(group !== undefined && { group }), chain: [] };
}

const key = generateKeyPairSync('ed25519').privateKey;
