import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed } from '../../bytes/malformed.ts';
import { integerValue } from './integer.ts';

test('integers have a sign', () => {
  assert.equal(integerValue(Buffer.of(0)), 0n);
  assert.equal(integerValue(Buffer.of(0x7f)), 127n);
  assert.equal(integerValue(Buffer.of(0, 0x80)), 128n);
  assert.equal(integerValue(Buffer.of(0xff)), -1n);
  assert.equal(integerValue(Buffer.of(0xff, 0x7f)), -129n);
  assert.equal(integerValue(Buffer.alloc(1000, 1)) >> 7992n, 1n);
});

test('an integer of no byte, or of more than needed, is malformed', () => {
  for (const bytes of [[], [0, 0], [0, 0x7f], [0xff, 0x80], [0xff, 0xff]]) {
    assert.throws(() => integerValue(Uint8Array.from(bytes)), Malformed);
  }
});
