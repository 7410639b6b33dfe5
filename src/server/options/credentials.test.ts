import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pemBlocks, toPem } from '../../bytes/pem.ts';
import { randomBytes } from '../../crypto/primitives/random.ts';
import { selfSigned } from '../../x509/files/self-signed.ts';
import { type CredentialOptions, credentialsFrom } from './credentials.ts';

const now = Date.UTC(2026, 0);
const one = selfSigned({ names: ['one'], now, random: randomBytes });
const other = selfSigned({ names: ['other'], now, random: randomBytes });
const certificate = toPem('CERTIFICATE', one.certificate);
const key = one.key.export({ type: 'pkcs8', format: 'pem' });

test('key and certificate come as text, bytes, DER or a key object', () => {
  const keys: CredentialOptions['key'][] = [
    key,
    Buffer.from(key),
    one.key,
    { pem: key },
    one.key.export({ type: 'pkcs8', format: 'der' }),
    one.key.export({ type: 'sec1', format: 'der' }),
  ];
  for (const given of keys) {
    for (const cert of [certificate, Buffer.from(certificate), one.certificate]) {
      const [credential] = credentialsFrom({ key: given, cert }, 2);
      assert.equal(credential?.keyType, 'EC');
      assert.deepEqual(
        credential.chain.map((it) => Buffer.from(it)),
        [Buffer.from(one.certificate)],
      );
    }
  }
});

test('an encrypted key needs its pass phrase, from the key or for all', () => {
  const pem = one.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'secret' });
  assert.equal(credentialsFrom({ key: pem, cert: certificate, passphrase: 'secret' }, 2).length, 1);
  assert.equal(credentialsFrom({ key: { pem, passphrase: 'secret' }, cert: certificate }, 2).length, 1);
  refused({ key: pem, cert: certificate });
  refused({ key: pem, cert: certificate, passphrase: 'wrong' });
});

test('a key of ML-DSA is read whether Node knows it or not, also beside others', () => {
  const [postQuantum, itsKey] = ['certificate', 'key'].map((it) => readFileSync(`test/vectors/ml-dsa/${it}.pem`));
  assert.ok(postQuantum && itsKey);
  const [[its], [itsCertificate]] = [pemBlocks(String(itsKey)), pemBlocks(String(postQuantum))];
  assert.ok(its && itsCertificate);
  for (const options of [
    { key: itsKey, cert: postQuantum },
    { key: String(itsKey), cert: String(postQuantum) },
    { key: its.der, cert: itsCertificate.der },
    { key: [key, itsKey], cert: [postQuantum] },
  ]) {
    assert.deepEqual(
      credentialsFrom(options, 2).map(({ keyType }) => keyType),
      ['ML-DSA-44'],
    );
  }
  assert.throws(() => credentialsFrom({ key, cert: postQuantum }, 2), /key/);
});

test('a key that Node itself cannot read is read in every form that the program reads, encrypted too', () => {
  const cert = readFileSync('test/vectors/ml-dsa/certificate.pem');
  for (const form of ['seed-priv', 'priv-only', 'seed-only', 'oqskeypair', 'bare-seed', 'bare-priv']) {
    const [plain, pem] = ['', '.encrypted'].map((it) => readFileSync(`test/vectors/ml-dsa/forms/${form}${it}.pem`));
    assert.ok(plain && pem);
    const { der } = pemBlocks(String(pem))[0] ?? assert.fail();
    for (const key of [plain, { pem, passphrase: 'secret' }, { pem: der, passphrase: 'secret' }])
      assert.equal(credentialsFrom({ key, cert }, 2)[0]?.keyType, 'ML-DSA-44');
    refused({ key: { pem, passphrase: 'wrong' }, cert });
    refused({ key: pem, cert });
  }
});

test('certificates behind the first one in a text are its chain', () => {
  const both = certificate + toPem('CERTIFICATE', other.certificate);
  assert.equal(credentialsFrom({ key, cert: both }, 2)[0]?.chain.length, 2);
});

test('every certificate finds its own key among several', () => {
  const found = credentialsFrom({ key: [other.key, one.key], cert: [certificate, other.certificate] }, 2);
  assert.deepEqual(
    found.map((it) => it.key.equals(one.key)),
    [true, false],
  );
});

test('what does not fit or cannot be read is refused', () => {
  refused({ key: other.key, cert: certificate });
  refused({ key: [other.key, generateKeyPairSync('ed25519').privateKey], cert: certificate });
  refused({ key });
  refused({ cert: certificate });
  refused({ key: 'text', cert: certificate });
  refused({ key: Buffer.alloc(20), cert: certificate });
  refused({ key, cert: 'text' });
  refused({ key, cert: Buffer.alloc(20) });
  refused({ key, cert: toPem('CERTIFICATE', Buffer.alloc(20)) });
  refused({ key: one.key.export({ type: 'pkcs8', format: 'der' }).subarray(1), cert: certificate });
});

test('a key that is too small for the security level is refused', () => {
  const level5 = () => credentialsFrom({ key, cert: certificate }, 5);
  assert.throws(level5, { code: 'ERR_SERVERHELLO_CREDENTIAL', message: /key too small/ });
});

function refused(options: CredentialOptions): void {
  assert.throws(() => credentialsFrom(options, 2), { name: 'TlsError', code: 'ERR_SERVERHELLO_CREDENTIAL' });
}
