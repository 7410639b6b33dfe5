import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createServer, type PskCallback } from '../src/index.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const skipGnutls = installed('gnutls-cli') === undefined && 'gnutls-cli is not installed';
const key = '00112233445566778899aabbccddeeff';
const otherKey = 'ffeeddccbbaa99887766554433221100';

function client(port: number, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], 'Q\n');
}

function pskFile(t: TestContext, text: string): string {
  const file = join(folder(t), 'psk.txt');
  writeFileSync(file, text);
  return file;
}

/** A sensor, a gateway whose first line is replaced, and an identity with a colon. */
const lines = `# keys\n\nsensor:${key}\ngateway:00\ngateway:${otherKey}\nurn:dev:7:${key}\n`;

const carriers = [
  ['TLS 1.2', ['-tls1_2'], 20],
  ['TLS 1.3', ['-tls1_3'], 47],
] as const;
for (const [name, version, alert] of carriers) {
  test(`over ${name} each identity of -psk_file has its key, and no other gets in`, { skip }, async (t) => {
    const program = await Program.start(t, '-nocert', '-psk_file', pskFile(t, lines), ...version);
    const offers = [...version, ...(name === 'TLS 1.2' ? ['-cipher', 'PSK'] : []), '-psk_identity'];
    for (const [identity, hex] of [
      ['sensor', key],
      ['gateway', otherKey],
      ['urn:dev:7', key],
    ] as const) {
      const { out } = await client(program.port, ...offers, identity, '-psk', hex);
      assert.match(out, /^(?:New|Reused), TLSv1\.[23], Cipher is /m, identity);
      assert.doesNotMatch(out, /Cipher is \(NONE\)/);
    }
    for (const [identity, hex] of [
      ['gateway', '00'],
      ['stranger', key],
      ['Client_identity', key],
    ] as const) {
      const { err } = await client(program.port, ...offers, identity, '-psk', hex);
      assert.match(err, new RegExp(`SSL alert number ${alert}\\b`), identity);
    }
    assert.match(program.err, /^PSK file .*, line 5: replaces line 4, which has the same identity$/m);
    assert.doesNotMatch(program.out + program.err, new RegExp(`${key}|${otherKey}`, 'i'));
  });
}

test('over DTLS an identity that -psk_file has not is never served, others are', { skip }, async (t) => {
  const file = pskFile(t, lines);
  const program = await Program.start(t, '-dtls', '-nocert', '-msg', '-psk_file', file, '-json', 'fd:2');
  stranger(t, program.port);
  // Its ChangeCipherSpec has come, and its Finished with it.
  await program.prints(/^<<< .*content_type=20/m);
  const offers = ['-dtls', '-cipher', 'PSK', '-psk_identity'];
  assert.equal((await client(program.port, ...offers, 'sensor', '-psk', key)).status, 0);
  assert.deepEqual(identitiesIn(program.err), ['sensor']);
});

/** A wrong key is silence on datagrams (RFC 6347 section 4.1.2.7): the client goes on until it is ended. */
function stranger(t: TestContext, port: number): void {
  const words = ['-dtls', '-cipher', 'PSK', '-psk', key, '-psk_identity', 'stranger'];
  const child = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words]);
  t.after(() => child.kill('SIGKILL'));
}

/** identitiesIn returns the identities of handshakes, from their facts. */
function identitiesIn(facts: string): string[] {
  return [...facts.matchAll(/"fact":"established".*?"pskIdentity":"([^"]*)"/g)].map(([, identity = '']) => identity);
}

