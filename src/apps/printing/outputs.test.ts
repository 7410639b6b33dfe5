import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Screen } from '../screen.test.fixture.ts';
import { HeldOutputs } from './outputs.ts';

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

test('output that is held back pushes back beyond a bound, until it comes out', () => {
  const screen = new Screen();
  const outputs = new HeldOutputs(screen);
  outputs.hold();
  let pieces = 0;
  for (; !outputs.full && pieces < 100_000; pieces++) outputs.out('Read BLOCK\n');
  assert.ok(outputs.full);
  let room = 0;
  outputs.whenRoom(() => room++);
  assert.equal(room, 0);
  outputs.release();
  assert.equal(screen.stdout, 'Read BLOCK\n'.repeat(pieces));
  assert.equal(room, 1);
  assert.ok(!outputs.full);
});

test('outputs that are not held back are as full as where they lead', () => {
  const proceed: (() => void)[] = [];
  const backlog = { full: true, whenRoom: (it: () => void) => void proceed.push(it) };
  const outputs = new HeldOutputs({ ...silent, backlog });
  assert.ok(outputs.full);
  outputs.hold();
  assert.ok(!outputs.full);
  while (!outputs.full) outputs.out('Read BLOCK\n');
  let room = 0;
  outputs.whenRoom(() => room++);
  outputs.release();
  assert.equal(room, 0);
  for (const it of proceed) it();
  assert.equal(room, 1);
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

const silent = { out: () => undefined, err: () => undefined, raw: () => undefined };
