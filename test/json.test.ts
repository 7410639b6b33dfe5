import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect as connectSecurely } from 'node:tls';
import { fileURLToPath } from 'node:url';
import type { Fact } from '../src/facts/fact.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import { alpn } from '../src/messages/extensions/alpn.ts';
import { encodeExtension } from '../src/messages/extensions/extension.ts';
import { serverName } from '../src/messages/extensions/server-name.ts';
import { encodeMessage } from '../src/messages/message.ts';
import { Version } from '../src/names/versions.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, opensslPage, run } from './clients.ts';
import { factsIn, ofKind, onlyOne } from './facts.ts';
import { type Cleanup, Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** A server whose facts are on stdout. */
async function serving(t: Cleanup, ...words: readonly string[]): Promise<{ program: Program; port: number }> {
  const program = new Program(['-json', '-', ...words]);
  t.after(() => program.stop());
  await program.prints(/"fact":"listening".*\n/);
  return { program, port: onlyOne(factsIn(program.out), 'listening').port ?? 0 };
}

/** All facts of a server, once so many connections are closed and it has been asked to end. */
async function factsOf(program: Program, connections: number): Promise<Fact[]> {
  const closed = /"fact":"closed".*\n/g;
  while ((program.out.match(closed)?.length ?? 0) < connections) await once(program.process.stdout, 'data');
  await program.stop();
  return factsIn(program.out);
}

function client(port: number, ...words: readonly string[]) {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], 'Q\n');
}

test('with -json - stdout holds facts alone, from start to end', { skip }, async (t) => {
  const { program, port } = await serving(
    t,
    ...certificateFiles(t, 'P-256').words,
    '-alpn',
    'h2',
    '-pass',
    'pass:geheim',
  );
  await client(port, '-tls1_3', '-alpn', 'x,h2', '-servername', 'a.example', '-groups', 'X25519:P-256');
  const facts = await factsOf(program, 1);
  const kinds = facts.map(({ fact }) => fact);
  assert.deepEqual(kinds.slice(0, 3), ['start', 'listening', 'connected']);
  assert.equal(kinds.at(-1), 'end');
  const { argv } = onlyOne(facts, 'start');
  assert.ok(argv.includes('***') && !argv.includes('pass:geheim'));
  assert.match(program.err, /^ACCEPT 127\.0\.0\.1:\d+$/m);
  assert.match(program.err, /CIPHER is TLS_AES_256_GCM_SHA384/);

  const hello = onlyOne(facts, 'clientHello');
  assert.deepEqual([hello.serverName, hello.alpn, hello.number, hello.records], ['a.example', ['x', 'h2'], 1, 1]);
  assert.match(hello.ja4, /^t13d\d{4}x/);
  const established = onlyOne(facts, 'established');
  assert.deepEqual(
    [established.version.name, established.suite.name, established.group?.name, established.scheme?.name],
    ['TLS 1.3', 'TLS_AES_256_GCM_SHA384', 'x25519', 'ecdsa_secp256r1_sha256'],
  );
  assert.deepEqual([established.resumed, established.alpn, established.sni], ['no', 'h2', 'a.example']);
  assert.equal(established.certificate?.subject, 'CN = localhost');
  const chosen = new Map(ofKind(facts, 'choice').map(({ what, chosen }) => [what, chosen]));
  assert.equal(chosen.get('alpn'), 'h2');
  assert.deepEqual(chosen.get('group'), { code: 29, name: 'x25519' });
  assert.deepEqual([...chosen.keys()].sort(), ['alpn', 'certificate', 'group', 'scheme', 'suite', 'version']);
  assert.deepEqual([ofKind(facts, 'secret').length, ofKind(facts, 'record').length], [0, 0]);
  const { how, by } = onlyOne(facts, 'closed');
  assert.deepEqual([how, by], ['close_notify', 'peer']);
  const { connections, failed, status, because } = onlyOne(facts, 'end');
  assert.deepEqual([connections, failed, status, because], [1, 0, 128 + 15, 'SIGTERM']);
});

