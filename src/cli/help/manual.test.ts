import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { manual } from './manual.ts';

test('docs/manual.md says what the rows say (UPDATE=1 writes it anew)', () => {
  const file = new URL('../../../../docs/manual.md', import.meta.url);
  if (process.env.UPDATE === '1') writeFileSync(file, manual());
  assert.equal(readFileSync(file, 'utf8'), manual());
});
