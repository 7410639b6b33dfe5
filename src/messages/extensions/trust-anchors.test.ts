import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { trustAnchorId, trustAnchorText } from './trust-anchors.ts';

test('an identifier is a relative object identifier', () => {
  assert.deepEqual(trustAnchorId('32473.1'), Uint8Array.of(0x81, 0xfd, 0x59, 0x01));
  assert.equal(trustAnchorText(Uint8Array.of(0x81, 0xfd, 0x59, 0x01)), '32473.1');
});

test('a text and its bytes say the same', () => {
  const arcs = fc.array(fc.bigInt(0n, 2n ** 64n - 1n), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(arcs, (numbers) => {
      const text = numbers.join('.');
      const id = trustAnchorId(text);
      assert.equal(id && trustAnchorText(id), text);
    }),
  );
});

test('bytes and texts that are no identifier are undefined', () => {
  for (const bytes of [[], [0x81], [0x80, 1], [1, 0x80, 1]])
    assert.equal(trustAnchorText(Uint8Array.from(bytes)), undefined);
  for (const text of ['', '1.', '.1', '01', '-1', 'x', '1.18446744073709551616', Array(33).fill('1').join('.')]) {
    assert.equal(trustAnchorId(text), undefined, text);
  }
});
