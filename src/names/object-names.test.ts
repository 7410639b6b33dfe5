import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectNames } from './object-names.ts';

test('an object identifier has two names, or one, or none', () => {
  assert.deepEqual(objectNames('2.5.4.3'), { short: 'CN', long: 'commonName' });
  assert.deepEqual(objectNames('1.2.840.10045.3.1.7'), { short: 'prime256v1', long: 'prime256v1' });
  assert.equal(objectNames('1.2.3.4'), undefined);
});
