import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStdout } from './on-stdout.ts';

test('an output is on stdout if its last file is a dash', () => {
  const captures = (...files: readonly string[]) => onStdout(files.map((value) => ({ name: 'pcapng', value })));
  assert.deepEqual(captures('-'), ['pcapng']);
  assert.deepEqual(captures('-', '-'), ['pcapng']);
  assert.deepEqual(captures('-', 'file'), []);
});

test('facts may also name stdout by its descriptor', () => {
  assert.deepEqual(onStdout([{ name: 'json', value: 'fd:1' }]), ['json']);
  assert.deepEqual(onStdout([{ name: 'json', value: 'fd:2' }]), []);
  assert.deepEqual(onStdout([{ name: 'pcapng', value: 'fd:1' }]), []);
});

test('a dash is the name of a file elsewhere', () => {
  assert.deepEqual(onStdout([{ name: 'keylogfile', value: '-' }]), []);
});