test('times never run backwards, and a connection has its number in all its facts', { skip }, async (t) => {
  const { program, port } = await serving(t, ...certificateFiles(t, 'P-256').words, '-www');
  await Promise.all([client(port), client(port)]);
  const facts = await factsOf(program, 2);
  const times = facts.map(({ at }) => at);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
  const numbers = new Set(facts.flatMap((fact) => ('connection' in fact ? [fact.connection] : [])));
  assert.deepEqual([...numbers].sort(), [1, 2]);
});

test(
  'a handshake that fails says what was compared, which rule it is about and what the client was told',
  { skip },
  async (t) => {
    const { program, port } = await serving(
      t,
      ...certificateFiles(t, 'P-256').words,
      '-cipher',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
    );
    await client(port, '-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256');
    const facts = await factsOf(program, 1);
    const { problem, text, rfc, alertSent, alertReceived, where } = onlyOne(facts, 'failed');
    assert.deepEqual(
      [problem, text, rfc, alertSent, alertReceived, where],
      ['noSharedCipher', 'no shared cipher', 'RFC 5246 section 7.4.1.3', 'handshake_failure', null, 'handshake'],
    );
    const suite = ofKind(facts, 'choice').find(({ what }) => what === 'suite');
    assert.equal(suite?.chosen, null);
    assert.ok(JSON.stringify(suite?.from).includes('ECDHE-ECDSA-AES128-GCM-SHA256'));
    assert.ok(JSON.stringify(suite?.ours).includes('ECDHE-ECDSA-AES256-GCM-SHA384'));
    assert.equal(onlyOne(facts, 'closed').how, 'failure');
  },
);

test('an alert of the client is what failed, with its name', { skip }, async (t) => {
  const { program, port } = await serving(t, ...certificateFiles(t, 'P-256').words);
  await client(port, '-verify_return_error', '-no_check_time');
  const facts = await factsOf(program, 1);
  const { problem, alertReceived, alertSent } = onlyOne(facts, 'failed');
  assert.deepEqual([problem, alertReceived, alertSent], ['peerAlert', { code: 48, name: 'unknown_ca' }, null]);
});

test('a client that says nothing is told as one that left before its hello', async (t) => {
  const { program, port } = await serving(t, ...certificateFiles(t, 'P-256').words);
  connect(port, '127.0.0.1').resume().end();
  const facts = await factsOf(program, 1);
  const { where, explain } = onlyOne(facts, 'failed');
  assert.deepEqual([where, explain[0]], ['before the hello', 'the client closed before it had said anything in TLS']);
  assert.equal(onlyOne(facts, 'end').failed, 1);
});

test('resumption is told with its kind, and a retry with its reason', { skip }, async (t) => {
  const session = join(folder(t), 'session.pem');
  const { program, port } = await serving(t, ...certificateFiles(t, 'P-256').words, '-www', '-groups', 'P-384:X25519');
  const retried = ['-groups', 'P-256:X25519:P-384'];
  for (const words of [[], ['-tls1_2']]) {
    await opensslPage(port, ['-sess_out', session, ...retried, ...words]);
    await opensslPage(port, ['-sess_in', session, ...words]);
  }
  const facts = await factsOf(program, 4);
  assert.deepEqual(
    ofKind(facts, 'established').map(({ resumed }) => resumed),
    ['no', 'ticket', 'no', 'ticket'],
  );
  const [group] = ofKind(facts, 'choice').filter(({ what }) => what === 'group');
  assert.equal(group?.why, 'no share for it: HelloRetryRequest');
  const hellos = ofKind(facts, 'clientHello').filter(({ connection }) => connection === 1);
  assert.deepEqual(
    hellos.map(({ number }) => number),
    [1, 2],
  );
});

