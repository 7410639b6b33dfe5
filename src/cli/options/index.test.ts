import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { argumentWord } from '../help/help.ts';
import { optionNamed, rows } from './index.ts';

const table = readFileSync(new URL('../../../../test/tables/options.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));
const sources = ['src', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('options/index.test.ts')),
);
const isTest = (file: string) => file.startsWith('test/') || file.includes('.test.');
const readers = sources
  .filter((file) => !isTest(file) && /^src\/cli\/(?!options\/|help\/)/.test(file))
  .map((file) => readFileSync(file, 'utf8'));
const tests = sources
  .filter((file) => isTest(file) && /^(?:src\/(?:cli|apps)|test)\//.test(file))
  .map((file) => readFileSync(file, 'utf8'));
const ours = [
  'expect',
  'exec',
  'ready',
  'report',
  'wait',
  'limit',
  'junit',
  'tap',
  'cid',
  'psk_file',
  'version',
  'explain',
  'no_color',
  'close_notify',
  'record_size_limit',
  'json',
  'json_bytes',
  'json_records',
  'json_data',
  'pcapng',
  'pcapng_nosecrets',
  'pcapng_size',
];

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

test('every option has its handler on its row or is read by name, and a test names it', () => {
  const ignored = rows.filter((row) => {
    const { name, configures, verifies, only, platformLacks, takesBack, hasNoEffect } = row;
    const handler = configures ?? verifies ?? only ?? platformLacks ?? takesBack ?? hasNoEffect;
    return handler === undefined && !isRead(name);
  });
  assert.deepEqual(ignored, []);
  const untested = rows.map(({ name }) => name).filter((name) => !isNamed(name));
  assert.deepEqual(untested, []);
});

test('an option that nothing reads is found', () => {
  assert.equal(isRead('no_such_option'), false);
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

/** isRead searches the code that follows the options: a member, or the name in quotes. */
function isRead(name: string): boolean {
  const member = `\\b(?:options|it)\\.${name}\\b`;
  const unpacked = `[{,] (?:${name}|'${name}')(?:: \\w+)?(?: = [^,}]+)?,?[^{}]*\\}(?:: (?:Options|Watched\\['options'\\])| = options\\b)`;
  const read = new RegExp(`${member}|'${name}'|${unpacked}`);
  return readers.some((text) => read.test(text));
}

/** isNamed searches the tests: the name with its dash, or a member of the options. */
function isNamed(name: string): boolean {
  const named = new RegExp(`(?<![\\w-])-${name}(?![\\w-])|'${name}'|\\b${name}: `);
  return tests.some((text) => named.test(text));
}
