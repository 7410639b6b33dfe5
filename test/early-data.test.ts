import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CertificateFiles, certificateFiles, folder } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { Program } from './program.ts';
import { takeSession } from './taken-session.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const text = 'GET /early HTTP/1.0\r\n\r\n';

interface Files extends CertificateFiles {
  readonly session: string;
  readonly early: string;
}

function filesOf(t: Parameters<typeof folder>[0]): Files {
  const path = folder(t);
  const files = { session: join(path, 'session.pem'), early: join(path, 'early.txt') };
  writeFileSync(files.early, text);
  return { ...certificateFiles(t, 'P-256'), ...files };
}

function client({ port }: Program, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], 'Q\n');
}

/** statuses returns the status of each of `times` connections that send early data with the first one's session. */
async function statuses(program: Program, { session, early }: Files, times: number): Promise<readonly string[]> {
  await takeSession(program, session);
  const found: string[] = [];
  for (let left = times; left > 0; left--) {
    const { out } = await client(program, '-sess_in', session, '-early_data', early);
    found.push(/Early data was \w+/.exec(out)?.[0] ?? out);
  }
  return found;
}

test('early data is printed between its heading and its end, once for a ticket', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-early_data', ...files.words);
  const found = await statuses(program, files, 2);
  assert.deepEqual(found, ['Early data was accepted', 'Early data was rejected']);
  await program.prints(/(CONNECTION CLOSED[\s\S]*){3}/);
  assert.ok(program.out.includes(`Early data received:\n${text}\nEnd of early data\n-----BEGIN SSL SESSION`));
  assert.equal(program.out.match(/^No early data received$/gm)?.length, 1);
  assert.equal(program.out.match(/^Early data was rejected$/gm)?.length, 1);
});

test('-no_anti_replay takes the same early data twice', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-early_data', '-no_anti_replay', ...files.words);
  assert.deepEqual(await statuses(program, files, 2), ['Early data was accepted', 'Early data was accepted']);
});

test('-anti_replay takes -no_anti_replay back', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-early_data', '-no_anti_replay', '-anti_replay', ...files.words);
  assert.deepEqual(await statuses(program, files, 2), ['Early data was accepted', 'Early data was rejected']);
});

test('early data before a HelloRetryRequest is skipped', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-early_data', '-no_anti_replay', '-groups', 'P-384', ...files.words);
  await takeSession(program, files.session);
  const { out } = await client(
    program,
    '-sess_in',
    files.session,
    '-early_data',
    files.early,
    '-groups',
    'P-256:P-384',
  );
  assert.match(out, /^Reused, TLSv1\.3/m);
  assert.match(out, /^Early data was rejected$/m);
});

test('tickets of a server without early data still resume where it is rejected', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-max_early_data', '1000', '-no_anti_replay', ...files.words);
  await takeSession(program, files.session);
  const { out } = await client(program, '-sess_in', files.session, '-early_data', files.early);
  assert.match(out, /^Reused, TLSv1\.3/m);
  assert.match(out, /^Early data was rejected$/m);
});

test('too much early data is an error of its own', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-early_data', '-recv_max_early_data', '10', ...files.words);
  await takeSession(program, files.session);
  const { err } = await client(program, '-sess_in', files.session, '-early_data', files.early);
  assert.match(err, /SSL alert number 10/);
  await program.prints(/(CONNECTION CLOSED[\s\S]*){2}/);
  assert.match(program.err, /^Error reading early data\n[0-9A-F]+:error:0A0000A4:.*too much early data/m);
});

test('that there is none is told before the client has finished', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-early_data', '-msg', ...files.words);
  await client(program);
  await program.prints(/CONNECTION CLOSED/);
  assert.match(program.out, /^>>> .*Finished\n( {4}.*\n)+No early data received\n<<< /m);
});

test('a handshake that fails after that fails like any other', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-early_data', '-Verify', '1', ...files.words);
  await client(program);
  await program.prints(/CONNECTION CLOSED/);
  assert.match(program.out, /^No early data received\nshutting down SSL\n/m);
  assert.match(program.err, /^ERROR\n.*peer did not return a certificate/m);
});

test('a request that comes as early data is answered', { skip }, async (t) => {
  const files = filesOf(t);
  const program = await Program.start(t, '-www', '-early_data', ...files.words);
  const connect = ['s_client', '-connect', `127.0.0.1:${program.port}`, '-ign_eof'];
  await run('openssl', [...connect, '-sess_out', files.session], 'GET / HTTP/1.0\r\n\r\n');
  const { out } = await run('openssl', [...connect, '-sess_in', files.session, '-early_data', files.early]);
  assert.match(out, /^HTTP\/1\.0 200 ok/m);
  assert.match(out, /Max Early Data: 16384/);
});