test("the client's certificate is told, and each step of its verification", { skip }, async (t) => {
  const files = certificateFiles(t, 'P-256');
  const { program, port } = await serving(t, ...files.words, '-verify', '1', '-CAfile', files.certificate);
  const other = certificateFiles(t, 'RSA');
  await client(port, '-cert', files.certificate, '-key', files.key);
  await client(port, '-cert', other.certificate, '-key', other.key);
  const facts = await factsOf(program, 2);
  const [known, unknown] = ofKind(facts, 'established').map(({ client }) => client);
  assert.deepEqual([known?.subject, known?.verified, unknown?.verified], ['CN = localhost', true, false]);
  const faults = ofKind(facts, 'verify').filter(({ error }) => error.code !== 0);
  assert.deepEqual(
    faults.map(({ error: { name }, goesOn }) => [name, goesOn]),
    [['X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT', true]],
  );
});

test('secrets come with -keylogfile only, records, bytes and content on demand', { skip }, async (t) => {
  const log = join(folder(t), 'keys.log');
  const { program, port } = await serving(
    t,
    ...[...certificateFiles(t, 'P-256').words, '-keylogfile', log, '-json_records', '-json_bytes', '-json_data'],
  );
  await run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-tls1_2'], 'hello\n');
  const facts = await factsOf(program, 1);
  const { label, clientRandom, secret } = onlyOne(facts, 'secret');
  assert.match(readFileSync(log, 'latin1'), new RegExp(`${label} ${clientRandom} ${secret}`));
  const [first, ...records] = ofKind(facts, 'record');
  assert.deepEqual([first?.way, first?.type.name, first?.protected], ['in', 'handshake', false]);
  assert.ok(records.some((it) => it.way === 'in' && it.type.name === 'handshake' && it.protected));
  assert.ok(records.filter((it) => it.type.name === 'application_data').every((it) => it.protected));
  assert.ok(ofKind(facts, 'message').every(({ bytes = '', length }) => bytes.length === 2 * (length + 4)));
  assert.equal(onlyOne(facts, 'data').content, Buffer.from('hello\n').toString('hex'));
});

test('an answer over HTTP is told with its path', { skip: installed('curl') === undefined && 'no curl' }, async (t) => {
  const { program, port } = await serving(t, ...certificateFiles(t, 'P-256').words, '-WWW');
  await run('curl', ['--insecure', '--silent', `https://127.0.0.1:${port}/no%0d%22such"`]);
  const { method, path, status } = onlyOne(await factsOf(program, 1), 'http');
  assert.deepEqual([method, path, status], ['GET', '/no%0d%22such"', 200]);
});

test('on datagrams a client is there once it has come with its cookie', { skip }, async (t) => {
  const { program, port } = await serving(t, '-dtls', ...certificateFiles(t, 'P-256').words, '-json_records');
  await client(port, '-dtls');
  const facts = await factsOf(program, 1);
  const { transport, remote } = onlyOne(facts, 'connected');
  assert.deepEqual([transport, remote?.address], ['udp', '127.0.0.1']);
  const { ja4, number } = onlyOne(facts, 'clientHello');
  assert.match(ja4, /^dd2i/);
  assert.equal(number, 1);
  assert.equal(onlyOne(facts, 'established').version.name, 'DTLS 1.2');
  assert.ok(ofKind(facts, 'record').every(({ epoch, sequence }) => epoch !== undefined && sequence !== undefined));
});

const hostile = Buffer.from('"\\\n\u001b[31m\u0000%s\r<b>\u202e', 'utf8');

