import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EarlyDataLines } from './early-data-lines.ts';

function lines(): { readonly early: EarlyDataLines; printed(): string } {
  let text = '';
  const early = new EarlyDataLines({
    out: (line) => {
      text += line;
    },
    raw: (bytes) => {
      text += Buffer.from(bytes).toString('latin1');
    },
  });
  return { early, printed: () => text };
}

test('that there is none is told at once, and once', () => {
  const { early, printed } = lines();
  assert.equal(early.over, false);
  early.observer.note?.('earlyDataOver', { fate: 'notOffered' });
  assert.equal(early.over, true);
  assert.equal(printed(), 'No early data received\n');
  early.summarize();
  assert.equal(printed(), 'No early data received\n');
});

test('what a first hello came to is not changed by the second', () => {
  const { early, printed } = lines();
  early.observer.note?.('earlyDataOver', { fate: 'rejected' });
  early.observer.note?.('earlyDataOver', { fate: 'notOffered' });
  assert.equal(printed(), 'Early data was rejected\n');
});

test('the end of what came waits for the end of the handshake', () => {
  const { early, printed } = lines();
  early.received(Buffer.from('one'));
  early.received(Buffer.from(' two'));
  early.observer.note?.('earlyDataOver', { fate: 'accepted' });
  assert.equal(printed(), 'Early data received:\none two');
  early.summarize();
  assert.equal(printed(), 'Early data received:\none two\nEnd of early data\n');
});

test('a version without early data has none', () => {
  const { early, printed } = lines();
  early.summarize();
  assert.equal(printed(), 'No early data received\n');
});
