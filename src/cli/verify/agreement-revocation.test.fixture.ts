import { der, sequence } from '../../bytes/der.ts';
import { directory, extension, policies, usage } from '../../x509/verify/issue.test.fixture.ts';
import {
  boolean,
  both,
  type Case,
  chain,
  deltaOf,
  freshest,
  leaf,
  middle,
  number,
  reason,
  scope,
  under,
  unknown,
} from './agreement-parts.test.fixture.ts';

/** Cases about certificate revocation lists. */
export const revocationCases: Readonly<Record<string, Case>> = {
  'a list': { ...chain, crls: both, words: ['-crl_check'] },
  'lists for all': { ...chain, crls: both, words: ['-crl_check', '-crl_check_all'] },
  'only the word for all': { ...chain, words: ['-crl_check_all'] },
  'a list that is missing for the intermediate': {
    ...chain,
    crls: [{ issuer: 'middle' }],
    words: ['-crl_check', '-crl_check_all'],
  },
  'a leaf that is revoked': { ...chain, crls: [{ issuer: 'middle', revoked: [[3]] }], words: ['-crl_check'] },
  'an intermediate that is revoked': {
    ...chain,
    crls: [{ issuer: 'root', revoked: [[2, reason(1)]] }, { issuer: 'middle' }],
    words: ['-crl_check', '-crl_check_all'],
  },
  'a list that has expired': { ...chain, crls: [{ issuer: 'middle', until: 2021 }], words: ['-crl_check'] },
  'a list of the future': { ...chain, crls: [{ issuer: 'middle', from: 2100 }], words: ['-crl_check'] },
  'the newer of two lists': {
    ...chain,
    crls: [
      { issuer: 'middle', from: 2020, revoked: [[3]] },
      { issuer: 'middle', from: 2022 },
    ],
    words: ['-crl_check'],
  },
  'a list whose signature is wrong': { ...chain, crls: [{ issuer: 'middle', damaged: true }], words: ['-crl_check'] },
  'a list with a critical extension': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [unknown] }],
    words: ['-crl_check'],
  },
  'an entry with a critical extension': {
    ...chain,
    crls: [{ issuer: 'middle', revoked: [[77, unknown]] }],
    words: ['-crl_check'],
  },
  'an issuer that may not sign lists': {
    ...chain,
    untrusted: [under(usage(0x04))],
    crls: [{ issuer: 'middle' }],
    words: ['-crl_check'],
  },
  'a list for users only': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [scope(boolean(0x81))] }],
    words: ['-crl_check'],
  },
  'a list for authorities only': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [scope(boolean(0x82))] }],
    words: ['-crl_check'],
  },
  'a list for some reasons': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [scope(der(0x83, Buffer.of(5, 0x60)))] }],
    words: ['-crl_check'],
  },
  'a list for some reasons, when that counts': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [scope(der(0x83, Buffer.of(5, 0x60)))] }],
    words: ['-crl_check', '-extended_crl'],
  },
  'lists for all reasons together': {
    ...chain,
    crls: [0x60, 0x1e].map((bits) => ({ issuer: 'middle', extensions: [scope(der(0x83, Buffer.of(0, bits)))] })),
    words: ['-crl_check', '-extended_crl'],
  },
  'an indirect list': {
    ...chain,
    untrusted: [middle, { subject: 'lists', issuer: 'root', serial: 4, extensions: [usage(0x02)] }],
    leaf: { ...leaf, extensions: [extension('2.5.29.31', sequence(sequence(der(0xa2, directory('lists')))))] },
    crls: [{ issuer: 'lists', extensions: [scope(boolean(0x84))] }],
    words: ['-crl_check', '-extended_crl'],
  },
  'an indirect list that revokes': {
    ...chain,
    untrusted: [middle, { subject: 'lists', issuer: 'root', serial: 4, extensions: [usage(0x02)] }],
    leaf: { ...leaf, extensions: [extension('2.5.29.31', sequence(sequence(der(0xa2, directory('lists')))))] },
    crls: [
      {
        issuer: 'lists',
        extensions: [scope(boolean(0x84))],
        revoked: [[3, extension('2.5.29.29', sequence(directory('middle')), 'critical')]],
      },
    ],
    words: ['-crl_check', '-extended_crl'],
  },
  'a delta list that revokes': {
    ...chain,
    leaf: { ...leaf, extensions: [freshest] },
    crls: [
      { issuer: 'middle', extensions: [number(1)] },
      { issuer: 'middle', extensions: [number(2), deltaOf(1)], revoked: [[3]] },
    ],
    words: ['-crl_check', '-use_deltas', '-extended_crl'],
  },
  'a delta list that takes back': {
    ...chain,
    leaf: { ...leaf, extensions: [freshest] },
    crls: [
      { issuer: 'middle', extensions: [number(1)], revoked: [[3, reason(6)]] },
      { issuer: 'middle', extensions: [number(2), deltaOf(1)], revoked: [[3, reason(8)]] },
    ],
    words: ['-crl_check', '-use_deltas', '-extended_crl'],
  },
  'a policy': {
    ...chain,
    untrusted: [under(policies('1.2.3'))],
    leaf: { ...leaf, extensions: [policies('1.2.3')] },
    words: ['-policy', '1.2.3', '-explicit_policy', '-policy_print'],
  },
  'another policy': {
    ...chain,
    untrusted: [under(policies('1.2.3'))],
    leaf: { ...leaf, extensions: [policies('1.2.3')] },
    words: ['-policy', '1.2.4', '-explicit_policy'],
  },
};
