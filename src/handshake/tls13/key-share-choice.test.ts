import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Group, groupNamed } from '../../names/groups.ts';
import { Problem } from '../../names/problems.ts';
import type { Offers } from '../extensions/index.ts';
import type { Settings } from '../flow/settings.ts';
import { chooseKeyExchange, requestedShare } from './key-share-choice.ts';
import type { ChosenPsk } from './resume13.ts';

const [x25519, p256, p384] = ['X25519', 'P-256', 'P-384'].map(named) as [Group, Group, Group];
const keyExchange = new Uint8Array(32);

function named(name: string): Group {
  return groupNamed(name) ?? assert.fail(name);
}

function settingsOf(groups: readonly Group[], groupTuples?: readonly (readonly Group[])[]): Settings {
  return { groups, securityLevel: 0, ...(groupTuples && { groupTuples }) } as Settings;
}

/** The client supports the groups, and has shares for some of them. */
function offersOf(supported: readonly Group[], shares: readonly Group[]): Offers {
  const codes = supported.map(({ code }) => code);
  return { supportedGroups: codes, keyShare: shares.map(({ code: group }) => ({ group, keyExchange })) };
}

/** The name of the group of a share, that of a group to be asked for, or the problem. */
function outcome(settings: Settings, offers: Offers, psk?: Pick<ChosenPsk, 'keyExchange'>): string | undefined {
  try {
    const choice = chooseKeyExchange({ settings, tell: {} }, offers, psk as ChosenPsk | undefined);
    if (choice === undefined) return undefined;
    return 'retry' in choice ? `asks for ${choice.retry.names[0]}` : choice.group.names[0];
  } catch (error) {
    return error instanceof Problem ? error.problem : String(error);
  }
}

test("the first of the client's shares in one of our groups is taken, whatever our order", () => {
  assert.equal(outcome(settingsOf([p256, x25519]), offersOf([x25519, p256], [x25519, p256])), 'x25519');
});

test('without a share in one of our groups the client is asked for one, in our order', () => {
  const settings = settingsOf([p384, p256]);
  assert.equal(outcome(settings, offersOf([x25519, p256, p384], [x25519])), 'asks for secp384r1');
  assert.equal(outcome(settings, offersOf([x25519], [x25519])), 'noSuitableKeyShare');
});

test('a group of a better level is asked for although a share of a later one is there', () => {
  const settings = settingsOf([p384, x25519], [[p384], [x25519]]);
  assert.equal(outcome(settings, offersOf([x25519, p384], [x25519])), 'asks for secp384r1');
  assert.equal(outcome(settings, offersOf([x25519], [x25519])), 'x25519');
});

test('the shares behind the first usable one do not matter, also when no group of an earlier level is offered', () => {
  const settings = settingsOf([p384, x25519], [[p384], [x25519]]);
  assert.equal(outcome(settings, offersOf([x25519], [x25519, p256])), 'x25519');
});

test('a share of a group that the client has not listed is refused', () => {
  assert.equal(outcome(settingsOf([x25519]), offersOf([p256], [x25519])), 'badKeyShare');
});

test('a pre-shared key may do without a key exchange', () => {
  const settings = settingsOf([p256]);
  assert.equal(outcome(settings, {}, { keyExchange: 'none' }), undefined);
  assert.equal(outcome(settings, offersOf([x25519], [x25519]), { keyExchange: 'ifShared' }), undefined);
  assert.equal(outcome(settings, offersOf([x25519], [x25519]), { keyExchange: 'always' }), 'noSuitableKeyShare');
});

test('after it was asked a client sends one share, of that group', () => {
  assert.equal(requestedShare(offersOf([p256], [p256]), p256).group, p256);
  for (const shares of [[], [x25519], [p256, x25519]])
    assert.throws(() => requestedShare(offersOf([p256, x25519], shares), p256), Problem);
});
