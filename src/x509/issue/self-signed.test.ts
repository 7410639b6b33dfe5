import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { toPem } from '../../bytes/pem.ts';
import { certificateFacts } from '../certificates/certificate.ts';
import { fingerprint, selfSigned } from './self-signed.ts';

const now = Date.UTC(2026, 5, 1, 12);
const names = ['localhost', '127.0.0.1', '::1', '2001:db8::5:0:0:1', '::ffff:1.2.3.4'];
const made = selfSigned({ names, now, random: randomBytes });
const certificate = new X509Certificate(made.certificate);

test('it speaks for all its names and is signed by its own key', () => {
  assert.equal(certificate.verify(certificate.publicKey), true);
  assert.equal(certificate.publicKey.equals(createPublicKey(made.key)), true);
  assert.equal(certificate.checkHost('localhost'), 'localhost');
  for (const address of names.slice(1)) assert.equal(certificate.checkIP(address), address);
  assert.equal(certificate.subject, 'CN=localhost');
  assert.equal(certificate.ca, false);
  assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  assert.equal(certificateFacts(made.certificate).selfSigned, true);
});

test('it is valid for 30 days from now', () => {
  const { notBefore = 0, notAfter } = certificateFacts(made.certificate);
  assert.equal(notAfter, now + 30 * 24 * 60 * 60 * 1000);
  assert.ok(notBefore < now);
});

test('it has a form of its own for years from 2050', () => {
  const { certificate } = selfSigned({ names, now: Date.UTC(2055, 0, 2), random: randomBytes });
  assert.equal(certificateFacts(certificate).notAfter, Date.UTC(2055, 1, 1));
});

test('the serial number is positive and as long as the random bytes', () => {
  for (const byte of [0, 0x80, 0xff]) {
    const { certificate } = selfSigned({ names, now, random: (size) => Buffer.alloc(size, byte) });
    const { serialNumber } = certificateFacts(certificate);
    assert.equal(serialNumber.length, 16);
    assert.ok((serialNumber[0] ?? 0xff) < 0x80);
  }
});

test('the fingerprint is that of Node', () => {
  assert.equal(fingerprint(made.certificate), certificate.fingerprint256);
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

test('openssl verify accepts it', { skip: !hasOpenssl }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'self-signed-'));
  try {
    const file = join(folder, 'certificate.pem');
    writeFileSync(file, toPem('CERTIFICATE', made.certificate));
    const purpose = ['-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'localhost'];
    const { status, stderr } = spawnSync('openssl', [
      ...['verify', '-attime', String(now / 1000), ...purpose, '-CAfile', file, file],
    ]);
    assert.equal(status, 0, String(stderr));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
