import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventQueue, queued } from './event-queue.ts';
import { joinObservers, type Observer } from './observer.ts';

test('what a callback adds comes after all that was there', () => {
  const queue = new EventQueue();
  const seen: string[] = [];
  queue.add(() => {
    seen.push('one');
    queue.add(() => seen.push('three'));
    queue.drain();
  });
  queue.add(() => seen.push('two'));
  queue.drain();
  assert.deepEqual(seen, ['one', 'two', 'three']);
});

test('a callback that throws loses nothing that waits behind it', () => {
  const queue = new EventQueue();
  const seen: string[] = [];
  queue.add(() => {
    throw new Error('boom');
  });
  queue.add(() => seen.push('after'));
  assert.throws(() => queue.drain(), /boom/);
  queue.drain();
  assert.deepEqual(seen, ['after']);
});

test('a queued observer is told in its turn, and keeps what it lacks lacking', () => {
  const queue = new EventQueue();
  const seen: string[] = [];
  class States implements Observer {
    state(_where: string, name: string): void {
      seen.push(name);
    }
  }
  const observer = queued(new States(), queue);
  observer.state?.('accept', 'here');
  assert.deepEqual(seen, []);
  queue.drain();
  assert.deepEqual(seen, ['here']);
  assert.equal(observer.secret, undefined);
});

test('joined observers all hear what they listen to', () => {
  const seen: string[] = [];
  const joined = joinObservers([
    { alert: () => seen.push('a') },
    { alert: () => seen.push('b'), state: () => seen.push('c') },
    {},
  ]);
  joined.alert?.('read', 1, 0);
  joined.state?.('accept', 'x');
  assert.deepEqual(seen, ['a', 'b', 'c']);
  assert.equal(joined.secret, undefined);
});
