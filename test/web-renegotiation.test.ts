import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { installed } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/**
 * page returns the page for a client, which sends `more` once the server has printed that it asked for a renegotiation.
 */
async function page(program: Program, words: readonly string[], request: string, more = ''): Promise<string> {
  const connect = ['-connect', `127.0.0.1:${program.port}`, '-quiet', '-ign_eof'];
  const asked = program.out.split('SSL_renegotiate').length;
  const client = spawn('openssl', ['s_client', ...connect, ...words], { timeout: 120_000 });
  client.stderr.resume();
  // A client that has ended reads no more.
  client.stdin.on('error', () => {});
  client.stdin.write(request);
  const got = text(client.stdout);
  await program.prints(new RegExp(`(SSL_renegotiate -> [01]\\n[^]*){${asked}}`));
  client.stdin.end(more);
  return got;
}

async function start(t: Parameters<typeof certificateFiles>[0], ...words: readonly string[]): Promise<Program> {
  return Program.start(t, '-www', ...certificateFiles(t, 'RSA').words, ...words);
}

test('a request for /reneg alone is answered after a new handshake, with the new session', { skip }, async (t) => {
  const program = await start(t);
  const got = await page(program, ['-tls1_2'], 'GET /reneg HTTP/1.0\r\n');
  assert.match(got, /\nReused, TLSv1\.2/);
  // Facts of the first handshake, as in the reference.
  assert.match(got, /\nCiphers common between /);
  assert.match(got, /\nShared Signature Algorithms: .*\nSupported groups: .*\nShared groups: x25519/);
  assert.doesNotMatch(got, /^Signature Algorithms/m);
  assert.match(got, / 3 server renegotiates .*\n +2 server accepts that finished/);
  assert.match(program.out, /SSL_renegotiate -> 1\n/);
});

test(
  'what came behind the request is taken for what the client sends then, and its hello is left',
  { skip },
  async (t) => {
    const program = await start(t);
    const got = await page(program, ['-tls1_2'], 'GET /reneg HTTP/1.0\r\n\r\n');
    assert.match(got, /\nNew, TLSv1\.2/);
    assert.match(got, / 1 server renegotiates .*\n +1 server accepts that finished/);
  },
);

test('where no renegotiation can be, the page comes with the next line', { skip }, async (t) => {
  for (const words of [[], ['-tls1_2', '-no_renegotiation']]) {
    const program = await start(t, ...words);
    const got = await page(program, [], 'GET /reneg HTTP/1.0\r\n\r\n', 'more\r\n');
    assert.match(got, /<\/HTML>/);
    assert.match(program.out, /SSL_renegotiate -> 0\n/);
    assert.equal(program.err, '');
  }
});

test('a client that declines gets no page, and the others are served meanwhile', { skip }, async (t) => {
  const program = await start(t);
  const silent = page(program, ['-tls1_3'], 'GET /reneg HTTP/1.0\r\n');
  const declined = await page(program, ['-tls1_2', '-no_renegotiation'], 'GET /reneg HTTP/1.0\r\n');
  assert.equal(declined, '');
  assert.equal(program.err, '');
  await program.stop();
  assert.equal(await silent, '');
});
