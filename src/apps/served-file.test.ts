import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SecretFiles } from './secret-files.ts';
import { openServed } from './served-file.ts';

const outside = mkdtempSync(join(tmpdir(), 's_server-files-'));
after(() => rmSync(outside, { recursive: true }));
const directory = join(outside, 'served');
const at = (name: string) => join(directory, name);
mkdirSync(at('sub'), { recursive: true });
writeFileSync(at('a.txt'), 'text\n');
writeFileSync(at('sub/key.pem'), 'secret');
writeFileSync(join(outside, 'other.txt'), 'other');
writeFileSync(join(outside, 'served-too.txt'), 'other');
symlinkSync('../other.txt', at('out'));
symlinkSync('../served-too.txt', at('beside'));
symlinkSync('..', at('up'));
symlinkSync('up/served/a.txt', at('around'));
symlinkSync('nowhere', at('dangling'));
symlinkSync('loop', at('loop'));
symlinkSync('/dev/null', at('device'));
symlinkSync('sub/key.pem', at('key-link'));
linkSync(at('sub/key.pem'), at('key-again'));

const secrets = new SecretFiles([at('sub/key.pem'), at('not-there.pem')], [at('capture')]);
const served = { directory, secrets, openMode: 'r' } as const;

test('a file is opened, by a link inside the directory too', async () => {
  assert.equal(await content('a.txt'), 'text\n');
  assert.equal(await content('./sub/../a.txt'), 'text\n');
  assert.equal(await content('around'), 'text\n');
});

test('no file of a series that holds secrets is opened, one with another ending is', async () => {
  for (const name of ['capture', 'capture.1', 'capture.20', 'capture.txt']) writeFileSync(at(name), name);
  for (const name of ['capture', 'capture.1', 'capture.20']) {
    assert.equal(await refusal(name), `'${name}' holds a secret of this server\r\n`);
  }
  assert.equal(await content('capture.txt'), 'capture.txt');
});

test('a name is its bytes', async () => {
  writeFileSync(Buffer.concat([Buffer.from(`${directory}/`), Buffer.of(0xff, 0xe4)]), 'bytes');
  assert.equal(await content('\xff\xe4'), 'bytes');
});

test('links and paths that lead out are refused, whether there is something or not', async () => {
  for (const name of ['out', 'beside', 'up', 'up/other.txt', 'up/no/such/file', '../other.txt', 'device']) {
    assert.equal(await refusal(name), `'${name}' leads out of the served directory\r\n`);
  }
});

test('a secret is refused under each of its names', async () => {
  for (const name of ['sub/key.pem', './sub/key.pem', 'sub//key.pem', 'sub/../sub/key.pem', 'key-link', 'key-again']) {
    assert.equal(await refusal(name), `'${name}' holds a secret of this server\r\n`);
  }
});

test('a secret that comes later, or is written anew, is refused in its place, and the old one elsewhere', async () => {
  writeFileSync(at('not-there.pem'), 'secret');
  assert.equal(await refusal('not-there.pem'), "'not-there.pem' holds a secret of this server\r\n");
  renameSync(at('sub/key.pem'), at('sub/old.pem'));
  writeFileSync(at('sub/key.pem'), 'new secret');
  for (const name of ['sub/old.pem', 'sub/key.pem']) {
    assert.equal(await refusal(name), `'${name}' holds a secret of this server\r\n`);
  }
});

test('a directory is told to be one', async () => {
  for (const name of ['sub', 'sub/', '.']) assert.equal(await refusal(name), `'${name}' is a directory\r\n`);
});

test('a pipe is refused without waiting for its other end', { skip: process.platform === 'win32' }, async () => {
  execFileSync('mkfifo', [at('pipe')]);
  assert.equal(await refusal('pipe'), "'pipe' is not a regular file\r\n");
});

test('what cannot be opened has the lines of the reference', async () => {
  const missing = (name: string) => opening(name, '80000002', 'No such file or directory', '10000080', 'no such file');
  for (const name of ['nosuch', '', 'dangling', 'nosuch/a', 'sub/no']) await refuses(name, missing(name));
  await refuses('a.txt/x', opening('a.txt/x', '80000014', 'Not a directory', '10080002', 'system lib'));
  await refuses('a.txt/', opening('a.txt/', '80000014', 'Not a directory', '10080002', 'system lib'));
  await refuses('loop', opening('loop', '80000028', 'Too many levels of symbolic links', '10080002', 'system lib'));
});

test('a very long name is too long, and too long for the last part of its line', async () => {
  for (const [length, room] of [
    [1005, true],
    [1006, false],
    [16_370, false],
  ] as const) {
    const name = 'a'.repeat(length);
    const extra = room ? `calling fopen\\(${name}, r\\)` : '';
    const lines = opening(name, '80000024', 'File name too long', '10080002', 'system lib', extra);
    await refuses(name, lines);
  }
  for (const name of ['a/'.repeat(8000), `up/${'./'.repeat(3000)}other.txt`, `${'./'.repeat(3000)}a.txt`]) {
    await refuses(name, /^Error opening '[\w./]+' mode='r'\r\n\w+:error:80000024:/);
  }
  await refuses('a/'.repeat(2000), /^Error opening '(a\/)+' mode='r'\r\n\w+:error:80000002:/);
});

test('the mode of opening shows in the message alone', async () => {
  const { refusal = '' } = await openServed('nosuch', { ...served, openMode: 'rb' });
  assert.match(refusal, /^Error opening 'nosuch' mode='rb'\r\n.*:calling fopen\(nosuch, rb\)\n/);
});

async function content(name: string): Promise<string> {
  const { file, refusal } = await openServed(name, served);
  assert.ok(file, refusal);
  const text = await file.readFile('utf8');
  await file.close();
  return text;
}

async function refusal(name: string): Promise<string | undefined> {
  const opened = await openServed(name, served);
  await opened.file?.close();
  return opened.refusal;
}

async function refuses(name: string, text: RegExp): Promise<void> {
  assert.match((await refusal(name)) ?? '', text);
}

function opening(
  name: string,
  number: string,
  words: string,
  second: string,
  why: string,
  extra = `calling fopen\\(${name}, r\\)`,
): RegExp {
  return new RegExp(
    [
      `^Error opening '${name}' mode='r'\\r\\n`,
      `\\w+:error:${number}:system library:BIO_new_file:${words}:[^:]+:\\d+:${extra}\\n`,
      `\\w+:error:${second}:BIO routines:BIO_new_file:${why}:[^:]+:\\d+:\\n$`,
    ].join(''),
  );
}
