import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { octetString } from '../src/bytes/der.ts';
import { createServer } from '../src/index.ts';
import { response } from '../src/x509/ocsp/response.test.fixture.ts';
import { folder } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { factsIn, ofKind } from './facts.ts';
import { type Cleanup, Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** Issued is an authority, a certificate that it has issued, and its OCSP response. */
interface Issued {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
  readonly response: string;
  readonly words: readonly string[];
}

async function issue(test: Cleanup): Promise<Issued> {
  const path = folder(test);
  const at = (name: string) => join(path, name);
  const openssl = async (...words: string[]) => {
    const { err, status } = await run('openssl', words);
    assert.equal(status, 0, err);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout'];
  await openssl(
    'req',
    '-x509',
    ...key,
    at('ca.key'),
    '-subj',
    '/O=Test/CN=Root',
    '-days',
    '36500',
    '-out',
    at('ca.pem'),
  );
  await openssl('req', ...key, at('leaf.key'), '-subj', '/CN=localhost', '-out', at('leaf.csr'));
  const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-set_serial', '0x123456', '-days', '36500'];
  await openssl('x509', '-req', '-in', at('leaf.csr'), ...signing, '-out', at('leaf.pem'));
  writeFileSync(at('index'), 'R\t21200101000000Z\t210601000000Z,superseded\t123456\tunknown\t/CN=localhost\n');
  const about = ['-issuer', at('ca.pem'), '-cert', at('leaf.pem'), '-reqout', at('request')];
  await openssl('ocsp', ...about);
  const responder = ['-index', at('index'), '-CA', at('ca.pem'), '-rsigner', at('ca.pem'), '-rkey', at('ca.key')];
  await openssl('ocsp', ...responder, '-reqin', at('request'), '-respout', at('response'), '-ndays', '30000');
  const files = { authority: at('ca.pem'), certificate: at('leaf.pem'), key: at('leaf.key'), response: at('response') };
  return { ...files, words: ['-cert', files.certificate, '-key', files.key, '-CAfile', files.authority] };
}

/** responder answers a request with `answer`. Resolves to its URL. */
async function responder(test: Cleanup, answer: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createNetServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function reply(content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('HTTP/1.0 200 OK\r\nContent-Type: application/ocsp-response\r\n\r\n'), content]);
}

function client(port: number, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], 'Q\n');
}

test('the responder is asked through -proxy, unless -no_proxy names its host', { skip }, async (t) => {
  const { words, response } = await issue(t);
  const asked: string[] = [];
  const answer = (name: string) => (socket: Socket) => {
    asked.push(name);
    socket.end(reply(readFileSync(response)));
  };
  const [url, proxy] = [await responder(t, answer('responder')), await responder(t, answer('proxy'))];
  for (const direct of [[], ['-no_proxy', '127.0.0.1']]) {
    const program = await Program.start(t, ...words, '-status_url', url, '-proxy', proxy, ...direct);
    const { out } = await client(program.port, '-status');
    assert.match(out, /Cert Status: revoked/);
  }
  assert.deepEqual(asked, ['proxy', 'responder']);
});

for (const version of ['tls1', 'tls1_2', 'tls1_3']) {
  test(`what a responder says goes out with the certificate in ${version}`, { skip }, async (t) => {
    const { words, response } = await issue(t);
    const url = await responder(t, (socket) => socket.end(reply(readFileSync(response))));
    const levels = ['-cipher', 'DEFAULT:@SECLEVEL=0'];
    const program = await Program.start(t, ...words, '-status_url', url, ...levels);
    const { out } = await client(program.port, '-status', `-${version}`, ...levels);
    assert.match(out, /Cert Status: revoked/);
    assert.match((await client(program.port, `-${version}`, ...levels)).out, /OCSP response: no response|^(?!.*OCSP)/s);
  });
}

