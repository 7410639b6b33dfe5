import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from '../command-line/parse.ts';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { captureFileNames, secretFileNames } from './secret-file-names.ts';

const files = (line: string) =>
  secretFileNames(parse(line.split(' ').filter(Boolean), new RecordedOutput()).given, undefined);
const always = ['server.pem', 'server2.pem'];

test('a certificate file counts where no key file is named', () => {
  assert.deepEqual(files(''), always);
  assert.deepEqual(files('-cert c -key k'), ['k', ...always]);
  assert.deepEqual(files('-cert c'), ['c', ...always]);
  assert.deepEqual(files('-cert c -key k -cert2 c2 -dcert d -dkey dk'), ['k', 'dk', 'c2', ...always]);
});

test('every key option counts, whichever is the last', () => {
  assert.deepEqual(files('-key a -key b -key2 c -xcert d -xkey e'), ['a', 'b', 'c', 'e', ...always]);
});

test('a URI counts as the file it names', () => {
  assert.deepEqual(files('-key file:/a'), ['file:/a', '/a', ...always]);
  assert.deepEqual(files('-key FILE:///a'), ['FILE:///a', '/a', ...always]);
  assert.deepEqual(files('-key file://localhost/a'), ['file://localhost/a', '/a', ...always]);
});

test('files of passwords, pre-shared keys, sessions, verifiers and random bytes count', () => {
  assert.deepEqual(files('-pass file:p -dpass pass:word'), ['p', ...always]);
  assert.deepEqual(files('-psk_session s -srpvfile v -keylogfile l -writerand w'), ['s', 'v', 'l', 'w', ...always]);
});

test('captures count, which are no files on stdout', () => {
  const { given } = parse(['-pcapng', 'capture', '-pcapng', '-'], new RecordedOutput());
  assert.deepEqual(captureFileNames(given), ['capture']);
});

test('a file that holds a private key counts wherever it is named', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 's_server-secrets-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const both = file('both.pem', '-----BEGIN EC PRIVATE KEY-----\n');
  const p12 = file('all.p12', Buffer.from('308209bc020103308209', 'hex'));
  const certificate = file('cert.pem', '-----BEGIN CERTIFICATE-----\n');
  const der = file('cert.der', Buffer.from('3082019630820148', 'hex'));
  const line = `-cert ${both} -key k -CAfile ${p12} -chainCAfile ${certificate} -verifyCAfile ${der}`;
  assert.deepEqual(files(line), ['k', both, p12, ...always]);
  const configured = { keys: ['key'], certificates: [certificate, both] };
  assert.deepEqual(secretFileNames([], configured), ['key', both, ...always]);
});
