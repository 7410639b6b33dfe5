import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { der, objectIdentifier, octetString, sequence } from '../bytes/der.ts';
import { extension, name, testCertificate, utf8 } from '../x509/certificates/certificate.test.fixture.ts';
import { basic, good, response, revoked, unknown } from '../x509/ocsp/response.test.fixture.ts';
import { ocspResponseText } from './ocsp-response-text.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const nonce = extension('1.3.6.1.5.5.7.48.1.2', octetString(Buffer.from('nonce')));
const full = response(
  basic([good, revoked, unknown], {
    responderId: der(0xa1, name(['2.5.4.3', utf8('responder')])),
    extensions: [nonce],
    certificates: [testCertificate({ key: privateKey })],
  }),
);

test('a response is printed with its responder, its statuses and its certificates', () => {
  const text = ocspResponseText(full);
  assert.match(text, /^OCSP Response Data:\n {4}OCSP Response Status: successful \(0x0\)\n/);
  assert.match(text, /\n {4}Responder Id: CN = responder\n {4}Produced At: Jan {2}1 00:00:00 2026 GMT\n/);
  assert.deepEqual(text.match(/Cert Status: \w+/g), [
    'Cert Status: good',
    'Cert Status: revoked',
    'Cert Status: unknown',
  ]);
  assert.match(text, /\n {4}Revocation Reason: superseded \(0x4\)\n/);
  assert.match(text, /\n-----END CERTIFICATE-----\n$/);
});

test('a response without an answer, and one of another type, are printed as far as they go', () => {
  const refusal = ocspResponseText(Buffer.from('30030a0106', 'hex'));
  assert.equal(refusal, 'OCSP Response Data:\n    OCSP Response Status: unauthorized (0x6)\n');
  const other = sequence(objectIdentifier('1.2.3'), octetString(Buffer.of(1)));
  const text = ocspResponseText(sequence(der(0x0a, Buffer.of(0)), der(0xa0, other)));
  assert.match(text, /Response Type: 1\.2\.3 \(unknown response type\)\n$/);
});

test('a response that is cut or changed anywhere is printed up to there, and no fault comes of it', () => {
  for (let at = 0; at < full.length; at++) {
    assert.match(ocspResponseText(full.subarray(0, at)), /^OCSP Response Data:\n/);
    for (const flip of [0x01, 0x20, 0x80, 0xff]) {
      const changed = Uint8Array.from(full, (byte, index) => (index === at ? byte ^ flip : byte));
      assert.match(ocspResponseText(changed), /^OCSP Response Data:\n/);
    }
  }
});
