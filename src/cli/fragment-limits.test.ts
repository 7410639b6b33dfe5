import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fragmentLimits } from './fragment-limits.ts';
import { Stop } from './stop.ts';

test('sizes out of their range are refused with the size', () => {
  const refused = (what: string) => new Stop(`s_server: ${what} is out of permitted range\n`);
  assert.throws(() => fragmentLimits({ max_send_frag: 511 }), refused('Max send fragment size 511'));
  assert.throws(() => fragmentLimits({ max_send_frag: 16385 }), refused('Max send fragment size 16385'));
  assert.throws(() => fragmentLimits({ split_send_frag: 16385 }), refused('Split send fragment size 16385'));
  assert.throws(
    () => fragmentLimits({ max_send_frag: 600, split_send_frag: 601 }),
    refused('Split send fragment size 601'),
  );
  assert.throws(() => fragmentLimits({ max_pipelines: 33 }), refused('Max pipelines 33'));
});

test('the limits themselves are in the range', () => {
  assert.doesNotThrow(() => fragmentLimits({ max_send_frag: 512, split_send_frag: 512, max_pipelines: 32 }));
  assert.doesNotThrow(() => fragmentLimits({}));
});
