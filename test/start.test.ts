import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, connect as connectPlainly, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { certificateFiles, folder } from './certificates.ts';
import { Program } from './program.ts';

for (const words of [['-quiet'], ['-brief'], ['-quiet', '-dtls']]) {
  test(`a port that the system chose is told on stderr where stdout is silent: ${words.join(' ')}`, async (t) => {
    const program = new Program([...words, ...certificateFiles(t, 'P-256').words]);
    t.after(() => program.stop());
    while (!program.err.includes('\n')) await once(program.process.stderr, 'data');
    assert.match(program.err, /^ACCEPT 127\.0\.0\.1:[1-9]\d*\n$/);
    assert.equal(program.out, '');
  });
}

test('nothing is told of how to reach a server that does not start', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const taken = `127.0.0.1:${(other.address() as AddressInfo).port}`;
  for (const words of [
    ['-cipher', 'NOPE'],
    ['-CAfile', 'missing.pem'],
    ['-accept', taken],
  ]) {
    const program = new Program(words);
    await once(program.process, 'close');
    assert.notEqual(program.err, '');
    assert.doesNotMatch(program.err, /fingerprint|curl|s_client/);
  }
  other.close();
});

test('the hints name the port', async (t) => {
  const program = await Program.start(t);
  while (!program.err.includes('curl')) await once(program.process.stderr, 'data');
  assert.ok(program.err.includes(`https://127.0.0.1:${program.port}/`));
});

for (const [words, reason] of [
  [['-accept', '127.0.0.1:0', '-6'], 'Address family for hostname not supported'],
  [['-6', '-accept', '127.0.0.1:0'], 'Address family for hostname not supported'],
  [['-accept', '[::1]:0', '-4'], 'Address family for hostname not supported'],
  [['-accept', '[127.0.0.1]:0', '-6'], 'Address family for hostname not supported'],
  [['-dtls', '-accept', '127.0.0.1:0', '-6'], 'Address family for hostname not supported'],
  [['-dtls', '-accept', '[::1]:0', '-4'], 'Address family for hostname not supported'],
  [['-unix', 'sock', '-4'], 'Name or service not known'],
  [['-unix', 'sock', '-6'], 'Name or service not known'],
] as const) {
  test(`an address of the other family is refused: ${words.join(' ')}`, async () => {
    const program = new Program(words);
    await once(program.process, 'close');
    assert.equal(program.process.exitCode, 0);
    assert.match(
      program.err,
      new RegExp(`^\\w+:error:10080002:BIO routines:BIO_lookup_ex:system lib:[^\\n]*:${reason}\\n$`),
    );
    assert.doesNotMatch(program.out, /ACCEPT/);
  });
}

test('a path that is too long for a socket is refused, whatever it would be cut to', async (t) => {
  const directory = folder(t);
  const path = join(directory, 'x'.repeat(120));
  const program = new Program(['-unix', path]);
  await once(program.process, 'close');
  assert.match(
    program.err,
    /^\w+:error:80000016:system library:BIO_bind:Invalid argument:.*\n.*unable to bind socket:.*\n$/,
  );
  assert.doesNotMatch(program.out, /ACCEPT/);
  assert.ok(!existsSync(path.substring(0, 107)));
});

const longContext = ['-context', 'a'.repeat(40)];

test('a context of more than 32 bytes ends the server with its first client', async (t) => {
  const program = await Program.start(t, ...longContext, ...certificateFiles(t, 'P-256').words);
  await refused(program.port);
  await once(program.process, 'close');
  assert.equal(program.process.exitCode, 0);
  assert.equal(program.err, 'Error setting session id context\n');
  assert.match(program.out, /\nshutting down SSL\nCONNECTION CLOSED\n +0 items in the session cache\n/);
});

for (const [mode, told] of [
  ['-www', /^$/],
  ['-rev', /^(\w+:error:0A000111:SSL routines:SSL_set_session_id_context:ssl session id context too long:.*\n){2}$/],
] as const) {
  test(`with ${mode} a context of more than 32 bytes costs each client its connection`, async (t) => {
    const program = await Program.start(
      t,
      mode,
      '-naccept',
      '2',
      ...longContext,
      ...certificateFiles(t, 'P-256').words,
    );
    await refused(program.port);
    await refused(program.port);
    await once(program.process, 'close');
    assert.match(program.err, told);
  });
}

test('a context of 32 bytes is served', async (t) => {
  const program = await Program.start(t, '-context', 'a'.repeat(32));
  const client = connect({ port: program.port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(client, 'secureConnect');
  client.destroy();
});

async function refused(port: number): Promise<void> {
  const client = connectPlainly({ port, host: '127.0.0.1' });
  client.on('error', () => undefined);
  client.resume();
  await new Promise((resolve) => client.once('close', resolve));
  assert.equal(client.bytesRead, 0);
}
