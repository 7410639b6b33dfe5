import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect as secureConnection } from 'node:tls';
import { type Block, blocksOf } from '../src/facts/capture/pcapng.test.fixture.ts';
import { certificateFiles, folder } from './certificates.ts';
import { nodePage } from './clients.ts';
import { factsIn, onlyOne } from './facts.ts';
import { Program } from './program.ts';

const secretsType = 10;

function secretsIn(blocks: readonly Block[]): string {
  return blocks
    .filter(({ type }) => type === secretsType)
    .map(({ body }) => Buffer.from(body.subarray(8)).toString('latin1'))
    .join('');
}

/** flagsIn returns the TCP flags of each packet over IPv4. */
function flagsIn(blocks: readonly Block[]): string[] {
  return blocks.filter(({ type }) => type === 6).map(({ body }) => (body[20 + 20 + 13] ?? 0).toString(16));
}

test('a capture has the secrets of its connections, and is for its owner only', async (t) => {
  const path = join(folder(t), 'capture.pcapng');
  const program = await Program.start(
    t,
    '-www',
    '-naccept',
    '1',
    '-pcapng',
    path,
    ...certificateFiles(t, 'P-256').words,
  );
  await nodePage(program.port);
  await program.closed;
  const blocks = blocksOf(readFileSync(path));
  assert.match(secretsIn(blocks), /^SERVER_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]+$/m);
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('without secrets the capture has the same packets alone', async (t) => {
  const path = join(folder(t), 'capture.pcapng');
  const words = ['-www', '-naccept', '1', '-pcapng', path, '-pcapng_nosecrets', ...certificateFiles(t, 'P-256').words];
  const program = await Program.start(t, ...words);
  await nodePage(program.port);
  await program.closed;
  const blocks = blocksOf(readFileSync(path));
  assert.equal(secretsIn(blocks), '');
  assert.ok(flagsIn(blocks).length > 6);
});

test('a connection that breaks a rule says so in a comment; the end of both sides is on the capture', async (t) => {
  const path = join(folder(t), 'capture.pcapng');
  const program = await Program.start(t, '-naccept', '1', '-pcapng', path, ...certificateFiles(t, 'P-256').words);
  const socket = connect(program.port, '127.0.0.1');
  // A record of an unknown type.
  socket.end(Buffer.from('6303010001ff', 'hex')).resume();
  await program.closed;
  const blocks = blocksOf(readFileSync(path));
  assert.ok(blocks.some(({ body }) => Buffer.from(body).includes('(alert ')));
  assert.deepEqual(flagsIn(blocks).slice(0, 3), ['2', '12', '10']);
  assert.equal(flagsIn(blocks).filter((flags) => flags === '11').length, 2);
});

test('a connection that the client resets ends with a reset', async (t) => {
  const path = join(folder(t), 'capture.pcapng');
  const program = await Program.start(t, '-naccept', '1', '-pcapng', path, ...certificateFiles(t, 'P-256').words);
  const socket = connect(program.port, '127.0.0.1');
  await once(secureConnection({ socket, rejectUnauthorized: false }), 'secureConnect');
  socket.resetAndDestroy();
  await program.closed;
  const flags = flagsIn(blocksOf(readFileSync(path)));
  assert.deepEqual(flags.slice(0, 3), ['2', '12', '10']);
  assert.equal(flags.at(-1), '14');
});

test('on stdout there is the capture and nothing else; what people read is on stderr', async (t) => {
  const program = new Program(['-www', '-naccept', '1', '-pcapng', '-', ...certificateFiles(t, 'P-256').words]);
  t.after(() => program.stop());
  while (!/^ACCEPT .*:\d+$/m.test(program.err)) await once(program.process.stderr, 'data');
  await nodePage(Number(/^ACCEPT .*:(\d+)$/m.exec(program.err)?.[1]));
  await program.closed;
  assert.match(secretsIn(blocksOf(Buffer.from(program.out, 'latin1'))), /^CLIENT_TRAFFIC_SECRET_0 /m);
  assert.match(program.err, /server accepts that finished/);
});

test('a named pipe may carry the capture, and its reader may go away', async (t) => {
  const path = join(folder(t), 'pipe');
  execFileSync('mkfifo', [path]);
  const words = ['-www', '-naccept', '2', '-pcapng', path, ...certificateFiles(t, 'P-256').words];
  const reader = spawn('head', ['-c', '4', path]);
  const program = await Program.start(t, ...words);
  assert.match(await nodePage(program.port), /HTML/);
  if (reader.exitCode === null) await once(reader, 'exit');
  assert.match(await nodePage(program.port), /HTML/);
  await program.closed;
  assert.match(program.err, /^s_server: capture .*pipe: write EPIPE; packets are missing from here on$/m);
  assert.match(program.err, /^s_server: capture .*pipe: \d+ packets are missing$/m);
});

test('on a full disk the server goes on', { skip: !existsSync('/dev/full') && 'no /dev/full' }, async (t) => {
  const facts = join(folder(t), 'facts');
  const files = ['-pcapng', '/dev/full', '-json', facts];
  const words = ['-www', '-naccept', '1', ...files, ...certificateFiles(t, 'P-256').words];
  const program = await Program.start(t, ...words);
  assert.match(await nodePage(program.port), /HTML/);
  await program.closed;
  assert.match(program.err, /^s_server: capture \/dev\/full: ENOSPC: no space left on device; packets are missing/m);
  const { output, count, why } = onlyOne(factsIn(readFileSync(facts, 'utf8')), 'lost');
  assert.deepEqual([output, why], ['pcapng', 'ENOSPC: no space left on device']);
  assert.ok(count > 6);
});

test('what cannot be done is refused before the server listens', async (t) => {
  const path = folder(t);
  const refusals: readonly (readonly [string[], string])[] = [
    [['-pcapng', path], `Can't open capture file ${path}\n`],
    [['-pcapng_size', '1'], "Can't use -pcapng_nosecrets or -pcapng_size without -pcapng\n"],
    [['-pcapng_nosecrets'], "Can't use -pcapng_nosecrets or -pcapng_size without -pcapng\n"],
    [['-pcapng', '-', '-pcapng_size', '1'], "Can't use -pcapng_size with a capture on stdout\n"],
  ];
  const { words } = certificateFiles(t, 'P-256');
  for (const [options, refusal] of refusals) {
    const program = new Program([...words, ...options]);
    const { code: status } = await program.closed;
    assert.deepEqual([status, program.err.endsWith(refusal)], [1, true], program.err);
  }
});
