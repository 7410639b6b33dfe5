import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delays, shortDelays } from './progress-words.ts';

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

test('with short input and output a word is told each time that nothing moves', () => {
  let text = '';
  const draws = [4, 0, 1, 0, 0, 3, 7, 0, 1, 0, 2];
  const out = (line: string) => {
    text += line;
  };
  const observer = shortDelays({ out }, () => draws.shift() ?? 7);
  observer.read?.(Buffer.alloc(5), 5);
  observer.message?.('read', 22, 0x0304, Buffer.of(20));
  observer.message?.('write', 22, 0x0304, Buffer.of(20));
  observer.write?.(Buffer.alloc(3));
  assert.equal(text, 'DELAY\nDELAY\nDELAY\n');
  observer.read?.(Buffer.alloc(8), 8);
  observer.write?.(Buffer.alloc(2));
  assert.equal(text, 'DELAY\nDELAY\nDELAY\nRead BLOCK\nWrite BLOCK\n');
});
