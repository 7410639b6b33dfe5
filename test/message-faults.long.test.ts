import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createServer, type DatagramServerOptions, type DtlsSocket } from '../src/index.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { faults, MessageFault } from './message-faults.ts';
import { type Delivers, faultyLink } from './udp.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const key = '00112233445566778899aabbccddeeff';
const withCertificate = ['-cipher', 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0'];
const withKey = ['-cipher', 'PSK-AES128-CBC-SHA:@SECLEVEL=0', '-psk', key];

/** Many conversations wait for a timer at the same time. */
const atOnce = 16;

for (const [version, flag] of [
  ['DTLSv1', '-dtls1'],
  ['DTLSv1.2', '-dtls1_2'],
] as const) {
  for (const kind of ['certificate', 'client certificate', 'key', 'resumption'] as const) {
    test(`${version} with ${kind}: each message lost, late or doubled, and openssl is served`, { skip }, async (t) => {
      const server = await listening(t, { requestCert: kind === 'client certificate', rejectUnauthorized: false });
      const words = [flag, ...(await wordsOf(t, kind, [flag], server.port))];
      const whole = new MessageFault();
      const port = await faultyLink(t, server.port, (...it) => whole.deliveries(...it));
      await stays(server, port, words, 'the whole');
      const trials = faults.flatMap((fault) => whole.messages.map((message, at) => ({ fault, message, at })));
      const failures: string[] = [];
      await inParallel(trials, async ({ fault, message, at }) => {
        const bad = new MessageFault(at, fault);
        const port = await faultyLink(t, server.port, (...it) => bad.deliveries(...it));
        const text = `${fault} ${at}`;
        const { out } = await stays(server, port, words, text);
        const isHeard = server.texts.has(text);
        if (!isHeard || !isServed(out, version, kind === 'resumption')) failures.push(`${fault}: ${message}`);
      });
      t.diagnostic(`${version}, ${kind}: ${trials.length - failures.length} of ${trials.length}`);
      assert.deepEqual(failures, []);
    });
  }
}

test('at 20 % loss and 10 % reordering each way 50 of 50 clients are served', { skip }, async (t) => {
  const server = await listening(t);
  const failures: string[] = [];
  const trials = Array.from({ length: 50 }, (_, at) => at);
  await inParallel(trials, async (at) => {
    const random = numbersFrom(at);
    const delivers: Delivers = (datagram) => {
      if (random() < 0.2) return [];
      return [{ datagram, delay: random() < 0.1 ? 100 : 0 }];
    };
    const port = await faultyLink(t, server.port, delivers);
    const { out, err } = await talks(port, ['-dtls1_2', ...withCertificate], `trial ${at}`);
    if (!isServed(out, 'DTLSv1.2', false)) failures.push(`${at}: ${err}`);
  });
  t.diagnostic(`${trials.length - failures.length} of ${trials.length}`);
  assert.deepEqual(failures, []);
});

/** Listening is a server, and the lines that its clients have said: `text` is emitted with each. */
interface Listening extends EventEmitter {
  readonly port: number;
  readonly texts: ReadonlySet<string>;
}

async function listening(t: TestContext, more: Omit<DatagramServerOptions, 'datagrams'> = {}): Promise<Listening> {
  const files = certificateFiles(t, 'RSA');
  const server = createServer({
    datagrams: true,
    minVersion: 'DTLSv1',
    ciphers: 'ALL:@SECLEVEL=0',
    cert: readFileSync(files.certificate),
    key: readFileSync(files.key),
    pskCallback: () => Buffer.from(key, 'hex'),
    handshakeTimeout: 60_000,
    goodbyeSilence: 20,
    ...more,
  });
  const texts = new Set<string>();
  const sockets = new Set<DtlsSocket>();
  const told = new EventEmitter({ captureRejections: true }).setMaxListeners(2 * atOnce);
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (message: Buffer) => {
      texts.add(String(message).trim());
      told.emit('text');
    });
  });
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(told, { port: server.address()?.port ?? 0, texts });
}

async function wordsOf(t: TestContext, kind: string, version: readonly string[], port: number) {
  if (kind === 'key') return withKey;
  if (kind === 'client certificate') return [...withCertificate, ...certificateFiles(t, 'RSA').words];
  if (kind === 'certificate') return withCertificate;
  const session = join(folder(t), 'session.pem');
  await talks(port, [...version, ...withCertificate, '-sess_out', session], 'the first');
  return [...withCertificate, '-sess_in', session];
}

function isServed(out: string, version: string, resumed: boolean): boolean {
  return new RegExp(`^${resumed ? 'Reused' : 'New'}, [^]*Protocol  : ${version}\\n`, 'm').test(out);
}

/** talks has a client say `text` and leave. */
function talks(port: number, words: readonly string[], text: string): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], `${text}\nQ\n`);
}

/**
 * stays has a client say `text`, and leave once the server has heard it, or after a minute: a client that leaves at once
 * cannot repeat its last flight.
 */
async function stays(server: Listening, port: number, words: readonly string[], text: string): Promise<Outcome> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(60_000)]);
  const said = async function* () {
    yield `${text}\n`;
    while (!server.texts.has(text) && !signal.aborted) await once(server, 'text', { signal }).catch(() => {});
    yield 'Q\n';
  };
  const outcome = await run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], said());
  over.abort();
  return outcome;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** numbersFrom returns a source of numbers from 0 to 1, the same ones for the same seed. */
function numbersFrom(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x100000000;
  };
}
