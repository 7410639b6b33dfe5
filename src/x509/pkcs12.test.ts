import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { pkcs12Key } from './password-encryption.ts';
import { isPkcs12, openPkcs12 } from './pkcs12.ts';
import { authority, certificatePem, issue, keyOf } from './verify/issue.test.fixture.ts';

const skip = spawnSync('openssl', ['version']).status !== 0 && 'openssl is not installed';

const folder = mkdtempSync(join(tmpdir(), 'pkcs12-'));
after(() => rmSync(folder, { recursive: true }));

const secret = Buffer.from('gehéim');
const root = issue({ subject: 'root', extensions: [authority()] });
const leaf = issue({ subject: 'leaf', issuer: 'root' });

function made(...words: readonly string[]): Uint8Array {
  const [input, output] = [join(folder, 'input'), join(folder, 'output')];
  // The authority comes first, so that the order of the file is not that of the result.
  const key = keyOf('leaf').export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(input, `${key}${certificatePem(root)}${certificatePem(leaf)}`);
  execFileSync('openssl', ['pkcs12', '-export', '-in', input, '-out', output, ...words], { timeout: 20_000 });
  return readFileSync(output);
}

const withSecret = ['-passout', `pass:${secret}`];

test('key and certificates come out, that of the key first', { skip }, () => {
  for (const how of [
    [],
    ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES', '-macalg', 'sha384'],
    ['-keypbe', 'NONE', '-certpbe', 'NONE', '-macalg', 'sha224', '-iter', '1'],
    ['-nomac'],
  ]) {
    const content = openPkcs12(made(...withSecret, ...how), secret);
    assert.ok('key' in content, how.join(' '));
    assert.ok(content.key instanceof Object && 'export' in content.key);
    assert.ok(keyOf('leaf').equals(content.key));
    assert.deepEqual(
      content.certificates.map((it) => Buffer.from(it)),
      [leaf, root].map((it) => Buffer.from(it)),
    );
  }
});

test('a wrong password and none are told', { skip }, () => {
  const file = made(...withSecret);
  assert.deepEqual(openPkcs12(file, Buffer.from('x')), { fault: 'wrongPassword' });
  assert.deepEqual(openPkcs12(file), { fault: 'wrongPassword' });
  assert.ok('key' in openPkcs12(made('-passout', 'pass:')));
});

test('the key of a password is that of RFC 7292', () => {
  // Known values: of other implementations, for the password "smeg" in UTF-8.
  const request = { hash: 'sha1', password: Buffer.from('smeg'), iterations: 1 } as const;
  const salt = Buffer.from('0a58cf64530d823f', 'hex');
  const key = pkcs12Key({ ...request, salt, purpose: 'key', length: 24 });
  assert.equal(Buffer.from(key).toString('hex'), '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3');
  const iv = pkcs12Key({ ...request, salt, purpose: 'iv', length: 8 });
  assert.equal(Buffer.from(iv).toString('hex'), '79993dfe048d3b76');
});

test('whatever is changed in a file, it opens or a fault is told', { skip }, () => {
  const file = Buffer.from(made(...withSecret, '-iter', '1', '-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE'));
  const protectedFile = Buffer.from(made(...withSecret, '-iter', '1'));
  fc.assert(
    fc.property(fc.constantFrom(file, protectedFile), fc.nat(), fc.nat(255), fc.nat(), (whole, at, byte, cut) => {
      const changed = Buffer.from(whole.subarray(0, cut % 3 === 0 ? cut % whole.length : whole.length));
      if (changed.length > 0) changed[at % changed.length] = byte;
      if (isPkcs12(changed)) openPkcs12(changed, secret);
    }),
    { numRuns: 300 },
  );
});
