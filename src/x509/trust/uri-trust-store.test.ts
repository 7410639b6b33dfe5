import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalName } from '../asn1/canonical-name.ts';
import { distinguishedName } from '../asn1/names.ts';
import { authority, certificatePem, crlPem, issue, issueCrl, nameOf } from '../verify/issue.test.fixture.ts';
import { pathCertificate } from '../verify/path-certificate.ts';
import type { TrustStore } from '../verify/run.ts';
import { verifyCertificate } from '../verify/verify.ts';
import { MemoryTrustStore, nameHash, searchedStores } from './trust-store.ts';
import { trustedContent } from './trusted-file.ts';
import { DirectoryUriStore, FileUriStore } from './uri-trust-store.ts';

const root = issue({ subject: 'root', extensions: [authority()] });
const text = certificatePem(root) + crlPem(issueCrl({ issuer: 'root' }));
const canonical = (name: string) => canonicalName(distinguishedName(nameOf(name)));
const certificate = (subject: string, issuer: string) => pathCertificate(issue({ subject, issuer }));

test('a file leaves a line for every search, and certificates that it has given need none', () => {
  const store = new FileUriStore(trustedContent(Buffer.from(text)));
  assert.equal(store.certificatesOf(canonical('root')).length, 1);
  assert.equal(store.takeFaults().length, 1);
  assert.equal(store.certificatesOf(canonical('root')).length, 1);
  assert.deepEqual(store.takeFaults(), []);
  assert.equal(store.crlsOf(canonical('root')).length, 1);
  assert.equal(store.certificatesOf(canonical('nobody')).length, 0);
  assert.deepEqual(
    store.takeFaults().map((it) => it.text),
    ['search only supported for directories', 'search only supported for directories'],
  );
});

test('a directory leaves a line for every file that is called by the name', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'serverhello-store-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const hash = nameHash(canonical('root'));
  writeFileSync(join(folder, `${hash}.0`), certificatePem(root));
  writeFileSync(join(folder, `${hash}.r12`), crlPem(issueCrl({ issuer: 'root' })));
  writeFileSync(join(folder, `${hash}.old`), certificatePem(root));
  const store = new DirectoryUriStore(folder);
  assert.equal(store.certificatesOf(canonical('root')).length, 1);
  assert.equal(store.takeFaults().length, 2);
  assert.equal(store.crlsOf(canonical('root')).length, 1);
  assert.equal(store.takeFaults().length, 2);
  assert.equal(store.certificatesOf(canonical('nobody')).length, 0);
  assert.deepEqual(store.takeFaults(), []);
  assert.equal(new DirectoryUriStore(join(folder, 'missing')).crlsOf(canonical('root')).length, 0);
});

test('what is in memory is found without a search, and the first place that has something is the last one asked', () => {
  const held = new MemoryTrustStore(trustedContent(Buffer.from(text)));
  const other = issue({ subject: 'other', extensions: [authority()] });
  const [first, second] = [root, other].map((it) => new FileUriStore(trustedContent(Buffer.from(certificatePem(it)))));
  assert.ok(first && second);
  const store = searchedStores([held], [first, second]);
  assert.equal(store.certificatesOf(canonical('root')).length, 1);
  assert.deepEqual(store.takeFaults?.(), []);
  assert.equal(store.certificatesOf(canonical('other')).length, 1);
  assert.equal(store.takeFaults?.().length, 2);
});

test('a verdict knows what the search for an issuer has left', () => {
  const store = new FileUriStore(trustedContent(Buffer.from(text)));
  const left = (leaf: string, issuer: string, parameters = {}) => verdict(store, leaf, issuer, parameters).left.length;
  assert.equal(left('leaf', 'root'), 1);
  assert.equal(left('leaf', 'root'), 0);
  // The reference searches for the issuer twice, and discards the line of the search for the certificate itself.
  assert.equal(left('leaf', 'nobody'), 2);
  assert.equal(left('leaf', 'nobody', { partialChain: true }), 2);
});

function verdict(store: TrustStore, leaf: string, issuer: string, parameters: object) {
  const now = () => Date.UTC(2025, 0, 1);
  const watch = () => true;
  return verifyCertificate({
    certificate: certificate(leaf, issuer),
    untrusted: [],
    store,
    crls: [],
    parameters,
    now,
    watch,
  });
}
