import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Credential, KeyType } from '../../x509/files/credential.ts';
import { acceptableCredentials } from './suite-choice.ts';

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

function credential(keyType: KeyType, group?: number): Credential {
  return { keyType, ...(group !== undefined && { group }) } as Credential;
}
