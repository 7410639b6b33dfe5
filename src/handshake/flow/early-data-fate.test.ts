import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cipherSuite } from '../../names/cipher-suites.ts';
import type { Session } from '../../sessions/session.ts';
import { baseSettings } from '../policy/base-settings.ts';
import { type EarlyDataQuestion, earlyDataReason, ticketAge } from './early-data-fate.ts';

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
function age(theirs: number, ours: number, tolerance?: number) {
  return ticketAge(session, (theirs + session.ticketAgeAdd) >>> 0, session.time * 1000 + ours, tolerance);
}

function fresh(theirs: number, ours: number): boolean {
  return age(theirs, ours).isFresh;
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
  assert.equal(age(0, -1, 60).isFresh, false);
});

test('a tolerance of the settings counts in both directions', () => {
  assert.deepEqual(age(80_999, 20_000, 60), { isFresh: true, skew: 60 });
  assert.deepEqual(age(81_000, 20_000, 60), { isFresh: false, skew: 61 });
  assert.deepEqual(age(20_000, 80_999, 60), { isFresh: true, skew: -60 });
  assert.deepEqual(age(20_000, 81_000, 60), { isFresh: false, skew: -61 });
  assert.deepEqual(age(20_000, 20_000, 0), { isFresh: true, skew: 0 });
  assert.deepEqual(age(21_000, 20_000, 0), { isFresh: false, skew: 1 });
});

test('the reason about early data is the first that applies', () => {
  const suite = cipherSuite(0x1301);
  const other = cipherSuite(0x1303);
  assert.ok(suite && other);
  const psk = { session, isFirst: true, age: { isFresh: true, skew: 0 } };
  const earlyData = { accepts: true, max: 16384, receiveMax: 16384, replayGuard: undefined };
  const good: EarlyDataQuestion = {
    settings: { ...baseSettings({ cacheSize: 1 }), earlyData },
    offers: { earlyData: {}, preSharedKey: {} },
    psk,
    retried: false,
    cipherSuite: suite,
    chosen: {},
  };
  const unsupported = { ...psk, session: { ...session, maxEarlyData: 0 } };
  const notOffered = { preSharedKey: {} };
  const reason = (changed: Partial<EarlyDataQuestion>) => earlyDataReason({ ...good, ...changed });
  assert.equal(reason({}), 'accepted');
  assert.equal(reason({ psk: { ...psk, age: undefined } }), 'accepted');
  assert.equal(reason({ settings: baseSettings({ cacheSize: 1 }), offers: {} }), 'disabled');
  assert.equal(reason({ settings: { ...good.settings, earlyData: { ...earlyData, accepts: false } } }), 'disabled');
  assert.equal(reason({ settings: { ...good.settings, earlyData: { ...earlyData, max: 0 } } }), 'disabled');
  assert.equal(reason({ psk: undefined, offers: {}, retried: true }), 'noSession');
  assert.equal(reason({ psk: undefined, retried: true }), 'notResumed');
  assert.equal(reason({ psk: { ...psk, isFirst: false } }), 'notResumed');
  assert.equal(reason({ psk: unsupported, offers: notOffered }), 'unsupportedForSession');
  assert.equal(reason({ psk: unsupported, settings: { ...good.settings, strict: true } }), 'unsupportedForSession');
  // As the reference does.
  assert.equal(reason({ psk: unsupported }), 'accepted');
  assert.equal(reason({ retried: true, offers: notOffered }), 'helloRetryRequest');
  assert.equal(reason({ offers: notOffered }), 'notOffered');
  assert.equal(reason({ chosen: { alpn: 'h2' } }), 'alpnMismatch');
  assert.equal(reason({ cipherSuite: other }), 'cipherSuiteMismatch');
  assert.equal(reason({ psk: { ...psk, age: { isFresh: false, skew: 11 } } }), 'ticketAgeSkew');
});