test('hostile names come out as JSON', async (t) => {
  const { program, port } = await serving(t, ...certificateFiles(t, 'P-256').words);
  const extensions = [
    encodeExtension(serverName, 'clientHello', [
      { nameType: 0, name: Buffer.concat([hostile, Buffer.alloc(60_000, 'x')]) },
    ]),
    encodeExtension(alpn, 'clientHello', [hostile, Buffer.from('quote"')]),
  ];
  const random = new Uint8Array(32);
  const offer = { random, sessionId: new Uint8Array(0), cipherSuites: [0xc02b], compressionMethods: [0], extensions };
  const message = encodeMessage(ClientHello, { legacyVersion: 0x0303, ...offer }, { version: Version['TLSv1.2'] });
  const socket = connect(port, '127.0.0.1');
  for (let at = 0; at < message.length; at += 16_384) {
    const part = message.subarray(at, at + 16_384);
    socket.write(Buffer.concat([Uint8Array.of(22, 3, 1, part.length >> 8, part.length & 0xff), part]));
  }
  socket.on('data', () => {}).end();
  const facts = await factsOf(program, 1);
  const hello = onlyOne(facts, 'clientHello');
  assert.ok(typeof hello.serverName === 'object' && hello.serverName?.hex.startsWith(hostile.toString('hex')));
  assert.deepEqual(hello.alpn, [{ hex: hostile.toString('hex') }, 'quote"']);
  assert.equal(hello.records, 4);
  assert.ok(hello.reads.reduce((sum, it) => sum + it, 0) >= message.length);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is the point
  assert.doesNotMatch(program.out.replaceAll('\n', ''), /[\u0000-\u001f\u007f-\uffff]/);
});

test('what cannot go together is refused', async () => {
  const outcome = async (...words: readonly string[]) => {
    const program = new Program(words);
    const { code } = await program.closed;
    return [program.err.trim(), code];
  };
  for (const name of ['json_bytes', 'json_records', 'json_data']) {
    assert.deepEqual(await outcome(`-${name}`), [`Can't use -${name} without -json`, 1]);
  }
  const [text, code] = await outcome('-json', '/no/such/folder/file');
  assert.deepEqual([text, code], ['Error writing file /no/such/folder/file', 1]);
});

test('a start that is broken off ends with its status and its reason', async (t) => {
  const program = new Program(['-json', '-', '-cert', join(folder(t), 'none.pem')]);
  const { code } = await program.closed;
  const { status, because } = onlyOne(factsIn(program.out), 'end');
  assert.deepEqual([code, status], [1, 1]);
  assert.match(because, /Could not open file or uri for loading server certificate/);
});

const file = fileURLToPath(new URL('../bin/s_server.js', import.meta.url));

test(
  'facts go to an open descriptor, and a reader that has gone is told once and ends nothing',
  { skip },
  async (t) => {
    const words = ['-accept', '127.0.0.1:0', '-json', 'fd:3', ...certificateFiles(t, 'P-256').words];
    const child = spawn(process.execPath, [file, ...words], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
    t.after(async () => {
      child.kill();
      await closed;
    });
    const closed = once(child, 'close');
    const facts = child.stdio[3];
    assert.ok(facts && 'destroy' in facts && child.stderr && child.stdout);
    let text = '';
    facts.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
    while (!/"listening".*\n/.test(text)) await once(facts, 'data');
    const { port = 0 } = onlyOne(factsIn(text), 'listening');
    facts.destroy();
    let err = '';
    child.stderr.on('data', (bytes: Buffer) => {
      err += bytes.toString();
    });
    child.stdout.resume();
    for (let i = 0; i < 3; i++) {
      const { out } = await client(port);
      assert.match(out, /Cipher is TLS_AES_256_GCM_SHA384/);
    }
    assert.deepEqual(err.match(/-json: EPIPE, no more facts are written/g)?.length, 1);
  },
);

const withoutFull = !existsSync('/dev/full') && 'there is no /dev/full';

test(
  'on a full disk the server goes on serving, and says once that facts are lost',
  { skip: withoutFull },
  async (t) => {
    const program = await Program.start(t, ...certificateFiles(t, 'P-256').words, '-www', '-json', '/dev/full');
    for (let i = 0; i < 3; i++) {
      const socket = connectSecurely({ port: program.port, host: '127.0.0.1', rejectUnauthorized: false });
      await once(socket, 'secureConnect');
      socket.end('GET / HTTP/1.0\r\n\r\n').resume();
      await once(socket, 'close');
    }
    await program.stop();
    assert.deepEqual(program.err.match(/-json: .*\n/g), ['-json: ENOSPC, no more facts are written\n']);
  },
);
