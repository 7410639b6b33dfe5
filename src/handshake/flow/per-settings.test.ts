import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultGroups, group } from '../../names/groups.ts';
import { Version } from '../../names/versions.ts';
import { usableGroups } from '../hello/group-choice.ts';
import { impliedSignatureAlgorithms, ownSignatureSchemes, type SignatureSettings } from '../policy/signature-choice.ts';
import { perSettings, perVersion } from './per-settings.ts';
import type { Settings } from './settings.ts';

test('something is computed once for settings, and again for others', () => {
  let count = 0;
  const twice = perSettings((settings: { readonly of: number }) => {
    count++;
    return 2 * settings.of;
  });
  const settings = { of: 4 };
  assert.deepEqual([twice(settings), twice(settings), count], [8, 8, 1]);
  assert.deepEqual([twice({ of: 5 }), twice(settings), count], [10, 8, 2]);
});

test('where the version counts too, each one is computed once', () => {
  const computed: number[] = [];
  const label = perVersion((settings: { readonly of: string }, version) => {
    computed.push(version);
    return `${settings.of} ${version}`;
  });
  const settings = { of: 'a' };
  const versions = [Version['TLSv1.3'], Version['TLSv1.2'], Version['TLSv1.3']];
  assert.deepEqual(
    versions.map((version) => label(settings, version)),
    ['a 772', 'a 771', 'a 772'],
  );
  assert.deepEqual(computed, [Version['TLSv1.3'], Version['TLSv1.2']]);
});

test('the groups and schemes that settings leave are the same lists for every client', () => {
  const groups = defaultGroups.map(group).filter((it) => it !== undefined);
  const settings: Pick<Settings, 'groups'> & SignatureSettings = {
    groups,
    securityLevel: 2,
    serverPreference: false,
    signatureAlgorithms: undefined,
  };
  const lists = [usableGroups, ownSignatureSchemes, impliedSignatureAlgorithms] as const;
  for (const list of lists) {
    const of13 = list(settings as Settings, Version['TLSv1.3']);
    assert.equal(list(settings as Settings, Version['TLSv1.3']), of13);
    assert.notEqual(list(settings as Settings, Version['TLSv1.2']), of13);
    assert.notEqual(list({ ...settings } as Settings, Version['TLSv1.3']), of13);
  }
});
