import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { Socket } from 'node:dgram';
import { on } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { cipherOf } from '../src/crypto/ciphers.ts';
import { type CipherSuite, cipherSuites } from '../src/names/cipher-suites.ts';
import { certificateFiles, folder } from './certificates.ts';
import { DatagramWire } from './client-wires.ts';
import { installed, type Outcome, run } from './clients.ts';
import { Program } from './program.ts';
import { PskClient } from './psk-client.ts';
import { lossyLink, udpSocket } from './udp.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const key = '00112233445566778899aabbccddeeff';
const psk = ['-nocert', '-psk', key, '-cipher', 'PSK'];

function client(port: number, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-dtls', ...words], 'hello from the client\nQ\n');
}

for (const [version, words] of [
  ['DTLSv1.2', ['-dtls']],
  ['DTLSv1.2', ['-dtls', '-no_ticket']],
  ['DTLSv1.2', ['-dtls1_2', '-mtu', '300']],
  ['DTLSv1', ['-dtls1', '-cipher', 'ALL:@SECLEVEL=0']],
] as const) {
  test(`openssl talks ${version} with ${words.join(' ')}, and resumes`, { skip }, async (t) => {
    const session = join(folder(t), 'session.pem');
    const program = await Program.start(t, ...words, ...certificateFiles(t, 'RSA').words);
    const level = ['-cipher', 'DEFAULT:@SECLEVEL=0'];
    const first = await client(program.port, ...level, '-sess_out', session);
    assert.match(first.out, new RegExp(`^New, .*Protocol  : ${version}\\n`, 'ms'));
    const second = await client(program.port, ...level, '-sess_in', session);
    assert.match(second.out, new RegExp(`^Reused, .*Protocol  : ${version}\\n`, 'ms'));
    await program.prints(/^hello from the client\n.*CONNECTION CLOSED\n.*^hello from the client\n/ms);
  });
}

test('gnutls-cli talks over UDP', { skip: installed('gnutls-cli') === undefined }, async (t) => {
  const program = await Program.start(t, '-dtls', ...certificateFiles(t, 'P-256').words);
  const { out } = await run('gnutls-cli', ['--udp', '--insecure', '--port', `${program.port}`, '127.0.0.1'], 'hello\n');
  assert.match(out, /Handshake was completed/);
  await program.prints(/^hello\n/m);
});

/** One suite for each way to protect records. */
const protections = new Map<string, CipherSuite>();
for (const suite of cipherSuites) {
  const { keyExchange, minDtls, encryption, mac, built } = suite;
  const isSimple =
    keyExchange === 'RSA' || keyExchange === 'PSK' || (keyExchange === 'ECDHE' && suite.authentication === 'RSA');
  if (built && minDtls !== undefined && isSimple && cipherOf(encryption) !== undefined)
    protections.set(`${encryption} ${mac}`, suite);
}

test('every protection that DTLS allows carries data both ways', { skip }, async (t) => {
  const words = [...certificateFiles(t, 'RSA').words, '-psk', key, '-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'];
  const program = await Program.start(t, '-dtls', '-ign_eof', ...words);
  assert.ok(protections.size > 15);
  const names = [...protections.values()].map(({ name }) => name);
  const attempts = names.map(async (name) => {
    const { out, err } = await client(program.port, '-cipher', `${name}:@SECLEVEL=0`, '-psk', key);
    assert.match(out, new RegExp(`Cipher is ${name}\\n`), err);
  });
  await Promise.all(attempts);
  await until(() => program.out.match(/^hello from the client$/gm)?.length === protections.size);
});

test('any number of clients are served at once', async (t) => {
  const program = await Program.start(t, '-dtls', ...psk);
  const peers = await Promise.all(Array.from({ length: 20 }, () => peer(t, program.port)));
  await Promise.all(peers.map(({ client }) => until(() => client.done)));
  for (const [at, { client }] of peers.entries()) client.write(`this is ${at}.`);
  await program.prints(/this is \d+\./);
});

test('a client that begins anew from its port takes its own place', async (t) => {
  const program = await Program.start(t, '-dtls', ...psk);
  const { socket, client } = await peer(t, program.port);
  await until(() => client.done);
  const again = speaker(socket, program.port);
  await until(() => again.done);
  again.write('second life');
  await program.prints(/CONNECTION CLOSED\n.*second life/s);
});

test('renegotiates from either side, and tells who may not', { skip }, async (t) => {
  const program = await Program.start(t, '-dtls', '-client_renegotiation', ...certificateFiles(t, 'RSA').words);
  const client = spawn('openssl', ['s_client', '-dtls', '-connect', `127.0.0.1:${program.port}`]);
  t.after(() => client.kill());
  client.stdout.resume();
  await program.prints(/^CIPHER is /m);
  program.type('r\n');
  await program.prints(/SSL_do_handshake -> 1\n.*^Read BLOCK$/ms);
  client.stdin.write('R\n');
  for await (const [told] of on(client.stderr, 'data')) if (String(told).includes('RENEGOTIATING')) break;
  client.stdin.end('after\n');
  await program.prints(/^after\n.*CONNECTION CLOSED/ms);
});

test('what is lost is sent again, and told', { skip }, async (t) => {
  const program = await Program.start(t, '-dtls', ...certificateFiles(t, 'RSA').words);
  const port = await lossyLink(t, program.port, (number, _, way) => (way === 'toClient' ? number === 3 : number === 3));
  const { out } = await client(port);
  assert.match(out, /Protocol {2}: DTLSv1\.2\n/);
  await program.prints(/^hello from the client\n.*CONNECTION CLOSED/ms);
  assert.match(program.err, /^TIMEOUT occurred$/m);
});

