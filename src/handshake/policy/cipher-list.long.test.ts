import { test } from 'node:test';
import { randomStringsAgree, skip } from './cipher-list.test.fixture.ts';

test('thousands of random strings give the suites, or the errors, of the reference in its order', { skip }, () => {
  randomStringsAgree(2000);
});
