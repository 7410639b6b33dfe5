import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { der, elementsOf, octetString } from '../../bytes/der.ts';
import { pemBlocks } from '../../bytes/pem.ts';
import { authority, certificatePem, issue, keyOf } from '../verify/issue.test.fixture.ts';
import { isPkcs12, openPkcs12 } from './pkcs12.ts';
import { pkcs12Key } from './pkcs12-key.ts';

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
  execFileSync('openssl', ['pkcs12', '-export', '-in', input, '-out', output, ...words], { timeout: 120_000 });
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

const vector = (name: string): Uint8Array => readFileSync(`test/vectors/pkcs12/${name}`);

test('PBMAC1 protects a file with each of its hashes', () => {
  const expected = pemBlocks(vector('certificate.pem').toString())[0]?.der;
  assert.ok(expected);
  for (const name of ['pbmac1.p12', 'pbmac1-sha512.p12']) {
    const content = openPkcs12(vector(name), Buffer.from('secret'));
    assert.ok('key' in content, name);
    assert.ok(content.key);
    assert.deepEqual(content.certificates.map(hexOf), [hexOf(expected)]);
    assert.deepEqual(openPkcs12(vector(name), Buffer.from('Secret')), { fault: 'wrongPassword' });
    const changed = Buffer.from(vector(name));
    changed[changed.length - 60] = (changed.at(-60) ?? 0) ^ 1;
    assert.ok('fault' in openPkcs12(changed, Buffer.from('secret')), name);
  }
});

test('what only the legacy provider decrypts is named', () => {
  for (const [name, algorithm] of [
    ['rc4.p12', 'RC4-40'],
    ['rc2.p12', 'RC2-40-CBC'],
  ] as const)
    assert.deepEqual(openPkcs12(vector(name), Buffer.from('secret')), { fault: 'unsupported', algorithm });
});

test('a file in the basic encoding rules opens, at each of its layers', { skip }, () => {
  const inTheClear = made(...withSecret, '-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE');
  const encrypted = made(...withSecret, '-nomac');
  const authentic = made(...withSecret);
  for (const [file, inside] of [
    [inTheClear, true],
    [encrypted, true],
    [authentic, false],
  ] as const) {
    const basic = inBasicRules(file, inside);
    assert.ok(isPkcs12(basic));
    const content = openPkcs12(basic, secret);
    assert.ok('key' in content);
    assert.ok(content.key);
    assert.deepEqual(content.certificates.map(hexOf), [leaf, root].map(hexOf));
    writeFileSync(join(folder, 'basic'), basic);
    const theirs = spawnSync('openssl', [
      'pkcs12',
      '-in',
      join(folder, 'basic'),
      '-passin',
      `pass:${secret}`,
      '-nodes',
    ]);
    assert.match(theirs.stdout.toString(), /CERTIFICATE[\s\S]*PRIVATE KEY/, theirs.stderr.toString());
  }
});

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** inBasicRules re-encodes DER with indefinite lengths and segmented strings; `inside`: also the nested layers. */
function inBasicRules(bytes: Uint8Array, inside: boolean, depth = 0): Uint8Array {
  const parts = elementsOf(bytes).map(({ tag, body }) => {
    const end = Buffer.of(0, 0);
    if (tag & 0x20) return Buffer.concat([Buffer.of(tag, 0x80), inBasicRules(body, inside, depth + 1), end]);
    // The contents of the safe and of its infos are structures again; certificates stay DER.
    const isLayer = tag === 0x04 && inside && body[0] === 0x30 && (depth === 3 || depth === 7);
    const held = isLayer ? inBasicRules(body, inside, depth + 1) : body;
    const pieces = [octetString(held.subarray(0, 5)), octetString(held.subarray(5))];
    if (tag === 0x80) return Buffer.concat([Buffer.of(0xa0, 0x80), ...pieces, end]);
    return isLayer ? Buffer.concat([Buffer.of(0x24, 0x80), ...pieces, end]) : der(tag, body);
  });
  return Buffer.concat(parts);
}

test('the key of a password is that of RFC 7292', () => {
  // Known values of other implementations, for the password "smeg" in UTF-8.
  const request = { hash: { name: 'sha1', block: 64 }, password: Buffer.from('smeg'), iterations: 1 } as const;
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
