import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { toPem } from '../src/bytes/pem.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const request = 'GET / HTTP/1.0\r\n\r\n';
const [newSessionTicket, certificateRequest] = [0x2000, 0x4000];
const [upToTls12, clientHello, serverHello12] = [0x10, 0x80, 0x100];

test('tickets and requests of TLS 1.3 carry what the file says, also for who has not asked', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const { port } = await Program.start(t, '-www', '-Verify', '1', '-serverinfo', fileOf(t), ...words);
  const session = join(folder(t), 'session');
  const client = ['s_client', '-connect', `127.0.0.1:${port}`, '-tls1_3', '-trace', '-ign_eof', ...words];
  const { out } = await run('openssl', [...client, '-sess_out', session], request);
  assert.deepEqual(infoIn(out, 'CertificateRequest'), [[1001, 1002]]);
  assert.deepEqual(infoIn(out, 'NewSessionTicket'), [
    [1000, 1002],
    [1000, 1002],
  ]);
  // Without a certificate there are no extensions of it.
  const again = await run('openssl', [...client, '-sess_in', session], request);
  assert.match(again.out, /^Reused, TLSv1\.3/m);
  assert.deepEqual(infoIn(again.out, 'NewSessionTicket').flat(), []);
});

test('a request after the handshake carries it too, and the tickets that follow', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const program = await Program.start(
    t,
    '-serverinfo',
    fileOf(t),
    '-verify',
    '1',
    '-msg',
    '-num_tickets',
    '1',
    ...words,
  );
  const connect = ['s_client', '-connect', `127.0.0.1:${program.port}`, '-tls1_3', '-enable_pha', '-trace', '-ign_eof'];
  const client = spawn('openssl', [...connect, ...words], { timeout: 120_000 });
  const out = text(client.stdout);
  const ended = once(client, 'close');
  await program.prints(/NewSessionTicket$/m);
  program.type('c\n');
  await program.prints(/NewSessionTicket$[\s\S]*NewSessionTicket$/m);
  program.type('Q\n');
  await ended;
  assert.deepEqual(infoIn(await out, 'CertificateRequest'), [
    [1001, 1002],
    [1001, 1002],
  ]);
  assert.deepEqual(infoIn(await out, 'NewSessionTicket'), [
    [1000, 1002],
    [1000, 1002],
  ]);
});

test('up to TLS 1.2 the hello carries it, for who has asked', { skip }, async (t) => {
  const { port } = await Program.start(t, '-serverinfo', fileOf(t), ...certificateFiles(t, 'P-256').words);
  const client = ['s_client', '-connect', `127.0.0.1:${port}`, '-tls1_2'];
  const { out } = await run('openssl', [...client, '-serverinfo', '1003'], 'Q\n');
  assert.match(out, /-----BEGIN SERVERINFO FOR EXTENSION 1003-----\nA.sA/);
  assert.doesNotMatch((await run('openssl', client, 'Q\n')).out, /SERVERINFO/);
});

function fileOf(t: TestContext): string {
  const file = join(folder(t), 'info.pem');
  const blocks = [
    block(1000, newSessionTicket),
    block(1001, certificateRequest),
    block(1002, newSessionTicket | certificateRequest),
    block(1003, upToTls12 | clientHello | serverHello12),
  ];
  writeFileSync(file, blocks.join(''));
  return file;
}

function block(type: number, context: number): string {
  const bytes = Buffer.alloc(11);
  bytes.writeUInt32BE(context, 0);
  bytes.writeUInt16BE(type, 4);
  bytes.writeUInt16BE(3, 6);
  bytes.set(Buffer.from('abc'), 8);
  return toPem('SERVERINFOV2 FOR TEST', bytes);
}

/** infoIn returns the unnamed types in every message of this kind in the client's trace. */
function infoIn(trace: string, message: string): number[][] {
  const messages = trace.split(/^(?: {4}(?=\w+, Length=)|Received Record|Sent Record)/m);
  return messages
    .filter((it) => it.startsWith(`${message}, `))
    .map((it) => [...it.matchAll(/extension_type=UNKNOWN\((\d+)\), length=3/g)].map(([, type]) => Number(type)));
}
