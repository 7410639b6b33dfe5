import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeldOutputs } from './outputs.ts';
import { Screen } from './screen.test.fixture.ts';

test('what is held back comes out in the order of production', () => {
  const screen = new Screen();
  const outputs = new HeldOutputs(screen);
  outputs.out('a');
  outputs.hold();
  outputs.out('b');
  outputs.raw(Buffer.from('c'));
  outputs.err('x');
  outputs.out('d');
  assert.equal(screen.stdout, 'a');
  outputs.release();
  assert.equal(screen.stdout, 'abcd');
  assert.equal(screen.stderr, 'x');
  outputs.out('e');
  assert.equal(screen.stdout, 'abcde');
});

test('no more than a bounded amount is held, and what is lost is counted', () => {
  const screen = new Screen();
  const outputs = new HeldOutputs(screen);
  outputs.hold();
  for (let i = 0; i < 100_000; i++) outputs.out('Read BLOCK\n');
  assert.ok(outputs.crowded);
  outputs.release();
  assert.ok(screen.stdout.length < 200_000);
  assert.match(screen.stderr, /^\d+ more pieces of output were not kept\n$/);
  assert.ok(!outputs.crowded);
});

test('application data overtakes text that may come late, other text does not', () => {
  const screen = new Screen();
  const outputs = new HeldOutputs(screen);
  outputs.late('a');
  outputs.late('b');
  outputs.raw(Buffer.from('data '));
  outputs.late('c');
  outputs.out('d');
  assert.equal(screen.stdout, 'data abcd');
});

test('text that may come late comes also when nothing follows', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const screen = new Screen();
  new HeldOutputs(screen).late('alone');
  assert.equal(screen.stdout, '');
  t.mock.timers.tick(100);
  assert.equal(screen.stdout, 'alone');
});
