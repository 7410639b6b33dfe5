import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** outcome returns the client's output about a connection that it closes at once, and the program's. */
async function outcome(program: Program, words: readonly string[]): Promise<string> {
  const from = program.err.length;
  const { out, err } = await run('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`, ...words]);
  return out + err + program.err.slice(from);
}

test('without a share that fits the first of our own groups is asked for', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const program = await Program.start(t, '-www', '-groups', 'P-521:P-384:X448', ...words);
  const got = await outcome(program, ['-tls1_3', '-groups', 'X25519:X448:P-384:P-521']);
  assert.match(got, /Server Temp Key: ECDH, secp521r1, 521 bits/);
});

test('a client that nothing can be signed for is refused before it is asked for a share', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const program = await Program.start(t, '-www', '-groups', 'X448', '-sigalgs', 'ECDSA+SHA384:RSA+SHA256', ...words);
  const got = await outcome(program, ['-tls1_3', '-msg', '-groups', 'X25519:X448']);
  assert.match(got, /alert number 40/);
  assert.doesNotMatch(got, /ServerHello/);
});

test('a certificate on a curve that is none of the client groups leaves no suite', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-384');
  const program = await Program.start(t, '-www', '-cipher', 'ALL:!aNULL:@SECLEVEL=0', ...words);
  for (const version of ['-tls1', '-tls1_1', '-tls1_2']) {
    const client = [version, '-cipher', 'ALL:@SECLEVEL=0', '-groups'];
    assert.match(await outcome(program, [...client, 'X25519:P-256']), /alert number 40/);
    assert.match(await outcome(program, [...client, 'X25519:P-384']), /Cipher is ECDHE-ECDSA/);
  }
});

test('a server that has no key for TLS 1.3 does not warn of a downgrade', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'DSA');
  const program = await Program.start(t, '-www', '-cipher', 'ALL:@SECLEVEL=0', ...words);
  const got = await outcome(program, ['-cipher', 'ALL:@SECLEVEL=0']);
  assert.match(got, /Protocol *: TLSv1\.2/);
});

test('up to TLS 1.1 a signature that the level forbids is told when it is to be made', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const program = await Program.start(t, '-www', '-cipher', 'ALL:@SECLEVEL=1', ...words);
  assert.match(await outcome(program, ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0']), /alert number 80/);
});

test('with Suite B the suite names the group, and everything else is left out', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-384');
  const program = await Program.start(t, '-www', '-cipher', 'SUITEB192', '-groups', 'X25519', '-no_ticket', ...words);
  const client = ['-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384', '-groups'];
  const got = await outcome(program, ['-tls1_2', ...client, 'X25519:P-256:P-384']);
  assert.match(got, /Peer signing digest: SHA384\n[\s\S]*Server Temp Key: ECDH, secp384r1, 384 bits\n/);
  assert.match(await outcome(program, ['-tls1_2', ...client, 'X25519:P-256']), /alert number 40/);
  assert.match(await outcome(program, ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256']), /alert number 40/);
  assert.match(await outcome(program, ['-tls1_3', '-groups', 'X25519:P-384']), /ECDH, secp384r1, 384 bits/);
});

test('with Suite B a certificate that is not of it leaves no suite', { skip }, async (t) => {
  for (const [type, profile] of [
    ['P-384', 'SUITEB128ONLY'],
    ['P-256', 'SUITEB192'],
    ['RSA', 'SUITEB128'],
  ] as const) {
    const { words } = certificateFiles(t, type);
    const program = await Program.start(t, '-www', '-cipher', profile, ...words);
    assert.match(await outcome(program, ['-tls1_2']), /alert number 40/, profile);
  }
});
