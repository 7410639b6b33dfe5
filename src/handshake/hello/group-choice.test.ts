import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Group, groupNamed } from '../../names/groups.ts';
import { Version } from '../../names/versions.ts';
import type { Settings } from '../flow/settings.ts';
import { settingsForGroups, sharedGroups, usableGroups } from './group-choice.ts';

const { 'TLSv1.2': tls12, 'TLSv1.3': tls13 } = Version;
const groups = ['X25519', 'P-256', 'brainpoolP256r1', 'ffdhe2048', 'P-192'].map(named);

function named(name: string): Group {
  return groupNamed(name) ?? assert.fail(name);
}

function settingsOf(more: Partial<Settings> = {}): Settings {
  return { groups, securityLevel: 0, serverPreference: false, ...more } as Settings;
}

function names(found: readonly Group[]): (string | undefined)[] {
  return found.map((it) => it.traceName);
}

test('each version has its own groups, and the security level drops the short ones', () => {
  const shown = (version: number, securityLevel: number) =>
    names(usableGroups(settingsOf({ securityLevel } as Partial<Settings>), version));
  assert.deepEqual(shown(tls13, 0), ['ecdh_x25519', 'secp256r1 (P-256)', 'ffdhe2048']);
  assert.deepEqual(shown(tls12, 0), ['ecdh_x25519', 'secp256r1 (P-256)', 'brainpoolP256r1', 'secp192r1 (P-192)']);
  assert.deepEqual(shown(tls12, 2), ['ecdh_x25519', 'secp256r1 (P-256)', 'brainpoolP256r1']);
  assert.deepEqual(shown(tls13, 3), ['ecdh_x25519', 'secp256r1 (P-256)']);
});

test("shared groups stand in the client's order, or with -serverpref in ours", () => {
  const theirs = [named('brainpoolP256r1').code, 0x7777, named('X25519').code];
  assert.deepEqual(names(sharedGroups(settingsOf(), tls12, theirs)), ['brainpoolP256r1', 'ecdh_x25519']);
  const preferring = settingsOf({ serverPreference: true });
  assert.deepEqual(names(sharedGroups(preferring, tls12, theirs)), ['ecdh_x25519', 'brainpoolP256r1']);
  assert.deepEqual(sharedGroups(settingsOf(), tls12, undefined), []);
});

test('the hybrids are the first level for a client that offers one of them, and do not exist for others', () => {
  const hybrids = ['X25519MLKEM768', 'SecP256r1MLKEM768'].map(named);
  const settings = settingsOf({ hybridGroups: hybrids });
  const offering = settingsForGroups(settings, [named('X25519').code, named('SecP256r1MLKEM768').code]);
  assert.deepEqual(offering.groups, [...hybrids, ...groups]);
  assert.deepEqual(offering.groupTuples, [hybrids, groups]);
  assert.equal(settingsForGroups(offering, [named('SecP256r1MLKEM768').code]), offering);
  assert.equal(settingsForGroups(settings, [named('X25519').code, named('MLKEM768').code]), settings);
  assert.equal(settingsForGroups(settings, undefined), settings);
});
