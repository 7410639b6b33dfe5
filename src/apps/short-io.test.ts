import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../connection/engine.ts';
import { ShortIo } from './short-io.ts';

test('bytes arrive in order, a few at a time', () => {
  const fed: Uint8Array[] = [];
  const engine = {
    feed(bytes: Uint8Array) {
      fed.push(bytes);
      return fed.length > 3 ? 'wait' : 'more';
    },
  } as Partial<Engine> as Engine;
  let next = 0;
  const short = new ShortIo(engine, (most) => (next++ % most) + 1);
  assert.equal(short.feed(Buffer.from('0123456789')), 'wait');
  assert.deepEqual(fed.map(String), ['0', '12', '345', '6789']);
  assert.equal(short.feed(new Uint8Array(0)), 'more');
});