const priority = 'NORMAL:-KX-ALL:+PSK:+ECDHE-PSK:+DHE-PSK';
for (const udp of [[], ['--udp']]) {
  test(`gnutls-cli ${udp.join('')} is known by its line of -psk_file`, { skip: skipGnutls }, async (t) => {
    const words = [...(udp.length > 0 ? ['-dtls'] : []), '-nocert', '-explain', '-psk_file', pskFile(t, lines)];
    const program = await Program.start(t, ...words);
    const reach = [...udp, '--priority', priority, '--port', `${program.port}`, '127.0.0.1'];
    const known = await run('gnutls-cli', ['--pskusername', 'gateway', '--pskkey', otherKey, ...reach]);
    assert.match(known.out, /Handshake was completed/);
    assert.match(program.err, /^#1 \S+ ok (?:D?TLS)v1\.[23] .* psk gateway /m);
    // On datagrams a wrong key is silence.
    if (udp.length > 0) return;
    const wrong = await run('gnutls-cli', ['--pskusername', 'gateway', '--pskkey', key, ...reach]);
    const unknown = await run('gnutls-cli', ['--pskusername', 'stranger', '--pskkey', key, ...reach]);
    for (const { out, status } of [wrong, unknown]) {
      assert.doesNotMatch(out, /Handshake was completed/);
      assert.equal(status, 1);
    }
  });
}

test('several names of -psk_identity share the key of -psk', { skip }, async (t) => {
  const names = ['-psk_identity', 'one', '-psk_identity', 'two'];
  const program = await Program.start(t, '-nocert', '-psk', key, ...names, '-json', 'fd:2');
  for (const version of ['-tls1_2', '-tls1_3']) {
    for (const name of ['one', 'two', 'three']) {
      const words = [version, '-cipher', 'PSK', '-psk', key, '-psk_identity', name];
      const { status } = await client(program.port, ...words);
      assert.equal(status, name === 'three' ? 1 : 0, `${version} ${name}`);
    }
  }
  assert.deepEqual(identitiesIn(program.err), ['one', 'two', 'one', 'two']);
});

test('-psk adds its pair to those of -psk_file, and replaces a line', { skip }, async (t) => {
  const words = ['-psk_file', pskFile(t, lines), '-psk', otherKey, '-psk_identity', 'sensor'];
  const program = await Program.start(t, '-tls1_2', '-nocert', ...words);
  const offers = ['-cipher', 'PSK', '-psk', otherKey, '-psk_identity'];
  assert.match((await client(program.port, ...offers, 'sensor')).out, /Cipher is .*PSK/);
  assert.match((await client(program.port, ...offers, 'gateway')).out, /Cipher is .*PSK/);
  assert.match((await client(program.port, ...offers, 'Client_identity')).err, /SSL alert number 20/);
  assert.match(program.err, /^PSK file .*: -psk replaces the key of an identity$/m);
});

test('in TLS 1.3 with a certificate an identity that the file has not is served by that', { skip }, async (t) => {
  const words = ['-psk_file', pskFile(t, lines), ...certificateFiles(t, 'P-256').words];
  const program = await Program.start(t, '-tls1_3', '-json', 'fd:2', ...words);
  const { out } = await client(program.port, '-psk', key, '-psk_identity', 'stranger');
  assert.match(out, /^New, TLSv1\.3/m);
  assert.match((await client(program.port, '-psk', key, '-psk_identity', 'sensor')).out, /^Reused, TLSv1\.3/m);
  assert.deepEqual(identitiesIn(program.err), ['sensor']);
});

test('a file that cannot be used ends the program with one line, in which no key is', async (t) => {
  const good = pskFile(t, lines);
  const faults: readonly (readonly [words: readonly string[], said: RegExp])[] = [
    [[pskFile(t, `a:00\n\nsecret ${key}\n`)], /^PSK file \S+, line 3: not an identity and a key [a-z ]+\n$/],
    [['/nowhere/psk.txt'], /^Can't open PSK file \/nowhere\/psk\.txt: No such file or directory\n$/],
    [['/dev/zero'], /^PSK file \/dev\/zero: more than 16777216 bytes\n$/],
    [[good, '-psk', 'abc'], /^-psk: not pairs of hex digits\n$/],
    [[good, '-psk', '00'.repeat(257)], /^-psk: a key of more than 256 bytes\n$/],
  ];
  for (const [words, said] of faults) {
    const program = new Program(['-nocert', '-psk_file', ...words]);
    assert.equal((await program.closed).code, 1);
    assert.match(program.err.replace(/^PSK file .* replaces line .*\n/m, ''), said);
  }
});

test('the library looks up keys on datagrams too, and serves nobody without one', { skip }, async (t) => {
  const wanted = new EventEmitter<{ stranger: [] }>();
  const pskCallback: PskCallback = async (socket, identity) => {
    if (identity === 'stranger') {
      t.after(() => socket.destroy());
      wanted.emit('stranger');
    }
    return identity === 'sensor' ? Buffer.from(key, 'hex') : null;
  };
  const server = createServer({ datagrams: true, ciphers: 'PSK', pskCallback, goodbyeSilence: 20 });
  const identities: unknown[] = [];
  server.on('secureConnection', (socket) => t.after(() => socket.destroy()));
  server.on('fact', (fact) => {
    if (fact.fact === 'established') identities.push(fact.pskIdentity);
  });
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const port = server.address()?.port ?? 0;
  const asked = once(wanted, 'stranger');
  stranger(t, port);
  await asked;
  const { status } = await client(port, '-dtls1_2', '-cipher', 'PSK', '-psk', key, '-psk_identity', 'sensor');
  assert.equal(status, 0);
  assert.deepEqual(identities, ['sensor']);
});
