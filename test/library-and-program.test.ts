import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rows } from '../src/cli/options/index.ts';

test('the comparison of library and program has every option of the program once', () => {
  const text = readFileSync('docs/library-and-program.md', 'utf8');
  const named = [...text.matchAll(/`-([\w-]+)`/g)].flatMap(([, name]) => name ?? []);
  const missing = rows.map(({ name }) => name).filter((name) => !named.includes(name));
  const twice = named.filter((name, at) => named.indexOf(name) !== at);
  const unknown = named.filter((name) => !rows.some((row) => row.name === name));
  assert.deepEqual({ missing, twice, unknown }, { missing: [], twice: [], unknown: [] });
});
