import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { field, withoutTshark } from './captures.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed } from './clients.ts';
import { factsIn, ofKind } from './facts.ts';
import { Program } from './program.ts';

/** 255 bytes of UTF-8, of which a terminal, a browser, a shell, a log and a table of CI would each understand some. */
const hostile = `<script>alert("1")</script>'%0a%s\u001b[31m\r\n::error::$(id)\u009b1m&lt;\\`.padEnd(254, 'x');
/** The part that a server name may have. */
const printable = '<script>"%0a%s\'$(id)</script>.example';
const skip = installed('openssl') === undefined && 'openssl is not installed';

/** All that the server answers. */
function asked(port: number, path: string, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, maxVersion: 'TLSv1.2', ...options });
    const parts: Buffer[] = [];
    socket.on('secureConnect', () => socket.write(Buffer.from(`GET ${path} HTTP/1.0\r\n\r\n`, 'latin1')));
    socket.on('data', (bytes) => parts.push(bytes));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
  });
}

/** A client's certificate whose name is hostile, too; OpenSSL takes no NUL in it. */
function hostileCertificate(t: TestContext): Pick<ConnectionOptions, 'cert' | 'key'> {
  const [key, cert] = ['key.pem', 'certificate.pem'].map((name) => join(folder(t), name)) as [string, string];
  const subject = `/O=${hostile.slice(0, 60).replace(/[/\\]/g, '\\$&')}/CN=a`;
  const words = [
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  assert.equal(spawnSync('openssl', ['req', ...words, '-subj', subject]).status, 0);
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

test('hostile names of a client are harmless in every output', { skip }, async (t) => {
  const [json, capture] = ['facts.json', 'capture.pcapng'].map((name) => join(folder(t), name)) as [string, string];
  const { certificate, key, words } = certificateFiles(t, 'P-256');
  const second = ['-servername', 'b.example', '-cert2', certificate, '-key2', key];
  const dumps = ['-explain', '-trace', '-tlsextdebug', '-state', '-json', json, '-pcapng', capture];
  const program = await Program.start(t, '-www', ...words, ...second, ...dumps, '-alpn', 'h2', '-verify', '1');
  const page = await asked(program.port, '/', { servername: printable, ...hostileCertificate(t) });
  await asked(program.port, `/${hostile.replace(/[\r\n]/g, '')}`, { servername: printable });
  await asked(program.port, '/', { servername: hostile });
  await asked(program.port, '/', { ALPNProtocols: Buffer.concat([Buffer.of(255), Buffer.from(hostile)]) });
  await program.stop();

  for (const text of [program.out, program.err]) {
    assert.doesNotMatch(text, control);
    assert.doesNotMatch(text, /^::error/m);
  }
  assert.match(program.out, /\\x1b\[31m\\x0d\\x0a::error/);
  const tags = [...page.slice(page.indexOf('<HTML>')).matchAll(/<[^>]*>/g)].map(([tag]) => tag);
  assert.deepEqual(tags, ['<HTML>', '<BODY BGCOLOR="#ffffff">', '<pre>', '</pre>', '</BODY>', '</HTML>']);
  assert.match(page, /Subject: O=&lt;script&gt;/);
  const lines = readFileSync(json, 'utf8');
  assert.doesNotMatch(lines, control);
  const facts = factsIn(lines);
  assert.deepEqual(
    ofKind(facts, 'failed').map(({ problem }) => problem),
    ['badExtension', 'noApplicationProtocol'],
  );
  assert.equal(ofKind(facts, 'established')[0]?.sni, printable);
  if (withoutTshark) return;
  const comments = await field(capture, 'frame.comment', 'frame.comment');
  assert.equal(comments.length, 2);
  for (const comment of comments) assert.doesNotMatch(comment, control);
});

/** Line feeds and tabs are the server's own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is the point
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/;
