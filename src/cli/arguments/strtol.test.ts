import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numberKind, strtol } from './strtol.ts';

test('decimal, hexadecimal and octal numbers are read as strtol reads them', () => {
  assert.equal(strtol('4433'), 4433n);
  assert.equal(strtol(' +5'), 5n);
  assert.equal(strtol('-0x10'), -16n);
  assert.equal(strtol('010'), 8n);
  assert.equal(strtol('0'), 0n);
});

test('what is not all number is none', () => {
  for (const text of ['', ' ', '5 ', '3x', '09', '0x', '0x10x', '1e3', '--5', '0b1', '1_000']) {
    assert.equal(strtol(text), undefined, text);
  }
});

test('64 bits are the limit', () => {
  assert.equal(strtol('9223372036854775807'), 9223372036854775807n);
  assert.equal(strtol('9223372036854775808'), undefined);
  assert.equal(strtol('-9223372036854775808'), -9223372036854775808n);
});

test('every 64-bit number is read back from its decimal and hexadecimal text', () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => {
      const sign = value < 0n ? '-' : '';
      const magnitude = value < 0n ? -value : value;
      assert.equal(strtol(value.toString()), value);
      assert.equal(strtol(`${sign}0x${magnitude.toString(16)}`), value);
    }),
  );
});

test('any text is a number or none, and never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => ['bigint', 'undefined'].includes(typeof strtol(text))));
});

test('the beginning of a text tells which kind of number was meant', () => {
  assert.equal(numberKind('0xzz'), 'a hexadecimal');
  assert.equal(numberKind('08'), 'an octal');
  assert.equal(numberKind('abc'), 'a');
});
