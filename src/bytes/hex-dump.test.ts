import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hexDump } from './hex-dump.ts';

test('a row has offset, sixteen bytes with a dash in the middle, and text', () => {
  const bytes = Buffer.from('16030300410200003d0303f04571f11d', 'hex');
  assert.equal(hexDump(bytes), '0000 - 16 03 03 00 41 02 00 00-3d 03 03 f0 45 71 f1 1d   ....A...=...Eq..\n');
});

test('the last row is filled with blanks', () => {
  assert.equal(hexDump(Buffer.of(2, 3, 4)), `0000 - 02 03 04${' '.repeat(42)}...\n`.replace(/ {42}/, ' '.repeat(42)));
});

test('a deeper indent leaves room for fewer bytes', () => {
  const rows = (indent: number) => hexDump(Buffer.alloc(64), indent).split('\n')[1]?.trim().slice(0, 4);
  assert.deepEqual([4, 8, 10, 12].map(rows), ['0010', '000f', '000f', '000e']);
  assert.equal(hexDump(new Uint8Array(0)), '');
});
