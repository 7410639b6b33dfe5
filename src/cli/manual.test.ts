import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { manual } from './manual.ts';
import { notAvailablePage, refuseWhatIsNotAvailable } from './not-available-yet.ts';
import { groups } from './options/index.ts';

for (const [name, page] of [
  ['manual.md', manual],
  ['not-available-yet.md', notAvailablePage],
] as const) {
  test(`docs/${name} says what the rows say (UPDATE=1 writes it anew)`, () => {
    const file = new URL(`../../../docs/${name}`, import.meta.url);
    if (process.env.UPDATE === '1') writeFileSync(file, page());
    assert.equal(readFileSync(file, 'utf8'), page());
  });
}

test('no option is left that is not available yet', () => {
  const names = groups.flatMap(({ rows }) => rows.map(({ name }) => name));
  assert.doesNotThrow(() => refuseWhatIsNotAvailable(names));
});
