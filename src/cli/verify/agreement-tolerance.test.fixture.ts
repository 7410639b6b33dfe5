import { createPublicKey } from 'node:crypto';
import { der, integer, objectIdentifier, octetString, sequence, Tag } from '../../bytes/der.ts';
import {
  alternativeNames,
  authority,
  constraints,
  dns,
  extendedUsage,
  extension,
  type Issued,
  keyOf,
  policies,
  uri,
  usage,
} from '../../x509/verify/issue.test.fixture.ts';
import { both, type Case, chain, leaf, middle, number, root, scope, under } from './agreement-parts.test.fixture.ts';

const junk = Buffer.of(1, 2, 3);
const withJunk = (oid: string, value: Uint8Array) => extension(oid, Buffer.concat([value, junk]));
const indefinite = (tag: number, ...contents: readonly Uint8Array[]) =>
  Buffer.concat([Buffer.of(tag, 0x80), ...contents, Buffer.of(0, 0)]);
const yes = der(Tag.boolean, Buffer.of(0xff));
const withLeaf = (...extensions: readonly Uint8Array[]): Case => ({ ...chain, leaf: { ...leaf, extensions } });
const checked = ['-crl_check'];
const bits = (...bytes: readonly number[]) => der(Tag.bitString, Buffer.from(bytes));

/** Values of extensions by their names. */
const values: Readonly<Record<string, readonly [oid: string, value: Uint8Array]>> = {
  'key usage': ['2.5.29.15', bits(7, 0x80)],
  'extended usage': ['2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.2'))],
  'basic constraints': ['2.5.29.19', sequence()],
  'a key identifier': ['2.5.29.14', octetString(junk)],
  "the authority's identifier": ['2.5.29.35', sequence()],
  names: ['2.5.29.17', sequence(dns('a.example'))],
  'distribution points': ['2.5.29.31', sequence(sequence(der(0xa0, der(0xa0, uri('http://a/')))))],
  policies: ['2.5.29.32', sequence(sequence(objectIdentifier('1.2.3')))],
  'the constraints of policies': ['2.5.29.36', sequence(der(0x80, Buffer.of(1)))],
  'no policy at all': ['2.5.29.54', integer(1)],
  'the Netscape type': ['2.16.840.1.113730.1.1', bits(6, 0x80)],
};
const words = ['-purpose', 'sslclient', '-policy_check'];

const infoOf = (name: string): Uint8Array => createPublicKey(keyOf(name)).export({ type: 'spki', format: 'der' });
const unknownKey = sequence(sequence(objectIdentifier('1.2.3.4')), bits(0, 1));
const brokenKey = sequence(
  sequence(objectIdentifier('1.2.840.10045.2.1'), objectIdentifier('1.2.840.10045.3.1.7')),
  bits(0, ...new Array<number>(65).fill(4)),
);
const unreadable = extension('2.5.29.15', Buffer.of(1));
const self: Issued = { subject: 'self', extensions: [usage(0x80), usage(0x80)] };
const fraction = der(0x18, Buffer.from('20211231235959.5Z'));
const from = der(0x18, Buffer.from('20200101000000Z'));
const earlier = der(0x18, Buffer.from('20210101000000Z'));

