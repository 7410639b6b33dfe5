import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cipherSuite } from '../../names/cipher-suites.ts';
import type { Credential, KeyType } from '../../x509/files/credential.ts';
import type { Settings } from '../flow/settings.ts';
import { baseSettings } from '../policy/base-settings.ts';
import { acceptableCredentials, preferredSuites } from './suite-choice.ts';

test('a certificate on a curve that the client has not named is not used', () => {
  const credentials = [credential('EC', 0x18), credential('RSA'), credential('EC')];
  const types = (peerGroups?: readonly number[]) =>
    acceptableCredentials(credentials, peerGroups).map(({ keyType, group }) => `${keyType} ${group ?? '-'}`);
  assert.deepEqual(types([0x1d, 0x17]), ['RSA -']);
  assert.deepEqual(types([0x1d, 0x18]), ['EC 24', 'RSA -']);
});

test('to a client without groups every curve that has a number is good', () => {
  const credentials = [credential('EC', 0x18), credential('EC')];
  assert.deepEqual(acceptableCredentials(credentials), [credentials[0]]);
  assert.deepEqual(acceptableCredentials(credentials, []), [credentials[0]]);
});

test('within a level of preference the order of the client decides, between levels ours', () => {
  const [a, b, c] = [0xc02f, 0xc030, 0x002f].map((code) => cipherSuite(code) ?? assert.fail());
  assert.ok(a && b && c);
  const settings = { ...baseSettings({ cacheSize: 1 }), cipherSuites: [a, b, c], cipherSuiteTuples: [[a, b], [c]] };
  const order = (tuples: Settings['cipherSuiteTuples'], ...offered: readonly number[]) => {
    const { cipherSuiteTuples: _, ...without } = settings;
    const asked = tuples === undefined ? without : { ...settings, cipherSuiteTuples: tuples };
    return preferredSuites(asked, [a, b, c], offered);
  };
  assert.deepEqual(order(settings.cipherSuiteTuples, c.code, b.code, a.code), [b, a, c]);
  assert.deepEqual(order(settings.cipherSuiteTuples, a.code, b.code, c.code), [a, b, c]);
  assert.deepEqual(order([[a], [b], [c]], c.code, b.code, a.code), [a, b, c]);
  assert.deepEqual(order(undefined, c.code, b.code, a.code), [a, b, c]);
});

function credential(keyType: KeyType, group?: number): Credential {
  return { keyType, ...(group !== undefined && { group }) } as Credential;
}
