import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, opensslPage, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

interface Container {
  /** Arguments of `openssl` that convert the key and certificate; the last is the new file. */
  readonly make: (files: { certificate: string; key: string; made: string }) => readonly string[];
  readonly type: 'RSA' | 'P-256' | 'Ed25519';
  /** True if it holds the certificate too. */
  readonly holdsBoth?: boolean;
}

const secret = ['-passout', 'pass:secret'];

const pkcs12 = (...how: readonly string[]): Container => ({
  type: 'RSA',
  holdsBoth: true,
  make: ({ certificate, key, made }) => [
    ...['pkcs12', '-export', '-in', certificate, '-inkey', key, ...secret],
    ...[...how, '-out', made],
  ],
});

const key = (type: Container['type'], ...how: readonly string[]): Container => ({
  type,
  make: ({ key, made }) => [...how, '-in', key, '-out', made],
});

const containers: Readonly<Record<string, Container>> = {
  'PKCS #12 with AES-256': pkcs12(),
  'PKCS #12 with AES-128 and a MAC of SHA-512': pkcs12(
    ...['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512'],
  ),
  'PKCS #12 with triple DES and a MAC of SHA-1': pkcs12(
    ...['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
  ),
  'PKCS #12 whose certificates are not encrypted': pkcs12('-certpbe', 'NONE'),
  'PKCS #12 without a MAC': pkcs12('-nomac'),
  'PKCS #8': key('RSA', 'pkcs8', '-topk8', '-nocrypt'),
  'encrypted PKCS #8': key('RSA', 'pkcs8', '-topk8', ...secret),
  'encrypted PKCS #8 in DER': key('P-256', 'pkcs8', '-topk8', '-outform', 'DER', ...secret),
  'encrypted PKCS #8 with scrypt': key('Ed25519', 'pkcs8', '-topk8', '-scrypt', ...secret),
  'encrypted PKCS #8 with triple DES of PKCS #12': key('RSA', 'pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', ...secret),
  'encrypted PKCS #1': key('RSA', 'rsa', '-aes256', '-traditional', ...secret),
  'PKCS #1 in DER': key('RSA', 'rsa', '-traditional', '-outform', 'DER'),
  'encrypted EC key': key('P-256', 'ec', '-aes128', ...secret),
  'EC key in DER': key('P-256', 'ec', '-outform', 'DER'),
};

for (const [name, { type, holdsBoth = false, make }] of Object.entries(containers)) {
  test(`a handshake with the key of ${name}`, { skip }, async (t) => {
    const { certificate, key } = certificateFiles(t, type);
    const made = join(folder(t), 'made');
    execFileSync('openssl', make({ certificate, key, made }), { stdio: 'ignore', timeout: 120_000 });
    const words = ['-cert', holdsBoth ? made : certificate, '-key', made, '-pass', 'pass:secret'];
    const program = await Program.start(t, '-www', ...words);
    assert.match(await opensslPage(program.port, ['-CAfile', certificate]), /Verify return code: 0 \(ok\)/);
  });
}

test('a file must have the form that is named, as in the reference', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'RSA');
  const [certificateDer, keyDer, both, list] = ['certificate', 'key', 'both', 'list'].map((it) => join(folder(t), it));
  const openssl = (...words: readonly string[]) =>
    execFileSync('openssl', words, { stdio: 'ignore', timeout: 120_000 });
  openssl('x509', '-in', certificate, '-outform', 'DER', '-out', certificateDer ?? '');
  openssl('pkey', '-in', key, '-outform', 'DER', '-out', keyDer ?? '');
  openssl('pkcs12', '-export', '-in', certificate, '-inkey', key, '-passout', 'pass:', '-out', both ?? '');
  writeFileSync(list ?? '', '');
  const pair = ['-cert', certificate, '-key', key];
  const extended = ['-xcert', certificate, '-xkey', key];
  const wrong = [
    [...pair, '-certform', 'DER'],
    ['-cert', certificateDer, '-key', key, '-certform', 'PEM'],
    ['-cert', both, '-key', key, '-certform', 'PEM'],
    [...pair, '-keyform', 'DER'],
    ['-cert', certificate, '-key', keyDer, '-keyform', 'PEM'],
    ['-cert', certificate, '-key', both, '-keyform', 'PEM'],
    [...pair, '-servername', 'a', '-cert2', certificateDer, '-key2', key, '-certform', 'PEM'],
    [...pair, '-servername', 'a', '-cert2', certificate, '-key2', keyDer, '-keyform', 'PEM'],
    [...pair, '-dcert', certificateDer, '-dkey', key, '-dcertform', 'PEM'],
    [...pair, '-dcert', certificate, '-dkey', key, '-dkeyform', 'DER'],
    [...pair, ...extended, '-xcertform', 'DER'],
    [...pair, ...extended, '-xkeyform', 'DER'],
    [...pair, '-CRL', list, '-CRLform', 'DER'],
  ].map((words) => words.map((word) => word ?? ''));
  for (const words of wrong) {
    const [ours, theirs] = [new Program(words), await run('openssl', ['s_server', '-accept', '0', ...words])];
    assert.equal((await ours.closed).code, 1, words.join(' '));
    const [first] = theirs.err.split('\n').filter((line) => line.startsWith('Could'));
    assert.equal(
      ours.err.split('\n').find((line) => line.startsWith('Could')),
      first,
      words.join(' '),
    );
  }
  const right = ['-cert', certificateDer, '-key', both, '-certform', 'DER', '-keyform', 'DER'].map((it) => it ?? '');
  const program = await Program.start(t, '-www', ...right);
  assert.match(await opensslPage(program.port, ['-CAfile', certificate]), /Verify return code: 0 \(ok\)/);
});

test('without -pass the password of a container is asked for, once for each file', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'P-256');
  const made = join(folder(t), 'made');
  execFileSync('openssl', pkcs12().make({ certificate, key, made }), { timeout: 120_000 });
  const program = new Program(['-www', '-naccept', '1', '-cert', made, '-key', key], { detached: true });
  t.after(() => program.stop());
  program.type('secret\nsecret\n');
  await program.prints(/^ACCEPT .*:\d+$/m);
  assert.match(program.err, /^(Enter pass phrase for PKCS12 import pass phrase:\n){2}$/);
  assert.match(await opensslPage(program.port, ['-CAfile', certificate]), /Verify return code: 0 \(ok\)/);
});

test('a container without a password is opened without asking', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'P-256');
  const made = join(folder(t), 'made');
  const words = ['pkcs12', '-export', '-in', certificate, '-inkey', key, '-passout', 'pass:', '-out', made];
  execFileSync('openssl', words, { timeout: 120_000 });
  const program = await Program.start(t, '-www', '-cert', made, '-key', made);
  assert.equal(program.err, '');
  assert.match(await opensslPage(program.port, ['-CAfile', certificate]), /Verify return code: 0 \(ok\)/);
});

test('what only the legacy provider can decrypt is told', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'RSA');
  const made = join(folder(t), 'made');
  const legacy = ['-legacy', '-provider', 'legacy', '-provider', 'default'];
  const words = ['pkcs12', '-export', '-in', certificate, '-inkey', key, ...secret, ...legacy, '-out', made];
  const { status } = await run('openssl', words);
  if (status !== 0) return t.skip('this OpenSSL has no legacy provider');
  const program = new Program(['-cert', certificate, '-key', made, '-pass', 'pass:secret']);
  t.after(() => program.stop());
  await assert.rejects(program.prints(/ACCEPT/));
  assert.match(program.err, /^Could not read server certificate private key from .*\n.*:unsupported:.*RC2-40-CBC/);
});
