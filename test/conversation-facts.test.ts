import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { installed, run } from './clients.ts';
import { factsIn, ofKind, onlyOne } from './facts.ts';
import { type Cleanup, Program } from './program.ts';
import { lossyLink } from './udp.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** A server whose facts are on stdout. */
async function serving(t: Cleanup, ...words: readonly string[]): Promise<{ program: Program; port: number }> {
  const program = new Program(['-json', '-', ...certificateFiles(t, 'RSA').words, ...words]);
  t.after(() => program.stop());
  await program.prints(/"fact":"listening".*\n/);
  return { program, port: onlyOne(factsIn(program.out), 'listening').port ?? 0 };
}

/** A client that types its keys one after the other, each once the server has told the fact of the one before. */
async function typing(program: Program, port: number, words: readonly string[], keys: readonly string[]) {
  const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words]);
  client.stdout.resume();
  client.stderr.resume();
  await program.prints(/"fact":"established".*\n/);
  for (const [index, key] of keys.entries()) {
    client.stdin.write(`${key}\n`);
    await program.prints(new RegExp(`(?:"fact":"(?:renegotiated|keyUpdate)".*\\n[^]*){${index + 1}}`));
  }
  client.stdin.end('Q\n');
  await program.prints(/"fact":"closed".*\n/);
}

test('a renegotiation is told with what it came to', { skip }, async (t) => {
  const { program, port } = await serving(t, '-client_renegotiation');
  await typing(program, port, ['-tls1_2', '-cipher', 'ECDHE-RSA-AES128-GCM-SHA256', '-curves', 'P-256'], ['R']);
  const facts = factsIn(program.out);
  const { suite, group, scheme, resumed, client } = onlyOne(facts, 'renegotiated');
  assert.deepEqual(
    [suite.openssl, group?.name, scheme?.name, resumed, client],
    ['ECDHE-RSA-AES128-GCM-SHA256', 'secp256r1', 'rsa_pss_rsae_sha256', 'no', null],
  );
  const [, again] = ofKind(facts, 'clientHello');
  assert.equal(again?.number, 2);
});

test('key updates are told for each direction', { skip }, async (t) => {
  const { program, port } = await serving(t);
  await typing(program, port, ['-tls1_3'], ['k', 'K']);
  const told = ofKind(factsIn(program.out), 'keyUpdate').map(({ way, requested }) => [way, requested]);
  assert.deepEqual(told, [
    ['in', false],
    ['in', true],
  ]);
});

test('with -debug_broken_protocol each rule that the client breaks is told', async (t) => {
  const { program, port } = await serving(t, '-debug_broken_protocol');
  // A ServerHelloDone.
  const socket = connect(port, '127.0.0.1').resume();
  socket.end(Buffer.from('16030100040e000000', 'hex'));
  await program.prints(/"fact":"closed".*\n/);
  const { problem, text, rfc, bytes } = onlyOne(factsIn(program.out), 'broken');
  assert.deepEqual([problem, text, bytes], ['unexpectedMessage', 'unexpected message', '0e000000']);
  assert.match(rfc ?? '', /^RFC \d+ section/);
});

test('a flight that is sent again is told', { skip }, async (t) => {
  const { program, port } = await serving(t, '-dtls');
  const link = await lossyLink(t, port, (number) => number === 3);
  await run('openssl', ['s_client', '-dtls', '-connect', `127.0.0.1:${link}`], 'Q\n');
  await program.prints(/"fact":"closed".*\n/);
  const facts = factsIn(program.out);
  assert.ok(ofKind(facts, 'flight').length > 0);
  assert.equal(ofKind(facts, 'established').length, 1);
});
