import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delays } from './progress-words.ts';

test('each wait of the handshake is told once, and none of those after it', () => {
  let text = '';
  const observer = delays({
    out: (line) => {
      text += line;
    },
  });
  const finished = Buffer.of(20, 0, 0, 0);
  observer.read?.(Buffer.alloc(5), 5);
  observer.read?.(Buffer.alloc(5), 5);
  assert.equal(text, 'DELAY\n');
  observer.message?.('write', 22, 0x0304, finished);
  observer.write?.(Buffer.alloc(5));
  observer.read?.(Buffer.alloc(5), 5);
  observer.message?.('read', 22, 0x0304, finished);
  observer.write?.(Buffer.alloc(5));
  observer.read?.(Buffer.alloc(5), 5);
  assert.equal(text, 'DELAY\nDELAY\n');
});
