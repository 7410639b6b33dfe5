import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { authority, certificatePem, issue, keyOf } from '../src/x509/verify/issue.test.fixture.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, opensslPage } from './clients.ts';
import { type Cleanup, Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** files makes a certificate with its key and its two issuers. */
function files(test: Cleanup) {
  const path = folder(test);
  const put = (name: string, text: string) => {
    writeFileSync(join(path, name), text);
    return join(path, name);
  };
  const root = certificatePem(issue({ subject: 'root', extensions: [authority()] }));
  const middle = certificatePem(issue({ subject: 'middle', issuer: 'root', extensions: [authority()] }));
  return {
    key: put('key', keyOf('leaf').export({ type: 'pkcs8', format: 'pem' }).toString()),
    leaf: put('leaf', certificatePem(issue({ subject: 'leaf', issuer: 'middle' }))),
    middle: put('middle', middle),
    all: put('all', middle + root),
  };
}

const subjects = async (program: Program, words: readonly string[] = []) =>
  [...(await opensslPage(program.port, ['-showcerts', ...words])).matchAll(/^ \d s:CN = (.*)$/gm)].map(
    ([, name]) => name,
  );

test('a certificate without a chain goes out with what the trusted files have of it', { skip }, async (t) => {
  const { leaf, key, middle, all } = files(t);
  const sends = async (...words: readonly string[]) =>
    subjects(await Program.start(t, '-www', '-cert', leaf, '-key', key, ...words));
  assert.deepEqual(await sends(), ['leaf']);
  assert.deepEqual(await sends('-CAfile', middle), ['leaf', 'middle']);
  assert.deepEqual(await sends('-CAfile', middle, '-chainCAfile', all), ['leaf', 'middle', 'root']);
});

test('-build_chain sends a verified chain, or tells why there is none', { skip }, async (t) => {
  const { leaf, key, middle, all } = files(t);
  const words = ['-www', '-cert', leaf, '-key', key, '-build_chain'];
  assert.deepEqual(await subjects(await Program.start(t, ...words, '-cert_chain', all)), ['leaf', 'middle', 'root']);
  for (const [more, text] of [
    [[], 'unable to get local issuer certificate'],
    [['-chainCAfile', middle], 'unable to get issuer certificate'],
    [['-chainCAfile', all, '-cert_chain', middle], 'unable to get issuer certificate'],
  ] as const) {
    const program = new Program([...words, ...more]);
    t.after(() => program.stop());
    await assert.rejects(program.prints(/ACCEPT/));
    assert.match(program.err, /^error building certificate chain\n/);
    assert.match(program.err, new RegExp(`certificate verify failed:.*:Verify error:${text}\n$`));
  }
});

test('of the extended certificates each client gets one that it can use, and none other', { skip }, async (t) => {
  const { leaf, key, all } = files(t);
  const main = certificateFiles(t, 'RSA');
  const edwards = certificateFiles(t, 'Ed25519');
  const extended = ['-xcert', leaf, '-xkey', key, '-xchain', all, '-xcert', edwards.certificate, '-xkey', edwards.key];
  const program = await Program.start(t, '-www', ...main.words, ...extended);
  assert.deepEqual(await subjects(program, ['-sigalgs', 'ed25519']), ['localhost']);
  assert.deepEqual(await subjects(program, ['-sigalgs', 'ECDSA+SHA256']), ['leaf', 'middle', 'root']);
  assert.deepEqual(await subjects(program, ['-sigalgs', 'RSA-PSS+SHA256']), []);
  assert.match(program.err, /^Checking cert chain 1:\nSubject: CN = leaf\n\tOverall Validity: NOT OK\n/);
  assert.match(program.err, /\nChecking cert chain 2:\nSubject: CN = localhost\n\tOverall Validity: OK\n/);
});

test('an extended certificate that cannot be used after all ends the handshake', { skip }, async (t) => {
  const { leaf, key } = files(t);
  const main = certificateFiles(t, 'RSA');
  const program = await Program.start(t, ...main.words, '-xcert', leaf, '-xkey', key, '-xchain_build');
  assert.match(await opensslPage(program.port), /alert internal error/);
  await program.prints(/CONNECTION CLOSED/);
  assert.match(program.err, /certificate verify failed:.*unable to get local issuer certificate\n.*:cert cb error:/);
});