test('the issuer that a responder is asked about may stand in -cert_chain alone', { skip }, async (t) => {
  const { certificate, key, authority, response } = await issue(t);
  const url = await responder(t, (socket) => socket.end(reply(readFileSync(response))));
  const words = ['-cert', certificate, '-key', key, '-status_verbose', '-status_url', url];
  const without = await Program.start(t, ...words);
  await client(without.port, '-status');
  assert.match(without.err, /Can't retrieve issuer certificate/);
  const program = await Program.start(t, ...words, '-cert_chain', authority);
  assert.match((await client(program.port, '-status')).out, /Cert Status: revoked/);
});

test('what a responder was asked, and why there is no response, are facts', { skip }, async (t) => {
  const { words, response } = await issue(t);
  const replies = [reply(readFileSync(response)), Buffer.from('HTTP/1.0 500 no\r\n\r\n')];
  const url = await responder(t, (socket) => socket.end(replies.shift() ?? ''));
  const file = join(folder(t), 'facts');
  const program = await Program.start(t, ...words, '-status_url', url, '-json', file);
  for (let i = 0; i < 2; i++) await client(program.port, '-status');
  await program.stop();
  const fetched = ofKind(factsIn(readFileSync(file, 'utf8')), 'fetch');
  assert.deepEqual(
    fetched.map((fact) => [fact.connection, fact.what, fact.url]),
    [
      [1, 'ocsp', url],
      [2, 'ocsp', url],
    ],
  );
  assert.equal(fetched[0]?.result, 'found');
  assert.notEqual(fetched[1]?.result, 'found');
});

test('-status_verbose prints the response as openssl does', { skip }, async (t) => {
  const { words, response } = await issue(t);
  const program = await Program.start(t, ...words, '-status_verbose', '-status_file', response);
  await client(program.port, '-status');
  const { out } = await run('openssl', ['ocsp', '-respin', response, '-resp_text', '-noverify']);
  assert.equal(program.err, `cert_status: callback called\ncert_status: ocsp response sent:\n${out}`);
});

test('a responder that is silent holds up its own connection alone, until the time-out', { skip }, async (t) => {
  const { words } = await issue(t);
  let hear = (_: Socket): void => undefined;
  const asked = new Promise<Socket>((resolve) => {
    hear = resolve;
  });
  const url = await responder(t, (socket) => hear(socket));
  const program = await Program.start(
    t,
    ...words,
    '-status_verbose',
    '-status_url',
    url,
    '-status_timeout',
    '2',
    '-www',
  );
  const slow = client(program.port, '-status');
  const socket = await asked;
  const { out } = await client(program.port);
  assert.match(out, /Verification|Verify return code/);
  assert.equal(socket.closed, false);
  assert.match((await slow).out, /no response sent/);
  assert.match(program.err, /transfer timeout/);
});

const hostile: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['hangs up', (socket) => socket.resetAndDestroy()],
  ['talks nonsense', (socket) => socket.end(Buffer.alloc(100_000, 0xff))],
  ['never ends its head', (socket) => socket.end(`HTTP/1.0 200 OK\r\n${'X: y\r\n'.repeat(50_000)}`)],
  ['promises too much', (socket) => socket.write(reply(Buffer.from('308404000000', 'hex')))],
  ['sends another structure', (socket) => socket.end(reply(Buffer.from('3003020105', 'hex')))],
  ['sends a page', (socket) => socket.end('HTTP/1.0 500 No\r\nContent-Type: text/html\r\n\r\n<p>no</p>')],
];
for (const [what, answer] of hostile) {
  test(`a responder that ${what} costs the response and nothing else`, { skip }, async (t) => {
    const { words } = await issue(t);
    const program = await Program.start(t, ...words, '-status_url', await responder(t, answer));
    const { out } = await client(program.port, '-status');
    assert.match(out, /no response sent/);
    assert.match(out, /Verify return code/);
    assert.match(program.err, /cert_status: error querying responder/);
  });
}

test(
  '-status_all puts a file with the certificate that it is about, and tells of those without',
  { skip },
  async (t) => {
    const { words, response, authority } = await issue(t);
    const all = ['-status_verbose', '-status_all', '-status_file', response, '-cert_chain', authority];
    const program = await Program.start(t, ...words, ...all);
    assert.match((await client(program.port, '-status', '-tls1_3')).out, /Cert Status: revoked/);
    assert.match(program.err, /number of responses: 2\nOCSP Response Data:/);
    assert.match(program.err, /no ocsp response for certificate with index 1\n$/);
  },
);

