import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const key = '00112233445566778899aabbccddeeff';

function client({ port }: Program, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], 'Q\n');
}

test('up to TLS 1.2 another identity is told and has the same key', { skip }, async (t) => {
  const program = await Program.start(t, '-tls1_2', '-nocert', '-psk', key, '-psk_identity', 'someone');
  const { out } = await client(program, '-cipher', 'PSK', '-psk', key, '-psk_identity', 'other');
  assert.match(out, /^New, TLSv1\.2, Cipher is /m);
  await program.prints(/CONNECTION CLOSED/);
  const warning = "PSK warning: client identity not what we expected (got 'other' expected 'someone')\n";
  assert.ok(program.out.includes(warning), program.out);
});

test('the client hears the hint, and nothing of it without a plain PSK suite', { skip }, async (t) => {
  const program = await Program.start(t, '-tls1_2', '-nocert', '-psk', key, '-psk_hint', 'under the mat');
  for (const suite of ['PSK-AES128-GCM-SHA256', 'DHE-PSK-AES128-GCM-SHA256', 'ECDHE-PSK-AES128-CBC-SHA256']) {
    const { out } = await client(program, '-cipher', suite, '-psk', key);
    assert.match(out, /PSK identity hint: under the mat/, suite);
  }
});

test('a wrong key fails like a wrong premaster secret of RSA does', { skip }, async (t) => {
  const words = ['-tls1_2', '-psk', key, ...certificateFiles(t, 'RSA').words];
  const program = await Program.start(t, ...words);
  for (const suite of [
    'PSK',
    'RSA-PSK-AES128-GCM-SHA256',
    'DHE-PSK-AES128-GCM-SHA256',
    'ECDHE-PSK-AES128-CBC-SHA256',
  ]) {
    const { err } = await client(program, '-cipher', suite, '-psk', 'ff');
    assert.match(err, /SSL alert number 20/, suite);
  }
});

test('a key with an odd number of digits is told when a client wants it', { skip }, async (t) => {
  const files = certificateFiles(t, 'P-256');
  const program = await Program.start(t, '-psk', 'abc', ...files.words);
  const { err } = await client(program, '-tls1_2', '-cipher', 'PSK', '-psk', 'abcd');
  assert.match(err, /SSL alert number 115/);
  const { err: of13 } = await client(program, '-tls1_3', '-ciphersuites', 'TLS_AES_128_GCM_SHA256', '-psk', 'abcd');
  assert.match(of13, /SSL alert number 80/);
  assert.equal(program.err.match(/^Could not convert PSK key 'abc' to buffer$/gm)?.length, 2);
});

test('in TLS 1.3 a key needs its identity and a suite with SHA-256', { skip }, async (t) => {
  const program = await Program.start(t, '-tls1_3', '-psk', key, ...certificateFiles(t, 'P-256').words);
  const sha256 = ['-ciphersuites', 'TLS_AES_128_GCM_SHA256', '-psk', key];
  assert.match((await client(program, ...sha256)).out, /^Reused, TLSv1\.3/m);
  assert.match((await client(program, ...sha256, '-psk_identity', 'other')).out, /^New, TLSv1\.3/m);
  assert.match((await client(program, '-psk', key)).out, /^New, TLSv1\.3, Cipher is TLS_AES_256_GCM_SHA384/m);
  const wrong = await client(program, '-ciphersuites', 'TLS_AES_128_GCM_SHA256', '-psk', 'ff');
  assert.match(wrong.err, /SSL alert number 47/);
});

test('in TLS 1.3 without a certificate a suite with SHA-256 is preferred', { skip }, async (t) => {
  const program = await Program.start(t, '-nocert', '-psk', key);
  const { out } = await client(program, '-tls1_3', '-psk', key);
  assert.match(out, /^Reused, TLSv1\.3, Cipher is TLS_CHACHA20_POLY1305_SHA256/m);
});
