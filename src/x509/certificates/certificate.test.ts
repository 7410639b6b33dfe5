import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { der, integer, objectIdentifier, octetString, sequence } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { selfSigned } from '../issue/self-signed.ts';
import { extension, name, testCertificate, utcTime, utf8 } from './certificate.test.fixture.ts';
import { certificateFacts } from './certificate.ts';

const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { privateKey: otherKey } = generateKeyPairSync('ed25519');

test('a certificate tells names, times, key and signature', () => {
  const facts = certificateFacts(testCertificate({ key }));
  assert.equal(facts.version, 3);
  assert.deepEqual(Array.from(facts.serialNumber), [5]);
  assert.equal(facts.notBefore, Date.UTC(2020, 0, 1));
  assert.equal(facts.notAfter, Date.UTC(2020, 11, 31, 23, 59, 59));
  assert.deepEqual(facts.key, { keyType: 'EC', bits: 256, securityBits: 128, group: 0x17 });
  assert.deepEqual(facts.signature, { oid: '1.2.840.10045.4.3.2', hash: 'sha256', keyType: 'EC', securityBits: 128 });
  assert.equal(facts.subject.attributes[0]?.type, '2.5.4.3');
  assert.equal(facts.selfSigned, true);
});

test('years are read as RFC 5280 says', () => {
  const years = (notBefore: Uint8Array) => {
    const { notBefore: time } = certificateFacts(testCertificate({ key, notBefore }));
    return time === undefined ? undefined : new Date(time).toISOString();
  };
  assert.equal(years(utcTime('500101000000Z')), '1950-01-01T00:00:00.000Z');
  assert.equal(years(utcTime('491231000000Z')), '2049-12-31T00:00:00.000Z');
  assert.equal(years(der(0x18, Buffer.from('99991231235959Z'))), '9999-12-31T23:59:59.000Z');
  assert.equal(years(der(0x18, Buffer.from('00990301000000Z'))), '0099-03-01T00:00:00.000Z');
});

test('a time that is none is left out', () => {
  for (const text of ['200101000000', '2001010000Z', '200230000000Z', '201301000000Z', '200101240000Z', 'x'])
    assert.equal(certificateFacts(testCertificate({ key, notBefore: utcTime(text) })).notBefore, undefined, text);
});

test('another issuer, another kind of signature or another key identifier is not self-signed', () => {
  const issuer = name(['2.5.4.3', utf8('authority')]);
  const identifiers = (own: string, authority: string) => [
    extension('2.5.29.14', octetString(Buffer.from(own))),
    extension('2.5.29.35', sequence(der(0x80, Buffer.from(authority)))),
  ];
  const isSelfSigned = (options: object) => certificateFacts(testCertificate({ key, ...options })).selfSigned;
  assert.equal(isSelfSigned({ issuer }), false);
  assert.equal(isSelfSigned({ issuerKey: otherKey, algorithm: objectIdentifier('1.3.101.112'), hash: null }), false);
  assert.equal(isSelfSigned({ extensions: identifiers('one', 'two') }), false);
  assert.equal(isSelfSigned({ extensions: identifiers('one', 'one') }), true);
  assert.equal(isSelfSigned({ extensions: [extension('2.5.29.35', sequence(der(0x82, Buffer.of(6))))] }), false);
  assert.equal(isSelfSigned({ extensions: [extension('2.5.29.35', sequence(der(0x82, Buffer.of(5))))] }), true);
  assert.equal(isSelfSigned({ extensions: [extension('2.5.29.35', Buffer.from('no DER'))] }), false);
});

test('the hash of an RSA-PSS signature is in its parameters', () => {
  const pss = (parameters: Uint8Array) => Buffer.concat([objectIdentifier('1.2.840.113549.1.1.10'), parameters]);
  const sha384 = sequence(der(0xa0, sequence(objectIdentifier('2.16.840.1.101.3.4.2.2'))));
  const signature = (algorithm: Uint8Array) => certificateFacts(testCertificate({ key, algorithm })).signature;
  assert.equal(signature(pss(sha384)).hash, 'sha384');
  assert.deepEqual(signature(pss(sequence())), {
    oid: '1.2.840.113549.1.1.10',
    hash: 'sha1',
    keyType: 'RSA-PSS',
    securityBits: 63,
  });
  assert.equal(signature(pss(Buffer.alloc(0))).hash, undefined);
  assert.equal(signature(pss(sequence(der(0xa3, integer(2))))).hash, undefined);
  assert.equal(signature(pss(sequence(der(0xa3, integer(1))))).hash, 'sha1');
});

test('an unknown signature algorithm is a value', () => {
  const { signature } = certificateFacts(testCertificate({ key, algorithm: objectIdentifier('1.2.3.4') }));
  assert.deepEqual(signature, { oid: '1.2.3.4', hash: undefined, keyType: undefined, securityBits: -1 });
});

test('every truncation is malformed', () => {
  const der = testCertificate({ key });
  for (let length = 0; length < der.length; length++)
    assert.throws(() => certificateFacts(der.subarray(0, length)), Malformed, `${length}`);
  assert.throws(() => certificateFacts(Buffer.concat([der, Buffer.of(0)])), Malformed);
});

test('every byte that is wrong gives Malformed or a value', () => {
  const { certificate } = selfSigned({ names: ['localhost'], now: 0, random: (size) => Buffer.alloc(size, 1) });
  for (let at = 0; at < certificate.length; at++)
    for (const flip of [0x01, 0x80, 0xff]) {
      const broken = Uint8Array.from(certificate);
      broken[at] = (certificate[at] ?? 0) ^ flip;
      malformedOrValue(broken);
    }
});

test('any bytes give Malformed or a value', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), malformedOrValue), { numRuns: 300 });
  malformedOrValue(Buffer.alloc(100_000, 0x30));
  malformedOrValue(Buffer.from(createHash('sha512').update('x').digest()));
});

function malformedOrValue(bytes: Uint8Array): void {
  try {
    certificateFacts(bytes);
  } catch (error) {
    assert.ok(error instanceof Malformed, String(error));
  }
}
