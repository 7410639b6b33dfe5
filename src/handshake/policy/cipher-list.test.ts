import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { outcome, randomStringsAgree, skip } from './cipher-list.test.fixture.ts';
import { applyCipherList, ListFailure } from './cipher-list.ts';

test('every stored string gives the suites, or the errors, of the reference in its order', () => {
  for (const [text, expected] of goldenLists()) assert.equal(outcome(text), expected, text);
});

test('a security level inside the string replaces the one that was', () => {
  assert.equal(applyCipherList('DEFAULT', { level: 2 }).level, 2);
  assert.equal(applyCipherList('DEFAULT@SECLEVEL=4', { level: 2 }).level, 4);
  assert.equal(applyCipherList('@SECLEVEL=0:ALL:@SECLEVEL=1', { level: 2 }).level, 1);
});

test('the security level takes no suite out of the list', () => {
  const { suites } = applyCipherList('eNULL:@SECLEVEL=5', { level: 2 });
  assert.ok(suites.some(({ name }) => name === 'NULL-MD5'));
});

test('a failure carries the lines that the reference prints', () => {
  assert.throws(
    () => applyCipherList('FOO', { level: 2 }),
    (failure) => {
      assert.ok(failure instanceof ListFailure);
      assert.deepEqual(failure.lines, [
        { library: 20, reason: 185, text: 'no cipher match', function: 'SSL_CTX_set_cipher_list' },
      ]);
      return true;
    },
  );
});

test('any text at all gives a list or a failure', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.match(outcome(text), /^[0-9a-f]{4}( |$)|@/);
    }),
    { seed: 1 },
  );
});

test('random strings give the suites, or the errors, of the reference in its order', { skip }, () => {
  randomStringsAgree(50);
});

function goldenLists(): [text: string, expected: string][] {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  const lines = readFileSync(join(folder, 'test', 'tables', 'cipher-lists.tsv'), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.slice(2).map((line) => {
    const [text = '', expected = ''] = line.split('\t');
    return [text, expected];
  });
}
