import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { der, objectIdentifier, sequence } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { toPem } from '../../bytes/pem.ts';
import { canonicalName } from '../asn1/canonical-name.ts';
import { distinguishedName } from '../asn1/names.ts';
import { authority, certificatePem, crlPem, issue, issueCrl, nameOf } from '../verify/issue.test.fixture.ts';
import { pathCertificate } from '../verify/path-certificate.ts';
import { verifyCertificate } from '../verify/verify.ts';
import { DirectoryTrustStore } from './directory-trust-store.ts';
import { lazyStore, MemoryTrustStore, nameHash } from './trust-store.ts';
import { contentBeforeFault, lookedUpContent, readableContent, trustedContent } from './trusted-file.ts';

const root = issue({ subject: 'root', extensions: [authority()] });
const canonical = (name: string) => canonicalName(distinguishedName(nameOf(name)));

test('names differ in case and blanks only', () => {
  assert.equal(canonical(' The  ROOT '), canonical('the root'));
  assert.notEqual(canonical('theroot'), canonical('the root'));
});

test('the same certificate is kept once', () => {
  const certificates = [root, root].map((it) => pathCertificate(it));
  assert.equal(new MemoryTrustStore({ certificates }).certificatesOf(canonical('ROOT')).length, 1);
});

test('a directory gives the files that are called by the hash of a name', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'serverhello-store-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const hash = nameHash(canonical('root'));
  writeFileSync(join(folder, `${hash}.0`), 'not a certificate');
  writeFileSync(join(folder, `${hash}.1`), certificatePem(root));
  writeFileSync(join(folder, `${hash}.r0`), crlPem(issueCrl({ issuer: 'root' })));
  const store = new DirectoryTrustStore(folder);
  assert.equal(store.certificatesOf(canonical('root')).length, 1);
  assert.equal(store.crlsOf(canonical('root')).length, 1);
  assert.equal(store.certificatesOf(canonical('other')).length, 0);
});

test('trust settings decide what a root is trusted for', () => {
  const identifiers = (...list: readonly string[]) => list.map(objectIdentifier);
  const clients = '1.3.6.1.5.5.7.3.2';
  const servers = '1.3.6.1.5.5.7.3.1';
  const settings = sequence(sequence(...identifiers(clients)), der(0xa0, ...identifiers(servers)));
  const text = toPem('TRUSTED CERTIFICATE', Buffer.concat([root, settings]));
  const store = new MemoryTrustStore(trustedContent(Buffer.from(text)));
  const leaf = pathCertificate(issue({ subject: 'leaf', issuer: 'root' }));
  const error = (purpose: 'sslclient' | 'sslserver' | 'smimesign') =>
    verifyCertificate({
      certificate: leaf,
      untrusted: [],
      store,
      crls: [],
      parameters: { purpose },
      now: () => Date.UTC(2025, 0, 1),
    }).error;
  assert.equal(error('sslclient'), 0);
  assert.equal(error('sslserver'), 28);
  assert.equal(error('smimesign'), 28);
});

test('a lazy store is read when it is asked, and once', () => {
  let reads = 0;
  const store = lazyStore(() => {
    reads++;
    return new MemoryTrustStore();
  });
  assert.equal(reads, 0);
  assert.deepEqual(store.certificatesOf('anybody'), []);
  assert.deepEqual(store.crlsOf('anybody'), []);
  assert.equal(reads, 1);
});

test('a file that is looked up is PEM, and one unreadable block takes it as a whole', () => {
  const other = certificatePem(issue({ subject: 'other' }));
  const broken = certificatePem(root.subarray(0, 50));
  assert.equal(lookedUpContent(Buffer.from(certificatePem(root) + other)).certificates.length, 2);
  assert.equal(lookedUpContent(root).certificates.length, 0);
  assert.throws(() => lookedUpContent(Buffer.from(certificatePem(root) + broken + other)), Malformed);
  assert.equal(contentBeforeFault(Buffer.from(certificatePem(root) + broken + other)).certificates.length, 1);
  const { certificates, unreadable } = readableContent(Buffer.from(certificatePem(root) + broken + other));
  assert.deepEqual([certificates.length, unreadable], [2, 1]);
  assert.equal(readableContent(Buffer.concat([root, root])).certificates.length, 2);
});

test('for whoever looks a file up, a line that begins with NUL is its end', () => {
  const text = `${certificatePem(root)}\0\n${certificatePem(root)}`;
  assert.equal(lookedUpContent(Buffer.from(text)).certificates.length, 1);
  assert.equal(lookedUpContent(Buffer.from(`\0${text}`)).certificates.length, 0);
});
