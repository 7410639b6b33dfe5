import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { argumentWord } from '../help/help.ts';
import { optionNamed, rows } from './index.ts';

const table = readFileSync(new URL('../../../../test/tables/options.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));
const ours = ['close_notify', 'record_size_limit'];

test('every option of the book has a row and no other has one but ours', () => {
  const expected = table.map(([name = '']) => name.slice(1));
  assert.equal(expected.length, 214);
  assert.deepEqual(rows.map(({ name }) => name).sort(), [...expected, ...ours].sort());
});

test('the argument of every row is that of the book', () => {
  for (const columns of table) {
    const [name = '', argument = ''] = [columns[0]?.slice(1), columns[1]?.replace(/ .*/, '')];
    const row = optionNamed(name);
    assert.ok(row, name);
    const word = argumentWord(row) ?? 'switch';
    assert.equal(word === 'val' ? 'string' : word, argument, name);
  }
});

test('no two rows share a name or an alias', () => {
  const names = rows.flatMap((row) => [row.name, ...(row.aliases ?? [])]);
  assert.equal(new Set(names).size, names.length);
});

test('the names that the manual misspells lead to the options that are meant', () => {
  assert.equal(optionNamed('psk_session_file')?.name, 'psk_session');
  assert.equal(optionNamed('srpval')?.name, 'srpvfile');
  assert.equal(optionNamed('atime')?.name, 'attime');
  assert.equal(optionNamed('allow-no-dhe-kex')?.name, 'allow_no_dhe_kex');
  assert.equal(optionNamed('h')?.name, 'help');
});
