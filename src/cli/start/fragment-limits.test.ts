import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stop } from '../output/stop.ts';
import { fragmentLimits, limitOfRecordSize } from './fragment-limits.ts';

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

test('a record size limit is from 64 to 16385 bytes', () => {
  assert.equal(limitOfRecordSize(64), 64);
  assert.equal(limitOfRecordSize(16385), 16385);
  for (const limit of [63, 16386]) {
    const text = `s_server: Record size limit ${limit} is out of permitted range\n`;
    assert.throws(() => limitOfRecordSize(limit), new Stop(text));
  }
});
