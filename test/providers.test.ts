import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { certificateFiles, folder } from './certificates.ts';
import { installed, opensslPage } from './clients.ts';
import {
  compiled,
  constantEngine,
  constantProvider,
  constantRandomEngine,
  failingProvider,
  withoutCompiler,
} from './loadable-algorithms.ts';
import { type Cleanup, Program, type Surroundings } from './program.ts';

/** fingerprintOf matches the fingerprint of the generated certificate when SHA-256 is a constant. */
const fingerprintOf = (character: string) =>
  new RegExp(Array.from({ length: 32 }, () => character.charCodeAt(0).toString(16)).join(':'), 'i');

test(
  'a provider from a folder gives what a property query prefers, and takes parameters',
  { skip: withoutCompiler },
  async (t) => {
    const path = compiled(t, 'constant', constantProvider);
    const chosen = ['-provider-path', path, '-provider=constant', '-provider=default'];
    for (const [words, character] of [
      [['-propquery', '?provider=constant'], '!'],
      [['-propquery', '?provider=constant', '-provparam', 'constant:fill=A'], 'A'],
      [['-propquery', '?provider=constant', '-provparam', 'fill=B'], 'B'],
    ] as const) {
      const program = await Program.start(t, ...chosen, ...words);
      await program.tells(fingerprintOf(character));
    }
    const program = await Program.start(t, ...chosen, '-propquery', 'provider=default');
    await program.stop();
    assert.doesNotMatch(program.err, fingerprintOf('!'));
  },
);

test(
  'OPENSSL_MODULES is where providers are, unless -provider-path says otherwise',
  { skip: withoutCompiler },
  async (t) => {
    const OPENSSL_MODULES = compiled(t, 'constant', constantProvider);
    const words = ['-provider', 'constant', '-provider', 'default', '-propquery', '?provider=constant'];
    const found = await ended([...words, '-nocert', '-cipher', 'NOSUCH'], { environment: { OPENSSL_MODULES } });
    assert.match(found.err, /^Call to SSL_CONF_cmd\(-cipher, NOSUCH\) failed\n/);
    const elsewhere = await ended(['-provider-path', '/', ...words], { environment: { OPENSSL_MODULES } });
    assert.match(elsewhere.err, /^s_server: unable to load provider constant\n/);
  },
);

test('a provider that refuses to start is told like one that is not there', { skip: withoutCompiler }, async (t) => {
  const path = compiled(t, 'failing', failingProvider);
  const { code, err } = await ended(['-provider-path', path, '-provider', 'failing', '-provider', 'default']);
  assert.equal(code, 1);
  assert.match(err, /^s_server: unable to load provider failing\nHint: .*\n\w+:error:078C0105:.*:name=failing\n$/);
});

test('a provider that is not there is told in the words of the reference, after what is wrong before it', async (t) => {
  const { words } = certificateFiles(t, 'RSA');
  const { code, err } = await ended([...words, '-provider', 'nosuch']);
  assert.equal(code, 1);
  assert.match(err, /^s_server: unable to load provider nosuch\nHint: .*\n\w+:error:12800067:.*nosuch.*\n/);
  assert.match(err, /:error:07880025:common libcrypto routines:provider_init:.*:name=nosuch\n$/);
  const earlier = await ended(['-nosuchoption', '-provider', 'nosuch']);
  assert.match(earlier.err, /^s_server: Unknown option: -nosuchoption\n/);
});

test('names cannot smuggle lines into the configuration', async () => {
  for (const name of ['x\nactivate = 1\n[default]', '$ENV::HOME', '..', 'a"b', 'a\\', '#', '']) {
    const { code, err } = await ended(['-provider', name]);
    assert.equal(code, 1, name);
    assert.ok(err.startsWith(`s_server: unable to load provider ${name}\n`), err);
  }
});

test('providers and queries that leave no algorithms end the start as with the reference', async (t) => {
  const { words, key } = certificateFiles(t, 'RSA');
  const noCiphers = /^\w+:error:0A0000A1:SSL routines:SSL_CTX_new_ex:library has no ciphers:.*\n$/;
  const noKey = `Could not open file or uri for loading server certificate private key from ${key}\n`;
  for (const nothing of [
    ['-provider', 'null'],
    ['-propquery', 'nosuch=property'],
  ]) {
    const anonymous = await ended(['-nocert', ...nothing]);
    assert.deepEqual([anonymous.code, noCiphers.test(anonymous.err)], [1, true], anonymous.err);
    const certified = await ended([...words, ...nothing]);
    assert.deepEqual([certified.code, certified.err.startsWith(noKey)], [1, true], certified.err);
  }
  const base = await ended([...words, '-provider', 'base']);
  assert.match(base.err, noCiphers);
});

test('a property query that cannot be read is no query', async (t) => {
  const { out } = await Program.start(t, '-nocert', '-propquery', 'a==');
  assert.match(out, /^ACCEPT/m);
});

test('a parameter has a name and a value, and stands behind its provider', async () => {
  const malformed = await ended(['-provparam', 'x:y']);
  assert.equal(malformed.err, "s_server: malformed '-provparam' option value: 'x:y'\n");
  const early = await ended(['-provparam', 'legacy:a=b', '-provider', 'legacy']);
  assert.equal(early.err, "s_server: No provider named 'legacy' is loaded\n");
  const late = await ended(['-nocert', '-provider', 'legacy', '-provparam', 'legacy:a=b', '-cipher', 'NOSUCH']);
  assert.match(late.err, /^Call to SSL_CONF_cmd\(-cipher, NOSUCH\) failed\n/);
});

const withoutClient = installed('openssl') === undefined && 'openssl is not installed';

