import assert from 'node:assert/strict';
import { test } from 'node:test';
import { der, integer, objectIdentifier, octetString, sequence, Tag, tagged } from '../../bytes/der.ts';
import { certificateFields } from './certificate-fields.ts';

test('the names of a certificate are found with and without a version field', () => {
  for (const it of [certificate, oldCertificate]) {
    const { issuer, subject } = certificateFields(it);
    assert.deepEqual(Buffer.from(issuer.encoding), sequence(octetString(Buffer.from('issuer'))));
    assert.deepEqual(Buffer.from(subject.encoding), sequence(octetString(Buffer.from('subject'))));
  }
});

test('a certificate cut short anywhere is malformed and does no harm', () => {
  for (let length = 0; length < certificate.length; length++) {
    assert.throws(() => certificateFields(certificate.subarray(0, length)), { name: 'Malformed' });
  }
});

const time = der(Tag.utcTime, Buffer.from('200101000000Z'));
const fields = [
  integer(1),
  sequence(objectIdentifier('1.2.3')),
  sequence(octetString(Buffer.from('issuer'))),
  sequence(time, time),
  sequence(octetString(Buffer.from('subject'))),
  sequence(),
];
const signature = [sequence(), der(Tag.bitString, Buffer.of(0))];
const certificate = sequence(sequence(tagged(0, integer(2)), ...fields), ...signature);
const oldCertificate = sequence(sequence(...fields), ...signature);
