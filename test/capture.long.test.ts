import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect } from 'node:tls';
import { complaints, content, field, withoutTshark } from './captures.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, nodePage, run } from './clients.ts';
import { blocksOf } from './documents.ts';
import { Program } from './program.ts';

const skip = withoutTshark || (installed('openssl') === undefined && 'openssl is not installed');

/** Client is `openssl s_client`, whose input is typed after the server's output. */
class Client {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly program: Program;

  constructor(t: TestContext, program: Program, ...words: readonly string[]) {
    this.program = program;
    this.process = spawn('openssl', ['s_client', ...words]);
    this.process.stdout.resume();
    this.process.stderr.resume();
    t.after(() => this.process.kill('SIGKILL'));
  }

  /** says sends a line and waits until the server has printed it. */
  async says(text: string): Promise<void> {
    this.process.stdin.write(`${text}\n`);
    await this.program.prints(new RegExp(`^${text}$`, 'm'));
  }

  /** does types a command of s_client, which it runs before it sends the next line. */
  async does(key: 'K' | 'R'): Promise<void> {
    this.process.stdin.write(`${key}\n`);
    await once(this.process.stderr, 'data');
  }

  async leaves(): Promise<void> {
    this.process.stdin.write('Q\n');
    await once(this.process, 'close');
  }
}

/** capturing starts a server with a capture in its folder. */
async function capturing(t: TestContext, ...words: readonly string[]): Promise<[Program, string]> {
  const capture = join(folder(t), 'capture.pcapng');
  return [await Program.start(t, '-pcapng', capture, ...certificateFiles(t, 'RSA').words, ...words), capture];
}

test('tshark shows what was said in every version of TLS over IPv6, and finds no fault', { skip }, async (t) => {
  const weak = ['-cipher', 'ALL:@SECLEVEL=0'];
  const [program, capture] = await capturing(
    t,
    '-accept',
    '[::1]:0',
    '-naccept',
    '3',
    '-client_renegotiation',
    ...weak,
  );
  const words = ['-connect', `[::1]:${program.port}`, ...weak];
  const first = new Client(t, program, ...words, '-tls1', '-cipher', 'AES128-SHA:@SECLEVEL=0');
  await first.says('over TLS 1.0');
  await first.leaves();
  const second = new Client(t, program, ...words, '-tls1_2');
  await second.says('before the renegotiation');
  await second.does('R');
  await second.says('after the renegotiation');
  await second.leaves();
  const third = new Client(t, program, ...words, '-tls1_3');
  await third.says('before the new key');
  await third.does('K');
  await third.says('after the new key');
  await third.leaves();
  await program.closed;
  assert.equal(
    (await content(capture)).join(''),
    [
      'over TLS 1.0',
      'before the renegotiation',
      'after the renegotiation',
      'before the new key',
      'after the new key',
      '',
    ].join('\n'),
  );
  assert.equal(await complaints(capture), '');
  assert.deepEqual([...new Set(await field(capture, 'tls', 'ipv6.src'))], ['::1']);
});

test('tshark shows early data', { skip }, async (t) => {
  const [program, capture] = await capturing(t, '-www', '-naccept', '2', '-early_data');
  const [session, request] = [join(folder(t), 'session'), join(folder(t), 'request')];
  const client = ['s_client', '-connect', `127.0.0.1:${program.port}`, '-ign_eof'];
  const asked = 'GET / HTTP/1.0\r\n\r\n';
  await run('openssl', [...client, '-sess_out', session], asked);
  writeFileSync(request, asked);
  const { out } = await run('openssl', [...client, '-sess_in', session, '-early_data', request]);
  assert.match(out, /Early data was accepted/);
  await program.closed;
  assert.deepEqual(await field(capture, 'http.request', 'http.request.method'), ['GET', 'GET']);
  assert.equal((await field(capture, 'http.response', 'http.response.code')).length, 2);
  assert.equal(await complaints(capture), '');
});

test('tshark shows what was said over DTLS, and the cookie before it', { skip }, async (t) => {
  const [program, capture] = await capturing(t, '-dtls1_2', '-naccept', '1');
  const client = new Client(t, program, '-dtls1_2', '-connect', `127.0.0.1:${program.port}`);
  await client.says('over DTLS');
  await client.leaves();
  await program.closed;
  const types = (await field(capture, 'dtls.handshake', 'dtls.handshake.type')).join(',').split(',');
  assert.deepEqual(types.slice(0, 4), ['1', '3', '1', '2']);
  assert.deepEqual(await content(capture), ['over DTLS\n']);
  assert.equal(await complaints(capture), '');
});

test('a unix socket is told by ports, and tshark shows what was said', { skip }, async (t) => {
  const [socket, capture] = [join(folder(t), 'socket'), join(folder(t), 'capture.pcapng')];
  const words = ['-pcapng', capture, '-unix', socket, '-naccept', '2', ...certificateFiles(t, 'RSA').words];
  const program = new Program(words);
  t.after(() => program.stop());
  await program.prints(/^ACCEPT /m);
  for (const text of ['over a unix socket', 'over another']) {
    const client = new Client(t, program, '-unix', socket);
    await client.says(text);
    await client.leaves();
  }
  await program.closed;
  assert.deepEqual(await content(capture), ['over a unix socket\n', 'over another\n']);
  assert.deepEqual(await field(capture, 'tcp.flags.syn == 1 && tcp.flags.ack == 0', 'tcp.srcport'), ['49152', '49153']);
  assert.equal(await complaints(capture), '');
});

test('a capture in several files can be put together again', { skip }, async (t) => {
  const [program, capture] = await capturing(t, '-rev', '-naccept', '1', '-pcapng_size', '1');
  const socket = connect({ port: program.port, host: '127.0.0.1', rejectUnauthorized: false });
  let echoed = 0;
  socket.on('data', (bytes) => {
    echoed += bytes.length;
    if (echoed === 60_000 * 10) socket.end();
  });
  for (let line = 0; line < 60; line++) socket.write(`${'x'.repeat(9_999)}\n`);
  await program.closed;
  assert.ok(existsSync(`${capture}.1`));
  assert.ok(readFileSync(capture).length <= 2 ** 20);
  const all = join(folder(t), 'all.pcapng');
  await run('mergecap', ['-w', all, capture, `${capture}.1`]);
  assert.equal((await content(all)).join('').length, 2 * 600_000);
  assert.equal(await complaints(all), '');
});

test('the example of docs/captures.md shows the request and the page', { skip }, async (t) => {
  const [example] = blocksOf('docs/captures.md');
  const [server = '', client = '', shown = ''] = example?.text.split('\n') ?? [];
  const file = /\S+\.pcapng/.exec(server)?.[0] ?? '';
  const capture = join(folder(t), basename(file));
  const words = server.split(' ').map((word) => (word === file ? capture : word));
  const program = await Program.start(t, ...words.slice(3));
  assert.match(client, /^curl .*https:\/\/localhost:4433\/$/);
  await nodePage(program.port);
  await program.closed;
  const [tshark = '', ...asks] = shown.split(' ').map((word) => (word === file ? capture : word));
  const { out } = await run(tshark, asks);
  assert.match(out, /^GET \/ HTTP.*^HTTP\/1\.0 200 ok/ms);
});
