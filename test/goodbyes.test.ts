import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { createServer } from '../src/index.ts';
import { certificateFiles } from './certificates.ts';
import { installed, opensslPage } from './clients.ts';
import { helloBody } from './hand-made-hello.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** once12 starts a program that serves one connection of TLS 1.2 with session ids. */
async function once12(t: Parameters<typeof certificateFiles>[0], ...words: readonly string[]): Promise<Program> {
  const { words: certificate } = certificateFiles(t, 'RSA');
  return Program.start(t, '-naccept', '1', '-tls1_2', '-no_ticket', ...certificate, ...words);
}

/** typing runs a client that types this after its handshake and exits; or without a text it is killed. */
async function typing(program: Program, typed: string | undefined): Promise<void> {
  const words = ['s_client', '-connect', `127.0.0.1:${program.port}`];
  const client = spawn('openssl', words, { timeout: 120_000, killSignal: 'SIGKILL' });
  client.stdin.on('error', () => {});
  let shown = '';
  for await (const chunk of client.stdout as AsyncIterable<Buffer>) {
    shown += chunk.toString('latin1');
    if (!/Extended master secret: yes\n---\n/.test(shown)) continue;
    if (typed === undefined) client.kill('SIGKILL');
    else client.stdin.write(typed);
    break;
  }
  client.stdout.resume();
  client.stderr.resume();
  await program.closed;
}

for (const mode of ['-www', '-WWW']) {
  test(`${mode} shows what the client says after the answer`, { skip }, async (t) => {
    const program = await once12(t, mode, '-msg');
    await opensslPage(program.port);
    await program.closed;
    const alert = 'TLS 1\\.2, Alert \\[length 0002\\], warning close_notify\\n    01 00\\n';
    assert.match(program.out, new RegExp(`>>> ${alert}<<< TLS 1\\.2, RecordHeader.*\\n.*\\n<<< ${alert}`));
  });
}

test('a client that ends by a fatal alert cannot resume its session', { skip }, async (t) => {
  const program = await once12(t);
  await typing(program, 'R\n');
  assert.match(program.err, /sslv3 alert handshake failure/);
  assert.match(program.out, /^ {3}0 items in the session cache$/m);
});

test('the reverse echo and the status page take a fatal alert for the end', { skip }, async (t) => {
  for (const mode of ['-rev', '-www']) {
    const program = await once12(t, mode);
    await typing(program, 'R\n');
    assert.doesNotMatch(program.err, /error:/);
    assert.match(program.out, /^read R BLOCK\n {3}0 items in the session cache$/m);
    if (mode === '-rev') assert.match(program.err, /^CONNECTION CLOSED$/m);
  }
});

test(
  'a client that leaves the reverse echo without a word is no error, and its session is gone',
  { skip },
  async (t) => {
    const program = await once12(t, '-rev');
    await typing(program, undefined);
    assert.match(program.err, /^CONNECTION CLOSED$/m);
    assert.doesNotMatch(program.err, /error:/);
    assert.match(program.out, /^ {3}0 items in the session cache$/m);
  },
);

test('the key Q ends with close_notify where -close_notify asks for it', { skip }, async (t) => {
  for (const [words, alerts] of [
    [[], 0],
    [['-close_notify'], 1],
  ] as const) {
    const program = await once12(t, '-msg', ...words);
    const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`], { timeout: 120_000 });
    client.stdout.resume();
    client.stderr.resume();
    await program.prints(/^CIPHER is /m);
    program.type('Q\n');
    await program.closed;
    client.kill();
    assert.equal(program.out.match(/^>>> .*warning close_notify$/gm)?.length ?? 0, alerts);
  }
});

test('close_notify inside the handshake is a failure, told as the reference tells it', async (t) => {
  for (const [words, err] of [
    [[], 'ERROR\n'],
    [['-rev'], 'CONNECTION FAILURE\n'],
    [['-www'], ''],
  ] as const) {
    const program = await once12(t, ...words);
    await leavesEarly(program.port);
    await program.closed;
    assert.equal(program.err, err);
    assert.doesNotMatch(program.out, /DONE/);
  }
});

test('the library tells close_notify inside the handshake as a client that has left', async (t) => {
  const { certificate, key } = certificateFiles(t, 'RSA');
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const told = once(server, 'tlsClientError');
  await leavesEarly((server.address() as AddressInfo).port);
  const [error] = await told;
  assert.equal(error.code, 'ECONNRESET');
});

/** A client that says goodbye as soon as it has been answered. */
async function leavesEarly(port: number): Promise<void> {
  const body = helloBody();
  const client = connect(port, '127.0.0.1');
  client.write(Buffer.from([22, 3, 1, 0, body.length + 4, 1, 0, 0, body.length, ...body]));
  await once(client, 'data');
  client.end(Buffer.of(21, 3, 3, 0, 2, 1, 0));
  client.resume();
  await once(client, 'close');
}
