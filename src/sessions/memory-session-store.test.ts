import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Version } from '../names/versions.ts';
import { MemorySessionStore } from './memory-session-store.ts';
import type { Session } from './session.ts';
import { Statistics } from './statistics.ts';

const start = 1_000_000;

test('a session is found by its id until it is removed', () => {
  const { store } = setUp(10);
  const session = sessionOf(1);
  store.put(session);
  assert.equal(store.get(Uint8Array.from(session.id)), session);
  assert.equal(store.get(Buffer.of(2)), undefined);
  store.remove(session.id);
  assert.equal(store.get(session.id), undefined);
  assert.equal(store.size, 0);
});

test('a full store drops its oldest sessions and counts them', () => {
  const { store, statistics } = setUp(3);
  for (let id = 1; id <= 5; id++) store.put(sessionOf(id));
  assert.equal(store.size, 3);
  assert.equal(statistics.cacheFull, 2);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((id) => store.get(Buffer.of(id)) !== undefined),
    [false, false, true, true, true],
  );
});

test('a session of the same id is replaced, counts as new and drops no other', () => {
  const { store, statistics } = setUp(2);
  store.put(sessionOf(1));
  store.put(sessionOf(2));
  const replaced = sessionOf(1);
  store.put(replaced);
  assert.equal(statistics.cacheFull, 0);
  store.put(sessionOf(3));
  assert.equal(store.get(Buffer.of(1)), replaced);
  assert.equal(store.get(Buffer.of(2)), undefined);
});

test('a session is found for as long as its timeout, then removed and counted', () => {
  const { store, statistics, clock } = setUp(2);
  store.put(sessionOf(1));
  clock.now = start + 300;
  assert.ok(store.get(Buffer.of(1)));
  clock.now = start + 301;
  assert.equal(store.get(Buffer.of(1)), undefined);
  assert.equal(store.size, 0);
  assert.equal(statistics.timeouts, 1);
});

test('a capacity of 0 sets no limit', () => {
  const { store, statistics } = setUp(0);
  for (let id = 0; id < 200; id++) store.put(sessionOf(id));
  assert.equal(store.size, 200);
  assert.equal(statistics.cacheFull, 0);
});

function setUp(capacity: number) {
  const clock = { now: start };
  const statistics = new Statistics();
  const store = new MemorySessionStore({ capacity, now: () => clock.now, statistics });
  return { store, statistics, clock };
}

function sessionOf(id: number): Session {
  return {
    version: Version['TLSv1.2'],
    cipherSuite: 0xc030,
    id: Buffer.of(id),
    secret: Buffer.alloc(48),
    idContext: Buffer.of(1, 0, 0, 0),
    time: start,
    timeout: 300,
    verifyResult: 0,
    ticketLifetimeHint: 0,
    ticketAgeAdd: 0,
    compression: 0,
    extendedMasterSecret: true,
    maxEarlyData: 0,
    maxFragmentLength: 0,
    group: 0x001d,
  };
}
