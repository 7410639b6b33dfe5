import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Malformed } from '../src/bytes/malformed.ts';
import { pemBlocks } from '../src/bytes/pem.ts';
import { certificateText } from '../src/diagnostics/certificate/certificate-text.ts';
import { nameFormats } from '../src/x509/asn1/name-options.ts';

// Output of `openssl x509 -text -nameopt oneline` of OpenSSL 3.0 for certificates made for this test.
const golden = readFileSync(new URL('../../test/golden/certificates.txt', import.meta.url), 'utf8');
const certificates = pemBlocks(golden).map(({ der }) => der);
const texts = golden.split(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n/).filter((it) => it !== '');

test('certificates are printed as OpenSSL prints them, with every extension and type of key that it knows', () => {
  assert.equal(certificates.length, texts.length);
  certificates.forEach((certificate, at) => {
    assert.equal(certificateText(certificate, nameFormats.oneline), texts[at]);
  });
});

test('names have the form that is asked for', () => {
  const [certificate = new Uint8Array(0)] = certificates;
  const lineOf = (flags: number) =>
    /^ {8}Subject:[\s\S]*?(?=\n {8}\S)/ms.exec(certificateText(certificate, flags))?.[0];
  assert.equal(lineOf(nameFormats.oneline), '        Subject: C = XX, CN = leaf a');
  assert.equal(lineOf(nameFormats.compat), '        Subject: C=XX, CN=leaf a');
  assert.equal(
    lineOf(nameFormats.multiline),
    `        Subject:
            countryName               = XX
            commonName                = leaf a`,
  );
});

test('whatever byte of a certificate is wrong, there is a text or it is malformed', () => {
  for (const certificate of certificates) {
    for (let at = 0; at < certificate.length; at += 3) {
      const changed = Uint8Array.from(certificate);
      changed[at] = (changed[at] ?? 0) ^ (at % 2 === 0 ? 0xff : 0x01);
      try {
        assert.match(certificateText(changed, nameFormats.oneline), /^Certificate:\n/);
      } catch (error) {
        assert.ok(error instanceof Malformed, `${at}: ${error}`);
      }
    }
  }
});
