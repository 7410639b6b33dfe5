import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CookieKeys } from '../flow/stateless-cookie.ts';
import { greet } from './greet.ts';

const contents = {
  cipherSuite: 0x1301,
  group: 0x1d,
  firstHello: new Uint8Array(32).fill(3),
  unchanging: new Uint8Array(32).fill(4),
};
const peer = '192.0.2.1:4711';
const now = 1_700_000_000_000;
const minute = 60_000;

function keys(): CookieKeys {
  let next = 0;
  return new CookieKeys((length) => new Uint8Array(length).fill(++next));
}

function cookieFrom(from: CookieKeys): Uint8Array {
  const greeted = greet({ cookie: undefined, peer, keys: from.at(now), now }, () => contents);
  assert.equal(greeted.what, 'reply');
  return greeted.what === 'reply' ? greeted.cookie : new Uint8Array(0);
}

function greeted(from: CookieKeys, cookie: Uint8Array, change: { peer?: string; now?: number } = {}): string {
  const at = change.now ?? now;
  return greet({ cookie, peer: change.peer ?? peer, keys: from.at(at), now: at }, () => contents).what;
}

test('a hello is answered with a cookie, and the cookie gives back what was agreed on', () => {
  const ours = keys();
  const cookie = cookieFrom(ours);
  const again = greet({ cookie, peer, keys: ours.at(now), now }, () => assert.fail());
  assert.equal(again.what, 'start');
  if (again.what !== 'start') return;
  assert.deepEqual(
    {
      ...again.contents,
      firstHello: Uint8Array.from(again.contents.firstHello),
      unchanging: Uint8Array.from(again.contents.unchanging),
    },
    contents,
  );
});

test('a cookie is good for ten minutes, also when the key has changed', () => {
  const ours = keys();
  const cookie = cookieFrom(ours);
  assert.equal(greeted(ours, cookie, { now: now + 10 * minute }), 'start');
  assert.equal(greeted(ours, cookie, { now: now + 10 * minute + 1000 }), 'reply');
  assert.equal(greeted(ours, cookie, { now: now + 20 * minute }), 'drop');
});

test('a cookie of another peer, of another process, or with any bit changed is refused', () => {
  const ours = keys();
  const cookie = cookieFrom(ours);
  assert.equal(greeted(ours, cookie, { peer: '192.0.2.1:4712' }), 'drop');
  const others = new CookieKeys((length) => new Uint8Array(length).fill(99));
  assert.equal(greeted(others, cookie), 'drop');
  for (let at = 0; at < cookie.length; at++) {
    const forged = Uint8Array.from(cookie);
    forged[at] = (forged[at] ?? 0) ^ 1;
    assert.equal(greeted(ours, forged), 'drop');
  }
  for (let length = 0; length < cookie.length; length++)
    assert.equal(greeted(ours, cookie.subarray(0, length)), 'drop');
});
