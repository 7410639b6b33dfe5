import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataFacts } from './data-facts.ts';
import type { Fact, Telling } from './fact.ts';
import { FactStream } from './fact-stream.ts';

function recorded(content: boolean) {
  const facts: Fact[] = [];
  const stream = new FactStream({ emit: (fact) => facts.push(fact) });
  const data = new DataFacts((kind, members) => stream.tell(kind, members, 1), content);
  const told = () => facts.splice(0).map((fact) => ('bytes' in fact ? fact.bytes : undefined));
  return { data, told, facts };
}

test('each direction has at most one fact in 100 milliseconds, and nothing is lost', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { data, told } = recorded(false);
  data.add('in', new Uint8Array(5), false);
  data.add('in', new Uint8Array(3), false);
  data.add('out', new Uint8Array(2), false);
  assert.deepEqual(told(), [5, 2]);
  t.mock.timers.tick(99);
  data.add('in', new Uint8Array(4), false);
  assert.deepEqual(told(), []);
  t.mock.timers.tick(1);
  assert.deepEqual(told(), [7]);
  t.mock.timers.tick(1000);
  data.add('in', new Uint8Array(1), false);
  assert.deepEqual(told(), [1]);
  data.add('in', new Uint8Array(6), false);
  data.end();
  assert.deepEqual(told(), [6]);
});

test('early data has facts of its own', () => {
  const { data, facts } = recorded(false);
  data.add('in', new Uint8Array(5), true);
  data.add('in', new Uint8Array(5), false);
  const early: unknown[] = facts.map((fact) => (fact as Telling<'data'>).early);
  assert.deepEqual(early, [true, false]);
  data.end();
});

test('content comes on demand, and does not wait beyond 64 KiB', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { data, told, facts } = recorded(true);
  data.add('in', Uint8Array.of(0xab), false);
  assert.deepEqual(
    facts.map((fact) => (fact as Telling<'data'>).content),
    ['ab'],
  );
  told();
  for (let i = 0; i < 3; i++) data.add('in', new Uint8Array(40_000), false);
  assert.deepEqual(told(), [80_000]);
  data.end();
  assert.deepEqual(told(), [40_000]);
});
