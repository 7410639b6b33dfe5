import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { termsPage } from './terms-page.ts';

test('docs/verdicts.md is made from the terms', () => {
  assert.equal(readFileSync('docs/verdicts.md', 'utf8'), termsPage());
});