test(
  'an engine from a file or from OPENSSL_ENGINES takes over its algorithms',
  { skip: withoutCompiler || withoutClient },
  async (t) => {
    const OPENSSL_ENGINES = compiled(t, 'constant', constantEngine);
    const byName = await ended(['-nocert', '-engine', 'constant', '-cipher', 'NOSUCH'], {
      environment: { OPENSSL_ENGINES },
    });
    assert.match(byName.err, /^Engine "constant" set\.\nCall to SSL_CONF_cmd/);
    // A certificate whose signatures do not use the hashes in question.
    const { words } = certificateFiles(t, 'Ed25519');
    const program = await Program.start(
      t,
      ...words,
      '-num_tickets',
      '0',
      '-www',
      '-engine',
      join(OPENSSL_ENGINES, 'constant.so'),
    );
    await program.tells(/^Engine "\/.*constant\.so" set\.\n/);
    const { port } = program;
    const untouched = await opensslPage(port, ['-ciphersuites', 'TLS_AES_256_GCM_SHA384']);
    assert.match(untouched, /HTTP\/1\.0 200/);
    const taken = await opensslPage(port, ['-ciphersuites', 'TLS_AES_128_GCM_SHA256']);
    assert.doesNotMatch(taken, /HTTP\/1\.0 200/);
  },
);

test('an engine gives random numbers, too', { skip: withoutCompiler || withoutClient }, async (t) => {
  const OPENSSL_ENGINES = compiled(t, 'random', constantRandomEngine);
  const { words } = certificateFiles(t, 'Ed25519');
  for (const name of ['random', join(OPENSSL_ENGINES, 'random.so')]) {
    const surroundings = { environment: { OPENSSL_ENGINES } };
    const program = await started(t, [...words, '-www', '-msg', '-engine', name], surroundings);
    assert.equal(program.err, `Engine "${name}" set.\n`);
    assert.match(await opensslPage(program.port, []), /HTTP\/1\.0 200/);
    assert.match(program.out, /ServerHello\n {4}02 00 00 [0-9a-f]{2} 03 03(?: 21|\s){40}/);
  }
});

test('an engine that is not there is told, and the start goes on', async (t) => {
  const { words } = certificateFiles(t, 'RSA');
  const program = await Program.start(t, ...words, '-engine', 'nosuch', '-engine', 'dynamic');
  await program.tells(/Engine "dynamic" set\.\n$/);
  const { err } = program;
  const [first, ...lines] = err.trimEnd().split('\n');
  assert.equal(first, 'Invalid engine "nosuch"');
  assert.equal(lines.pop(), 'Engine "dynamic" set.');
  const codes = ['12800067', '12800067', '13000084', '13000074', '12800067', '12800067', '13000084'];
  assert.deepEqual(
    lines.map((line) => line.split(':')[2]),
    codes,
  );
});

const withoutReplacing = !('execve' in process) && 'this release of Node cannot replace a process';

for (const { how, nodeWords, skip } of [
  { how: 'as a child', nodeWords: ['--import', 'data:text/javascript,delete process.execve'], skip: false },
  { how: 'in place of the process', nodeWords: [], skip: withoutReplacing },
]) {
  test(
    `started again ${how}, the program gives its exit code, gets signals and reads its input`,
    { skip },
    async (t) => {
      const words = ['-nocert', '-provider', 'legacy'];
      const failed = await ended([...words, '-cipher', 'NOSUCH'], { nodeWords });
      assert.equal(failed.code, 1);
      assert.match(failed.err, /no cipher match/);
      const killed = await started(t, words, { nodeWords });
      killed.process.kill('SIGTERM');
      assert.deepEqual(await killed.closed, { code: null, signal: 'SIGTERM' });
      const reading = await started(t, [...certificateFiles(t, 'RSA').words, '-provider', 'legacy'], { nodeWords });
      const client = connectTls({ port: reading.port, host: '127.0.0.1', rejectUnauthorized: false });
      t.after(() => client.destroy());
      await once(client, 'secureConnect');
      reading.type('hello\n');
      assert.equal(String(...(await once(client, 'data'))), 'hello\n');
      reading.type('Q\n');
      assert.deepEqual(await reading.closed, { code: 0, signal: null });
    },
  );

  test(`started again ${how}, the program leaves no file behind`, { skip }, async (t) => {
    const files = folder(t);
    const surroundings = { nodeWords, environment: { TMPDIR: files } };
    const words = ['-nocert', '-provider', 'legacy'];
    await started(t, words, surroundings);
    await ended([...words, '-cipher', 'NOSUCH'], surroundings);
    assert.deepEqual(readdirSync(files), []);
  });

  test(`started again ${how}, the program ends with the one that was started`, { skip }, async (t) => {
    const { process: first, port, closed } = await started(t, ['-nocert', '-provider', 'legacy'], { nodeWords });
    first.kill('SIGKILL');
    // Its output is closed when the last process that holds it has ended.
    assert.deepEqual(await closed, { code: null, signal: 'SIGKILL' });
    await assert.rejects(once(connect(port, '127.0.0.1'), 'connect'), /ECONNREFUSED/);
  });
}

/** ended runs the program with these arguments to its end. */
async function ended(words: readonly string[], surroundings: Surroundings = {}) {
  const program = new Program(words, surroundings);
  program.process.stdin.end();
  const { code } = await program.closed;
  return { code, err: program.err };
}

/** started resolves when the program accepts. */
async function started(test: Cleanup, words: readonly string[], surroundings: Surroundings): Promise<Program> {
  const program = new Program(words, surroundings);
  test.after(() => program.stop());
  await program.prints(/^ACCEPT .*:\d+$/m);
  return program;
}
