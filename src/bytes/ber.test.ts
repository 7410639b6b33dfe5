import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withDefiniteLengths } from './ber.ts';
import { elementAt } from './der.ts';
import { Malformed } from './malformed.ts';

const converted = (hex: string) =>
  Buffer.from(withDefiniteLengths(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toString('hex');

test('indefinite lengths become definite', () => {
  assert.equal(converted('30 80 02 01 05 a0 80 05 00 00 00 00 00'), '3007020105a0020500');
  assert.equal(converted('30 80 00 00'), '3000');
});

test('a string in pieces, and in pieces of pieces, becomes one', () => {
  assert.equal(converted('24 80 04 01 61 24 06 04 01 62 04 01 63 04 00 00 00'), '0403616263');
  assert.equal(converted('24 00'), '0400');
});

test('lengths that are longer than they must be become short', () => {
  assert.equal(converted('30 84 00 00 00 04 04 81 01 61'), '3003040161');
});

test('what strings hold stays as it is', () => {
  assert.equal(converted('04 04 30 80 00 00'), '040430800000');
});

test('only the first element counts', () => {
  assert.equal(converted('05 00 ff ff'), '0500');
});

test('what does not end, does not fit, or is no string in pieces is refused', () => {
  for (const hex of [
    '',
    '30',
    '30 80',
    '30 80 05 00',
    '30 80 00',
    '30 80 00 01',
    '04 80 61 00 00',
    '30 02 04 01',
    '30 03 04 02 61',
    '04 83 01 00 00 61',
    '04 ff',
    `04 8a ${'ff '.repeat(10)}`,
    '24 03 02 01 05',
    '3f 01 00',
  ])
    assert.throws(() => converted(hex), Malformed, hex);
});

test('nothing is read that is nested too deep, too long, or of too many elements', () => {
  assert.throws(() => converted('30 80 '.repeat(50_000)), /too deep/);
  assert.throws(() => withDefiniteLengths(Buffer.alloc(9_000_000)), /too long/);
  assert.throws(() => converted(`30 80 ${'05 00 '.repeat(100_001)} 00 00`), /too many elements/);
});

test('whatever the bytes, one element comes out or the bytes are malformed', () => {
  const parts = fc.array(fc.constantFrom(0x30, 0x80, 0x24, 0x04, 0x00, 0x01, 0x02, 0x81, 0xa0), { maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(parts, fc.array(fc.nat(255))), (bytes) => {
      try {
        const out = withDefiniteLengths(Buffer.from(bytes));
        assert.equal(elementAt(out, 0).end, out.length);
        assert.deepEqual(Buffer.from(withDefiniteLengths(out)), Buffer.from(out));
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
