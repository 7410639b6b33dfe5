import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const received = (type: string) =>
  `Received Record\nHeader:\n  Version = TLS 1\\.\\d \\(0x30\\d\\)\n  Content Type = ${type}`;

test('-trace takes a conversation of TLS 1.3 apart', { skip }, async (t) => {
  const program = await Program.start(t, '-trace', ...certificateFiles(t, 'P-256').words);
  await run('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`, '-tls1_3'], 'Q\n');
  await program.prints(/NewSessionTicket[\s\S]*description=close notify\(0\)\n\n/);
  const { out: text } = program;
  assert.match(text, new RegExp(`^${received('Handshake \\(22\\)')}\n  Length = \\d+\n    ClientHello, Length=`, 'm'));
  assert.match(text, /\n {6}cipher_suite \{0x13, 0x02\} TLS_AES_256_GCM_SHA384\n/);
  assert.match(
    text,
    /\n {2}Inner Content Type = Handshake \(22\)\n {4}EncryptedExtensions, Length=2\n {6}No extensions\n\n/,
  );
  assert.match(
    text,
    /ASN\.1Cert, length=\d+\n------details-----\nCertificate:\n {4}Data:\n[\s\S]*-----END CERTIFICATE-----\n/,
  );
});

test('of -msg and -trace the last one counts, and -msgfile takes its text', { skip }, async (t) => {
  const file = join(folder(t), 'messages');
  const words = ['-msg', '-trace', '-msgfile', file, '-tls1_2', ...certificateFiles(t, 'P-256').words];
  const program = await Program.start(t, ...words);
  await run('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`], 'Q\n');
  await program.prints(/CONNECTION CLOSED/);
  const text = readFileSync(file, 'utf8');
  assert.match(text, /^Received Record\n/);
  assert.match(
    text,
    / {6}KeyExchangeAlgorithm=ECDHE\n {8}named_curve: ecdh_x25519 \(29\)\n {8}point \(len=32\): [0-9A-F]{64}\n/,
  );
  assert.match(text, / {6}KeyExchangeAlgorithm=ECDHE\n {8}ecdh_Yc \(len=32\): [0-9A-F]{64}\n/);
  assert.match(text, / {4}Finished, Length=12\n {6}verify_data \(len=12\): [0-9A-F]{24}\n/);
  assert.doesNotMatch(text, /RecordHeader/);
  assert.doesNotMatch(program.out, /Record\nHeader:|verify_data/);
});

test('the point formats are said in full handshakes only', { skip }, async (t) => {
  const session = join(folder(t), 'session.pem');
  const words = ['-trace', '-tls1_2', '-no_ticket', ...certificateFiles(t, 'P-256').words];
  const program = await Program.start(t, ...words);
  const connect = ['s_client', '-connect', `127.0.0.1:${program.port}`];
  await run('openssl', [...connect, '-sess_out', session], 'Q\n');
  const { out } = await run('openssl', [...connect, '-sess_in', session], 'Q\n');
  assert.match(out, /^Reused, /m);
  await program.prints(/CONNECTION CLOSED[\s\S]*CONNECTION CLOSED/);
  const hellos = program.out.matchAll(/ServerHello, Length=[\s\S]*?Sent Record/g);
  const formats = Array.from(hellos, ([hello]) => hello.includes('ec_point_formats'));
  assert.deepEqual(formats, [true, false]);
});
