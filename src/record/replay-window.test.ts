import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ReplayWindow } from './replay-window.ts';

test('each record passes once, and those more than 64 behind the newest not at all', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }), (sequences) => {
      const window = new ReplayWindow();
      const seen = new Set<number>();
      let highest = -1;
      for (const sequence of sequences) {
        const expected = !seen.has(sequence) && sequence > highest - 64;
        assert.equal(window.accepts(sequence), expected);
        if (!expected) continue;
        window.mark(sequence);
        seen.add(sequence);
        highest = Math.max(highest, sequence);
      }
    }),
  );
});

test('a great leap forgets what was before it, up to the largest number that there is', () => {
  const window = new ReplayWindow();
  for (let sequence = 0; sequence < 64; sequence++) window.mark(sequence);
  const largest = 2 ** 48 - 1;
  window.mark(largest);
  assert.equal(window.accepts(largest), false);
  assert.equal(window.accepts(largest - 63), true);
  assert.equal(window.accepts(largest - 64), false);
});
