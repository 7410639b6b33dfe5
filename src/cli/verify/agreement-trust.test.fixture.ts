import { der, objectIdentifier, sequence, Tag } from '../../bytes/der.ts';
import { authority, directory, extension, usage } from '../../x509/verify/issue.test.fixture.ts';
import { boolean, type Case, chain, leaf, middle, root, scope } from './agreement-parts.test.fixture.ts';

const uses = (...identifiers: readonly string[]) => identifiers.map((it) => objectIdentifier(it));
const trusting = (...identifiers: readonly string[]) => sequence(sequence(...uses(...identifiers)));
const rejecting = (...identifiers: readonly string[]) => sequence(der(0xa0, ...uses(...identifiers)));
const anyUse = '2.5.29.37.0';
const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

const under = (settings: Uint8Array, ...words: readonly string[]): Case => ({
  ...chain,
  roots: [{ ...root, settings }],
  words,
});

/** listsOf has an authority of lists with a path of its own. */
const listsOf = (issuer: string, until = 2120): Case => ({
  ...chain,
  roots: [root, { subject: 'other', extensions: [authority()] }],
  untrusted: [middle, { subject: 'lists', issuer, serial: 4, until, extensions: [usage(0x02)] }],
  leaf: { ...leaf, extensions: [extension('2.5.29.31', sequence(sequence(der(0xa2, directory('lists')))))] },
  crls: [{ issuer: 'lists', extensions: [scope(boolean(0x84))] }],
  words: ['-crl_check', '-extended_crl'],
});

const explicitMiddle: Case = {
  ...chain,
  untrusted: [{ ...middle, key: 'explicit' }],
  leaf: { ...leaf, signer: 'explicit' },
};
const explicitLeaf: Case = { ...chain, leaf: { ...leaf, key: 'explicit' } };
const explicitRoot: Case = {
  ...chain,
  roots: [{ ...root, key: 'explicit', signer: 'explicit' }],
  untrusted: [{ ...middle, signer: 'explicit' }],
};

/** Cases about trust settings, paths of lists' issuers, and keys with unexpected properties. */
export const trustCases: Readonly<Record<string, Case>> = {
  'a root that is trusted for this': under(trusting(serverAuth), '-purpose', 'sslserver'),
  'a root that is trusted for something else': under(trusting(serverAuth), '-purpose', 'sslclient'),
  'a root that is rejected for this': under(rejecting(clientAuth), '-purpose', 'sslclient'),
  'a root that is rejected for something else': under(rejecting(clientAuth), '-purpose', 'sslserver'),
  'a root that is rejected for everything': under(rejecting(anyUse)),
  'a root that is rejected for what nobody asks': under(rejecting(clientAuth)),
  'a root that is trusted for nothing': under(trusting()),
  'a root that is trusted and rejected': under(
    sequence(sequence(...uses(anyUse)), der(0xa0, ...uses(serverAuth)), der(Tag.utf8String, Buffer.from('alias'))),
    '-purpose',
    'sslserver',
  ),
  'an intermediate that is rejected': {
    ...chain,
    roots: [root, { ...middle, settings: rejecting(clientAuth) }],
    untrusted: [],
    words: ['-purpose', 'sslclient'],
  },
  'a leaf that is trusted itself': {
    ...chain,
    roots: [{ ...leaf, settings: trusting(clientAuth) }],
    words: ['-purpose', 'sslclient', '-partial_chain'],
  },
  'a list whose issuer has expired': listsOf('root', 2021),
  'a list whose issuer has another anchor': listsOf('other'),
  'a list whose issuer nobody has signed': listsOf('nobody'),
  'Suite B with a stronger key under a weaker': {
    ...chain,
    leaf: { ...leaf, key: 'P-384' },
    words: ['-suiteB_128'],
  },
  'Suite B with a stronger key under a weaker, both told': {
    ...chain,
    leaf: { ...leaf, key: 'P-384' },
    words: ['-suiteB_128_only'],
  },
  'an authority with explicit parameters': explicitMiddle,
  'an authority with explicit parameters, strictly': { ...explicitMiddle, words: ['-x509_strict'] },
  'a leaf with explicit parameters': explicitLeaf,
  'a leaf with explicit parameters, strictly': { ...explicitLeaf, words: ['-x509_strict'] },
  'a root with explicit parameters, strictly': { ...explicitRoot, words: ['-x509_strict'] },
};