test('-status_all sends nothing about an issuer up to TLS 1.2, which has no room for it', { skip }, async (t) => {
  const { words, authority, response } = await issue(t);
  const at = (name: string) => join(dirname(authority), name);
  await run('openssl', ['ocsp', '-issuer', authority, '-cert', authority, '-reqout', at('request2')]);
  const responder = ['-index', at('index'), '-CA', authority, '-rsigner', authority, '-rkey', at('ca.key')];
  await run('openssl', [
    'ocsp',
    ...responder,
    '-reqin',
    at('request2'),
    '-respout',
    at('response2'),
    '-ndays',
    '30000',
  ]);
  const all = ['-status_verbose', '-status_all', '-cert_chain', authority, '-status_file', at('response2')];
  const alone = await Program.start(t, ...words, ...all);
  assert.match((await client(alone.port, '-status', '-tls1_2')).out, /no response sent/);
  assert.match(alone.err, /number of responses: 1\ncert_status: no ocsp response for certificate with index 0\n$/);
  const both = await Program.start(t, ...words, ...all, '-status_file', response);
  assert.match((await client(both.port, '-status', '-tls1_2')).out, /Cert Status: revoked/);
});

test('a response that is too long for its message costs the response and nothing else', { skip }, async (t) => {
  const { words } = await issue(t);
  const file = join(folder(t), 'long');
  writeFileSync(file, response(octetString(Buffer.alloc(70_000))));
  const program = await Program.start(t, ...words, '-status_file', file, '-www');
  const { out } = await client(program.port, '-status', '-tls1_3');
  assert.match(out, /no response sent/);
  assert.match(out, /Verify return code/);
  await client(program.port, '-tls1_3');
  assert.doesNotMatch(program.err, /RangeError/);
});

test('the server event OCSPRequest has certificate and issuer, and its answer goes out', { skip }, async (t) => {
  const { certificate, authority, key, response } = await issue(t);
  const cert = Buffer.concat([readFileSync(certificate), readFileSync(authority)]);
  const server = createServer({ cert, key: readFileSync(key) }, (socket) => socket.end());
  const told: (Buffer | null)[] = [];
  server.on('OCSPRequest', (own, issuer, found) => {
    told.push(own, issuer);
    setImmediate(() => found(null, readFileSync(response)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => void server.close());
  const { port } = server.address() as AddressInfo;
  assert.match((await client(port, '-status')).out, /Cert Status: revoked/);
  assert.deepEqual(
    told.map((it) => it?.[0]),
    [0x30, 0x30],
  );
  await client(port);
  assert.equal(told.length, 2);
});

test('an error for OCSPRequest ends the handshake', { skip }, async (t) => {
  const { certificate, key } = await issue(t);
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) });
  server.on('OCSPRequest', (_own, issuer, found) => {
    assert.equal(issuer, null);
    found(new Error('out of office'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => void server.close());
  const failed = once(server, 'tlsClientError');
  const { err } = await client((server.address() as AddressInfo).port, '-status');
  assert.match(err, /SSL alert number 80/);
  const [error] = await failed;
  assert.match(String(error), /out of office/);
});

test('a responder is left alone as soon as the client has gone', { skip }, async (t) => {
  const { words } = await issue(t);
  let asked = () => {};
  let left = () => {};
  const asking = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const leaving = new Promise<void>((resolve) => {
    left = resolve;
  });
  const url = await responder(t, (socket) => {
    socket.on('close', () => left());
    asked();
  });
  const program = await Program.start(t, '-status_verbose', '-status_url', url, ...words);
  const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`, '-status'], {
    stdio: 'ignore',
  });
  await asking;
  client.kill('SIGKILL');
  await leaving;
  await program.prints(/CONNECTION CLOSED/);
  assert.doesNotMatch(program.err, /error querying responder/);
});
