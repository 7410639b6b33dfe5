import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Session } from '../src/sessions/session.ts';
import { sessionToPem } from '../src/sessions/session-der.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { Program } from './program.ts';
import { takeSession } from './taken-session.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

function client({ port }: Program, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], 'Q\n');
}

/** resumed returns the output of a client that resumes with these options. */
async function resumed(program: Program, session: string, ...words: readonly string[]): Promise<string> {
  await takeSession(program, session);
  return (await client(program, '-sess_in', session, ...words)).out;
}

test('where it is preferred a session is resumed without a key exchange', { skip }, async (t) => {
  const session = join(folder(t), 'session.pem');
  const { words } = certificateFiles(t, 'P-256');
  for (const options of [['-allow_no_dhe_kex'], ['-prefer_no_dhe_kex'], []]) {
    const program = await Program.start(t, ...options, ...words);
    const out = await resumed(program, session, '-allow_no_dhe_kex');
    assert.match(out, /^Reused, TLSv1\.3/m);
    assert.match(out, /^Server Temp Key: X25519/m, options.join(' '));
  }
  for (const order of [
    ['-allow_no_dhe_kex', '-prefer_no_dhe_kex'],
    ['-prefer_no_dhe_kex', '-allow_no_dhe_kex'],
  ]) {
    const program = await Program.start(t, ...order, ...words);
    const out = await resumed(program, session, '-allow_no_dhe_kex');
    assert.match(out, /^Reused, TLSv1\.3/m);
    assert.doesNotMatch(out, /^Server Temp Key/m);
    assert.match(await resumed(program, session), /^Server Temp Key: X25519/m);
  }
});

test('without a group in common only a session that needs none is resumed', { skip }, async (t) => {
  const session = join(folder(t), 'session.pem');
  const { words } = certificateFiles(t, 'P-256');
  const program = await Program.start(t, '-allow_no_dhe_kex', '-groups', 'P-256', ...words);
  const out = await resumed(program, session, '-allow_no_dhe_kex', '-groups', 'P-384');
  assert.match(out, /^Reused, TLSv1\.3/m);
  assert.doesNotMatch(out, /^Server Temp Key/m);
  assert.match((await client(program, '-groups', 'P-384')).err, /SSL alert number 40/);
});

const base: Session = {
  version: 0x0304,
  cipherSuite: 0x1301,
  id: Buffer.alloc(0),
  secret: Buffer.alloc(32, 5),
  idContext: Buffer.alloc(0),
  time: 1_000_000_000,
  timeout: 4_000_000_000,
  verifyResult: 0,
  ticketLifetimeHint: 0,
  ticketAgeAdd: 0,
  compression: 0,
  extendedMasterSecret: false,
  maxEarlyData: 0,
  maxFragmentLength: 0,
  group: 0,
};

test('a session from a file is the key of its identity, with the hash of its suite', { skip }, async (t) => {
  const file = join(folder(t), 'session.pem');
  const { words } = certificateFiles(t, 'P-256');
  for (const session of [base, { ...base, cipherSuite: 0x1302, secret: Buffer.alloc(48, 6) }]) {
    writeFileSync(file, sessionToPem(session));
    const suite = session === base ? 'TLS_AES_128_GCM_SHA256' : 'TLS_AES_256_GCM_SHA384';
    const program = await Program.start(t, '-psk_session', file, '-psk_identity', 'me', ...words);
    const same = await client(program, '-psk_session', file, '-psk_identity', 'me', '-ciphersuites', suite);
    assert.match(same.out, new RegExp(`^Reused, TLSv1\\.3, Cipher is ${suite}`, 'm'));
    const other = await client(program, '-psk_session', file, '-psk_identity', 'you', '-ciphersuites', suite);
    assert.match(other.out, /^New, TLSv1\.3/m);
  }
});

test('a session from a file that has run out, or is of another version, is not used', { skip }, async (t) => {
  const path = folder(t);
  const good = join(path, 'good.pem');
  writeFileSync(good, sessionToPem(base));
  for (const session of [
    { ...base, timeout: 10 },
    { ...base, version: 0x0303, cipherSuite: 0x1301 },
  ]) {
    const file = join(path, 'session.pem');
    writeFileSync(file, sessionToPem(session));
    const program = await Program.start(t, '-psk_session', file, ...certificateFiles(t, 'P-256').words);
    const { out } = await client(program, '-psk_session', good, '-ciphersuites', 'TLS_AES_128_GCM_SHA256');
    assert.match(out, /^New, TLSv1\.3/m);
  }
});