test('with -mtu no datagram of a handshake is longer than it allows', async (t) => {
  const program = await Program.start(t, '-dtls', '-mtu', '256', ...psk);
  const { client, socket } = await peer(t, program.port);
  const lengths: number[] = [];
  socket.on('message', ({ length }) => lengths.push(length));
  await until(() => client.done);
  assert.ok(Math.max(...lengths) <= 256 - 28);
});

test('with -listen many clients are served too', async (t) => {
  const program = await Program.start(t, '-dtls', '-listen', '-mtu', '256', ...psk);
  const [first, second] = [await peer(t, program.port), await peer(t, program.port)];
  await until(() => first.client.done && second.client.done);
  first.client.write('one of two.');
  await program.prints(/one of two\./);
});

test('a hello in fragments of 50 bytes is answered', async (t) => {
  const program = await Program.start(t, '-dtls', ...psk);
  const { client } = await peer(t, program.port, 13 + 12 + 50);
  await until(() => client.done);
});

test('a session whose client has refused a renegotiation is not in the cache any more', { skip }, async (t) => {
  const program = await Program.start(t, '-dtls', '-no_ticket', '-naccept', '1', ...certificateFiles(t, 'RSA').words);
  const refusing = spawn('openssl', [
    's_client',
    '-dtls',
    '-no_renegotiation',
    '-connect',
    `127.0.0.1:${program.port}`,
  ]);
  t.after(() => refusing.kill());
  refusing.stdout.resume();
  refusing.stderr.resume();
  await program.prints(/^CIPHER is /m);
  program.type('R\n');
  await program.closed;
  assert.match(program.err, /:no renegotiation:/);
  assert.match(program.out, /^ *0 items in the session cache$/m);
});

test('asks for certificates as over streams', { skip }, async (t) => {
  const files = certificateFiles(t, 'RSA');
  const program = await Program.start(t, '-dtls', '-verify', '1', ...files.words);
  const { out } = await client(program.port, '-cert', files.certificate, '-key', files.key);
  assert.match(out, /Protocol {2}: DTLSv1\.2\n/);
  await program.prints(/^Client certificate\n-----BEGIN CERTIFICATE-----/m);
});

test('-naccept counts conversations, not greetings', async (t) => {
  const program = await Program.start(t, '-dtls', '-naccept', '1', ...psk);
  const stranger = await udpSocket(t);
  stranger.send(Buffer.from('no hello'), program.port, '127.0.0.1');
  const { client } = await peer(t, program.port);
  await until(() => client.done);
  program.type('q\n');
  await program.closed;
  assert.match(program.out, /^ *1 server accepts that finished$/m);
});

const states = [
  'SSLv3/TLS write server hello',
  'SSLv3/TLS write certificate',
  'SSLv3/TLS write key exchange',
  'SSLv3/TLS write server done',
  'SSLv3/TLS write server done',
  'SSLv3/TLS read client key exchange',
  'SSLv3/TLS read change cipher spec',
  'SSLv3/TLS read finished',
  'SSLv3/TLS write session ticket',
  'SSLv3/TLS write change cipher spec',
  'SSLv3/TLS write finished',
];
const hello = ['before SSL initialization', 'before SSL initialization', 'SSLv3/TLS read client hello'];
const verify = ['DTLS1 write hello verify request', 'DTLS1 write hello verify request', 'SSLv3/TLS read client hello'];

for (const [words, greeting] of [
  [[], [...hello, ...verify]],
  [['-listen'], hello],
] as const) {
  test(`-state and -trace show a conversation from its greeting on ${words.join('')}`, { skip }, async (t) => {
    const files = certificateFiles(t, 'P-256');
    const program = await Program.start(t, '-dtls', '-state', '-trace', ...words, ...files.words);
    await client(program.port);
    await program.prints(/CONNECTION CLOSED/);
    const told = program.err.match(/(?<=^SSL_accept:).*/gm) ?? [];
    assert.deepEqual(told, [...greeting, ...states]);
    const showsRequest = /^ {4}HelloVerifyRequest, Length=23$/m.test(program.out);
    assert.equal(showsRequest, words.length === 0);
    assert.match(program.out, /^ {6}KeyExchangeAlgorithm=ECDHE$/m);
  });
}

test('an MTU that is too small ends the program', async (t) => {
  const program = new Program(['-dtls', '-mtu', '255', ...psk]);
  t.after(() => program.stop());
  await program.closed;
  assert.match(program.out, /^ACCEPT .*\nshutting down SSL\nCONNECTION CLOSED\n/m);
  assert.equal(program.err, 'MTU too small. Must be at least 256\n');
  assert.equal(program.process.exitCode, 0);
});

interface Peer {
  readonly socket: Socket;
  readonly client: PskClient;
}

async function peer(test: TestContext, port: number, room?: number): Promise<Peer> {
  const socket = await udpSocket(test);
  return { socket, client: speaker(socket, port, room) };
}

/** speaker replaces the client on a socket. */
function speaker(socket: Socket, port: number, room = 1400): PskClient {
  const send = (datagram: Uint8Array) => socket.send(datagram, port, '127.0.0.1');
  const client = new PskClient(Buffer.from(key, 'hex'), new DatagramWire({ room, now: Date.now, send }));
  client.hello();
  socket.removeAllListeners('message');
  socket.on('message', (datagram) => client.receive(datagram));
  return client;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(10);
}
