import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from '../../sessions/session.ts';
import { isFresh } from './early-data-fate.ts';

const session: Session = {
  version: 0x0304,
  cipherSuite: 0x1301,
  id: new Uint8Array(32),
  secret: new Uint8Array(32),
  idContext: new Uint8Array(0),
  time: 1_000,
  timeout: 7200,
  verifyResult: 0,
  ticketLifetimeHint: 0,
  ticketAgeAdd: 0xffff_fff0,
  compression: 0,
  extendedMasterSecret: false,
  maxEarlyData: 16384,
  maxFragmentLength: 0,
  group: 0,
};

/** The client's age and the time since the ticket, both in milliseconds. */
function fresh(theirs: number, ours: number): boolean {
  return isFresh(session, (theirs + session.ticketAgeAdd) >>> 0, session.time * 1000 + ours);
}

test('the ages of a ticket on both sides may differ by ten seconds', () => {
  assert.equal(fresh(0, 0), true);
  assert.equal(fresh(20_000, 20_000), true);
  assert.equal(fresh(11_000, 20_000), true);
  assert.equal(fresh(10_999, 20_000), false);
  assert.equal(fresh(21_000, 20_000), true);
  assert.equal(fresh(21_001, 20_000), false);
});

test('a ticket from the future and one that has run out are not fresh', () => {
  assert.equal(fresh(0, -1), false);
  assert.equal(fresh(7_200_000, 7_200_000), true);
  assert.equal(fresh(7_201_000, 7_201_000), false);
});
