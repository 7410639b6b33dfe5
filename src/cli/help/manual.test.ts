import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { manual } from './manual.ts';

test('docs/manual.md says what the rows say (npm run docs writes it anew)', () => {
  const file = new URL('../../../../docs/manual.md', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), manual());
});
