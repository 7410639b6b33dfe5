import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const ends: (() => Promise<void>)[] = [];
const wholeFile = { after: (end: () => Promise<void>) => ends.push(end) };
after(async () => {
  for (const end of ends) await end();
});
// The program serves the folder that it is started in.
const directory = folder(wholeFile);
process.chdir(directory);
const { words, key } = certificateFiles(wholeFile, 'P-256');

const mebibyte = 1 << 20;

for (const [version, mebibytes] of [
  ['-tls1_2', 256],
  ['-tls1_3', 1024],
] as const) {
  test(`a file of ${mebibytes} MiB arrives bit by bit, and costs no memory (${version})`, async (t) => {
    const size = mebibytes * mebibyte;
    const expected = sparseFile('large.bin', size);
    const program = await Program.start(t, '-WWW', version, ...words);
    await page(program, 'large.bin?');
    const before = peakMemory(program);
    const { digest, length } = await digestOf(program, 'large.bin');
    assert.equal(length, size);
    assert.equal(digest, expected);
    assert.ok(peakMemory(program) - before < 48 * mebibyte, `${before} to ${peakMemory(program)} bytes`);
  });
}

test('files, errors and the status page come over many connections at once', async (t) => {
  writeFileSync('page.html', '<p>page\n');
  symlinkSync(key, 'key');
  writeFileSync('server.pem', 'secret');
  const program = await Program.start(t, '-WWW', ...words);
  const paths = ['page.html', 'stats', 'key', 'server.pem', 'nosuch'];
  const [html = '', stats = '', link, pem, nosuch = ''] = await Promise.all(paths.map((it) => page(program, it)));
  assert.equal(html, '<p>page\n');
  assert.match(stats, /^<HTML><BODY BGCOLOR="#ffffff">\n<pre>\n\ns_server -accept .* -WWW /);
  assert.equal(link, "'key' leads out of the served directory\r\n");
  assert.equal(pem, "'server.pem' is a private key file\r\n");
  assert.match(nosuch, /^Error opening 'nosuch' mode='r'\r\n/);
  assert.equal(program.err, 'FILE:page.html\n');
});

test('a response may be all in the file, header and body', { skip: !installed('curl') && 'no curl' }, async (t) => {
  const response = 'HTTP/1.0 201 mine\r\nX-Own: yes\r\n\r\nbody\n';
  writeFileSync('own.http', response);
  const program = await Program.start(t, '-HTTP', '-http_server_binmode', ...words);
  const url = (name: string) => `https://127.0.0.1:${program.port}/${name}`;
  const curl = ['--silent', '--insecure', '--include', '--noproxy', '*'];
  assert.equal((await run('curl', [...curl, url('own.http')])).out, response);
  assert.equal((await run('curl', [...curl, '--head', url('own.http')])).out, response.replace('body\n', ''));
  assert.match((await run('curl', [...curl, url('nosuch')])).out, /mode='rb'/);
});

function page(program: Program, path: string): Promise<string> {
  return answer(program, path).then(text);
}

async function digestOf(program: Program, path: string): Promise<{ digest: string; length: number }> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of await answer(program, path)) {
    hash.update(chunk);
    length += chunk.length;
  }
  return { digest: hash.digest('hex'), length };
}

function answer({ port }: Program, path: string): Promise<NodeJS.ReadableStream & AsyncIterable<Uint8Array>> {
  const agent = new Agent({ rejectUnauthorized: false });
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: `/${path}`, agent }, resolve).on('error', reject);
  });
}

/** Mostly holes, with random bytes here and there. Answers the SHA-256 of its content. */
function sparseFile(name: string, size: number): string {
  const islands = new Map([0, 100, 233, 255].map((at) => [at, randomBytes(mebibyte)]));
  const file = openSync(name, 'w');
  for (const [at, bytes] of islands) writeSync(file, bytes, 0, bytes.length, at * mebibyte);
  ftruncateSync(file, size);
  closeSync(file);
  const hash = createHash('sha256');
  const hole = Buffer.alloc(mebibyte);
  for (let at = 0; at < size / mebibyte; at++) hash.update(islands.get(at) ?? hole);
  return hash.digest('hex');
}

/** Bytes; 0 where the system does not tell. */
function peakMemory({ process: { pid } }: Program): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) * 1024;
  } catch {
    return 0;
  }
}
