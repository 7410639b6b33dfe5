import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, nodePage, type Outcome, opensslPage, run } from './clients.ts';
import { Program } from './program.ts';
import { takeSession } from './taken-session.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

function client({ port }: Program, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], 'Q\n');
}

test('clients with and without the ChangeCipherSpec for middleboxes come again with a cookie', { skip }, async (t) => {
  const program = await Program.start(t, '-stateless', ...certificateFiles(t, 'P-256').words);
  for (const words of [[], ['-no_middlebox'], ['-groups', 'P-521:X25519'], ['-groups', 'X25519:P-256']]) {
    const { out } = await client(program, '-msg', ...words);
    assert.match(out, /^New, TLSv1\.3/m, words.join(' '));
    assert.equal(out.match(/<<< TLS 1\.3, Handshake .*ServerHello/g)?.length, 2);
  }
  assert.equal(program.out.match(/^DELAY$/gm)?.length, 4);
});

test('a group is asked for together with the cookie', { skip }, async (t) => {
  const program = await Program.start(t, '-stateless', '-groups', 'P-384', ...certificateFiles(t, 'P-256').words);
  const { out } = await client(program, '-groups', 'X25519:P-384');
  assert.match(out, /^New, TLSv1\.3/m);
  assert.match(out, /^Server Temp Key: ECDH, (secp384r1|P-384), 384 bits/m);
});

test('a client of TLS 1.2 is sent away', { skip }, async (t) => {
  const program = await Program.start(t, '-stateless', ...certificateFiles(t, 'P-256').words);
  await client(program, '-tls1_2');
  await program.prints(/CONNECTION CLOSED/);
  assert.equal(program.err, 'ERROR\n');
  assert.doesNotMatch(program.out, /CIPHER is/);
});

test('tickets and early data go together with cookies', { skip }, async (t) => {
  const session = join(folder(t), 'session.pem');
  const files = certificateFiles(t, 'P-256');
  const program = await Program.start(t, '-stateless', '-early_data', ...files.words);
  await takeSession(program, session);
  const { out } = await client(program, '-sess_in', session, '-early_data', files.certificate);
  assert.match(out, /^Reused, TLSv1\.3/m);
  assert.match(out, /^Early data was rejected$/m);
});

test('other libraries get their page', { skip }, async (t) => {
  const program = await Program.start(t, '-stateless', '-www', ...certificateFiles(t, 'P-256').words);
  assert.match(await nodePage(program.port), /TLSv1\.3/);
  assert.match(await opensslPage(program.port), /TLSv1\.3/);
});