/** Cases of malformed values, tolerated and not tolerated by the reference. */
export const toleranceCases: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    Object.entries(values).flatMap(([what, [oid, value]]): [string, Case][] => [
      [`bytes behind ${what}`, { ...withLeaf(withJunk(oid, value)), words }],
      [`bytes behind ${what} of an authority`, { ...chain, untrusted: [under(withJunk(oid, value))], words }],
    ]),
  ),
  'bytes behind the constraints of names': {
    ...chain,
    untrusted: [under(withJunk('2.5.29.30', sequence(der(0xa0, sequence(dns('example'))))))],
    leaf: { ...leaf, extensions: [alternativeNames(dns('a.example'))] },
  },
  'an authority in an indefinite length': {
    ...chain,
    untrusted: [{ ...middle, extensions: [extension('2.5.29.19', indefinite(0x30, yes), 'critical')] }],
  },
  'an authority in a long length': {
    ...chain,
    untrusted: [
      { ...middle, extensions: [extension('2.5.29.19', Buffer.from('30830000030101ff', 'hex'), 'critical')] },
    ],
  },
  'a length of no end': withLeaf(extension('2.5.29.19', Buffer.of(0x30, 0x80, 1, 1, 0xff))),
  'a key identifier in pieces': withLeaf(
    extension('2.5.29.14', indefinite(0x24, octetString(Buffer.of(1)), octetString(Buffer.of(2)))),
  ),
  'names in an indefinite length': withLeaf(extension('2.5.29.17', indefinite(0x30, dns('a.example')))),
  'a signature with bits that do not count': { ...chain, leaf: { ...leaf, unusedBits: 1 } },
  'a root with bits that do not count': { ...chain, roots: [{ ...root, unusedBits: 3 }] },
  'a root with bits that do not count, when that counts': {
    ...chain,
    roots: [{ ...root, unusedBits: 3 }],
    words: ['-check_ss_sig'],
  },
  'a list with bits that do not count': { ...chain, crls: [{ issuer: 'middle', unusedBits: 7 }], words: checked },
  'a list with its number twice': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [number(1), number(1)] }],
    words: checked,
  },
  'a list whose number cannot be read': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [extension('2.5.29.20', Buffer.of(4, 0))] }],
    words: checked,
  },
  'a list with bytes behind its number': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [withJunk('2.5.29.20', integer(1))] }],
    words: checked,
  },
  'a list whose scope cannot be read': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [extension('2.5.29.28', Buffer.of(4, 0), 'critical')] }],
    words: checked,
  },
  'a list of two scopes': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [scope(der(0x81, Buffer.of(255)), der(0x82, Buffer.of(255)))] }],
    words: checked,
  },
  'a list whose authority cannot be read': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [extension('2.5.29.35', Buffer.of(4, 0))] }],
    words: checked,
  },
  'an entry whose reason cannot be read': {
    ...chain,
    crls: [{ issuer: 'middle', revoked: [[9, extension('2.5.29.21', Buffer.of(4, 0))], [3]] }],
    words: checked,
  },
  'an entry that takes back, behind one that cannot be read': {
    ...chain,
    crls: [
      {
        issuer: 'middle',
        revoked: [
          [9, extension('2.5.29.21', Buffer.of(4, 0))],
          [3, extension('2.5.29.21', der(0x0a, Buffer.of(8)))],
        ],
      },
    ],
    words: checked,
  },
  'a list that continues another, taken for a whole one': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [extension('2.5.29.27', integer(1), 'critical'), number(2)] }],
    words: checked,
  },
  'a list that continues another, of an authority that may not sign lists': {
    ...chain,
    untrusted: [under(usage(0x04))],
    crls: [{ issuer: 'middle', extensions: [extension('2.5.29.27', integer(1), 'critical')] }],
    words: checked,
  },
  'a list that continues another, with the longer rules': {
    ...chain,
    crls: [{ issuer: 'middle', extensions: [extension('2.5.29.27', integer(1), 'critical'), number(2)] }],
    words: [...checked, '-extended_crl'],
  },
  'a leaf that signs itself and cannot be read': { leaf: self, roots: [root] },
  'a trusted leaf that signs itself and cannot be read': { leaf: self, roots: [self] },
  'a leaf that cannot be read': withLeaf(unreadable),
  'an authority that cannot be read': { ...chain, untrusted: [under(unreadable)] },
  'a root that cannot be read': { ...chain, roots: [{ ...root, extensions: [authority(), unreadable] }] },
  'a leaf whose key nobody knows, below the root': {
    leaf: { ...leaf, issuer: 'root', publicKeyInfo: unknownKey },
    roots: [root],
  },
  'a leaf whose key is broken, below the root': {
    leaf: { ...leaf, issuer: 'root', publicKeyInfo: brokenKey },
    roots: [root],
  },
  'a leaf whose key is broken, without a root': { leaf: { ...leaf, publicKeyInfo: brokenKey }, roots: [] },
  'a leaf whose key is broken, at a level': {
    ...chain,
    leaf: { ...leaf, publicKeyInfo: brokenKey },
    words: ['-auth_level', '1'],
  },
  'an authority whose key is broken': {
    ...chain,
    untrusted: [{ ...middle, extensions: [authority()], publicKeyInfo: brokenKey }],
  },
  'a key in a long length': {
    ...chain,
    leaf: { ...leaf, publicKeyInfo: Buffer.concat([Buffer.from('308159', 'hex'), infoOf('leaf').subarray(2)]) },
  },
  'the root that was valid longest, by a time with a fraction': {
    ...chain,
    roots: [
      { ...root, times: [from, earlier] },
      { ...root, serial: 7, times: [from, fraction] },
    ],
  },
  'the newer list, by a time with a fraction': {
    ...chain,
    crls: [
      { issuer: 'middle', times: [earlier, earlier] },
      { issuer: 'middle', times: [fraction, earlier] },
    ],
    words: checked,
  },
  'a depth before a set of parameters': { ...chain, words: ['-verify_depth', '0', '-verify_name', 'default'] },
  'a depth after a set of parameters': { ...chain, words: ['-verify_name', 'default', '-verify_depth', '0'] },
  'a depth before another set of parameters': { ...chain, words: ['-verify_depth', '0', '-verify_name', 'ssl_client'] },
  'a policy that nobody has': {
    ...chain,
    untrusted: [under(policies('1.2.3'))],
    leaf: { ...leaf, extensions: [policies('1.2.3'), extendedUsage('1.3.6.1.5.5.7.3.1')] },
    words: ['-policy', '1.2.4', '-policy_print'],
  },
  'constraints without anything': { ...chain, untrusted: [under(constraints([]))], crls: both, words: checked },
};
