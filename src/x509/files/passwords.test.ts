import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LoadFailure } from './load-failure.ts';
import { passwordFrom, passwordsFrom } from './passwords.ts';

const folder = mkdtempSync(join(tmpdir(), 'passwords-'));
after(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, `${Math.random()}`);
  writeFileSync(path, content);
  return path;
}

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

test('a password is given, or comes from the environment or a file', () => {
  process.env.SERVERHELLO_TEST_PASSWORD = 'from environment';
  assert.equal(text(passwordFrom('pass:a:b')), 'a:b');
  assert.equal(text(passwordFrom('pass:')), '');
  assert.equal(text(passwordFrom('env:SERVERHELLO_TEST_PASSWORD')), 'from environment');
  assert.equal(text(passwordFrom(`file:${file('first\nsecond\n')}`)), 'first');
  assert.equal(text(passwordFrom(`file:${file('no newline')}`)), 'no newline');
  assert.equal(text(passwordFrom(`file:${file('\nsecond\n')}`)), '');
});

test('a descriptor is read up to the end of the line', () => {
  const descriptor = openSync(file('one\ntwo\n'), 'r');
  try {
    assert.equal(text(passwordFrom(`fd:${descriptor}`)), 'one');
    assert.equal(text(passwordFrom(`fd:${descriptor}`)), 'two');
    refuses(() => passwordFrom(`fd:${descriptor}`), 'Error reading password from BIO');
  } finally {
    closeSync(descriptor);
  }
});

test('two options with the same source get successive lines', () => {
  const source = `file:${file('one\ntwo\n')}`;
  const { first, second } = passwordsFrom(source, source);
  assert.deepEqual([text(first), text(second)], ['one', 'two']);
  const short = `file:${file('one\n')}`;
  refuses(() => passwordsFrom(short, short), 'Error reading password from BIO');
});

test('two options with different sources each get the first line', () => {
  const { first, second } = passwordsFrom(`file:${file('one\nx\n')}`, `file:${file('two\n')}`);
  assert.deepEqual([text(first), text(second)], ['one', 'two']);
  assert.deepEqual(passwordsFrom(undefined, undefined), {});
  assert.equal(text(passwordsFrom(undefined, 'pass:x').second), 'x');
  assert.equal(text(passwordsFrom('pass:x', undefined).first), 'x');
  assert.equal(text(passwordsFrom('pass:x', 'pass:x').second), 'x');
});

test('a line is cut where the reference cuts it', () => {
  assert.equal(passwordFrom(`file:${file('x'.repeat(3000))}`).length, 1023);
});

test('what cannot be had is told in the words of the reference', () => {
  const missing = "Invalid password argument, missing ':' within the first 5 chars";
  refuses(() => passwordFrom('foo'), missing);
  refuses(() => passwordFrom('nosuch:x'), missing);
  refuses(() => passwordFrom(':'), 'Invalid password argument, starting with ":"');
  refuses(() => passwordFrom('Pass:x'), 'Invalid password argument, starting with "Pass:"');
  refuses(() => passwordFrom('env:SERVERHELLO_NO_SUCH'), 'No environment variable SERVERHELLO_NO_SUCH');
  refuses(() => passwordFrom(`file:${folder}/none`), `Can't open file ${folder}/none`);
  refuses(() => passwordFrom(`file:${folder}`), 'Error reading password from BIO');
  refuses(() => passwordFrom('fd:9999'), 'Error reading password from BIO');
});

function refuses(action: () => unknown, sentence: string): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof LoadFailure);
    assert.equal(error.message, `${sentence}\nError getting password`);
    assert.deepEqual(error.lines, []);
    return true;
  });
}
