import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MemoryTrustStore } from '../../x509/trust/trust-store.ts';
import { authority, certificatePem, issue, keyOf } from '../../x509/verify/issue.test.fixture.ts';
import { pathCertificate } from '../../x509/verify/path-certificate.ts';
import { Stop } from '../output/stop.ts';
import { extendedCredential, loadExtended } from './extended-certificates.ts';

const folder = mkdtempSync(join(tmpdir(), 'extended-'));
after(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const keyPem = (name: string) => keyOf(name).export({ type: 'pkcs8', format: 'pem' }).toString();

const root = issue({ subject: 'root', extensions: [authority()] });
const leaf = issue({ subject: 'leaf', issuer: 'root' });
const leafFile = put('leaf', certificatePem(leaf));
const leafKey = put('leaf-key', keyPem('leaf'));
const both = put('both', certificatePem(issue({ subject: 'both' })) + keyPem('both'));
const rootFile = put('root', certificatePem(root));
const store = new MemoryTrustStore({ certificates: [pathCertificate(root)] });

test('a family is one certificate with what stands before and behind it', () => {
  const loaded = loadExtended([
    { name: 'xkey', value: leafKey },
    { name: 'xcert', value: leafFile },
    { name: 'port', value: 1 },
    { name: 'xchain', value: rootFile },
    { name: 'xcert', value: both },
    { name: 'xchain_build', value: true },
  ]);
  assert.deepEqual(
    loaded.map(({ chain, buildsChain }) => [chain.length, buildsChain]),
    [
      [1, false],
      [0, true],
    ],
  );
});

test('a key without a certificate is nothing', () => {
  assert.deepEqual(loadExtended([{ name: 'xkey', value: 'missing' }]), []);
  assert.deepEqual(loadExtended([]), []);
});

test('what is missing is told, the last family first', () => {
  const given = ['first', 'second'].map((value) => ({ name: 'xcert', value: join(folder, value) }));
  assert.throws(
    () => loadExtended(given),
    (error) =>
      error instanceof Stop && /^Could not open .* loading cert of Server Certificate from .*second\n/.test(error.text),
  );
});

test('the chain is the file, or built, or what the store has; a fault waits for the handshake', () => {
  const [loaded] = loadExtended([
    { name: 'xcert', value: leafFile },
    { name: 'xkey', value: leafKey },
  ]);
  assert.ok(loaded);
  const sent = (change: object, from = store) => extendedCredential({ ...loaded, ...change }, 2, from);
  assert.equal(sent({}).credential.chain.length, 2);
  assert.equal(sent({ buildsChain: true }).credential.chain.length, 2);
  assert.equal(sent({ chain: [root, root] }).credential.chain.length, 3);
  assert.equal(sent({}).fault, undefined);
  const empty = new MemoryTrustStore();
  assert.equal(sent({}, empty).credential.chain.length, 1);
  assert.match(sent({ buildsChain: true }, empty).fault?.[0]?.extra ?? '', /unable to get local issuer/);
  assert.equal(sent({ key: keyOf('both') }).fault?.[0]?.text, 'key values mismatch');
});
