import { der, integer, objectIdentifier, octetString, sequence, Tag } from '../../bytes/der.ts';
import {
  alternativeNames,
  authority,
  constraints,
  directory,
  dns,
  email,
  extension,
  type Issued,
  mappings,
  policies,
  usage,
} from '../../x509/verify/issue.test.fixture.ts';
import {
  type Case,
  chain,
  constraint,
  leaf,
  middle,
  number,
  proxyOf,
  root,
  under,
} from './agreement-parts.test.fixture.ts';

const withLeaf = (...extensions: readonly Uint8Array[]): Case => ({ ...chain, leaf: { ...leaf, extensions } });
const critical = (oid: string, value: Uint8Array) => extension(oid, value, 'critical');
const bits = (...bytes: readonly number[]) => der(Tag.bitString, Buffer.from(bytes));
const attribute = (type: string, tag: number, ...bytes: readonly number[]) =>
  der(Tag.set, sequence(objectIdentifier(type), der(tag, Buffer.from(bytes))));
const emailAddress = '1.2.840.113549.1.9.1';
const nameOnly = (...sets: readonly Uint8Array[]): Issued => ({
  ...leaf,
  subject: sequence(...sets),
  key: 'leaf',
  signer: 'middle',
});
const qualified = (oid: string, qualifier: Uint8Array) =>
  extension(
    '2.5.29.32',
    sequence(sequence(objectIdentifier('1.2.3'), sequence(sequence(objectIdentifier(oid), qualifier)))),
  );

const international = (constraint: string, host: string): Case => ({
  ...chain,
  untrusted: [under(constraints([email(constraint)]))],
  leaf: {
    ...leaf,
    extensions: [
      alternativeNames(
        der(0xa0, objectIdentifier('1.3.6.1.5.5.7.8.9'), der(0xa0, der(Tag.utf8String, Buffer.from(`\u00fc@${host}`)))),
      ),
    ],
  },
});
const unknownKey = sequence(sequence(objectIdentifier('1.2.3.4')), bits(0, 1));
const ed25519 = sequence(sequence(objectIdentifier('1.3.101.112')), bits(0, ...new Array<number>(32).fill(9)));
const ofP384: Issued = { ...middle, extensions: [authority()], key: 'P-384' };
const byP384: Issued = { ...leaf, signer: 'P-384' };

/** Violations of the encoding rules. */
export const encodingCases: Readonly<Record<string, Case>> = {
  'bits that are not used': { ...chain, untrusted: [under(extension('2.5.29.15', bits(3, 0x84)))] },
  'a bit string without its count': withLeaf(extension('2.5.29.15', bits())),
  'a truth of two bytes': withLeaf(extension('2.5.29.19', sequence(der(Tag.boolean, Buffer.of(0, 1))))),
  'a truth of no byte': withLeaf(extension('2.5.29.19', sequence(der(Tag.boolean)))),
  'a path length with padding': {
    ...chain,
    untrusted: [
      {
        ...middle,
        extensions: [extension('2.5.29.19', sequence(der(1, Buffer.of(255)), der(2, Buffer.of(0, 1))), 'critical')],
      },
    ],
  },
  'a path length of many bytes': {
    ...chain,
    untrusted: [
      {
        ...middle,
        extensions: [critical('2.5.29.19', sequence(der(1, Buffer.of(255)), der(2, Buffer.alloc(2000, 1))))],
      },
    ],
  },
  'a serial number of an authority with padding': withLeaf(
    extension('2.5.29.35', sequence(der(0x82, Buffer.of(0, 2)))),
  ),
  'a version that does not exist': { ...chain, leaf: { ...leaf, version: 4 } },
  'a version that does not exist, strictly': { ...chain, leaf: { ...leaf, version: 4 }, words: ['-x509_strict'] },
  'a critical key identifier': withLeaf(critical('2.5.29.14', octetString(Buffer.of(1)))),
  'a critical key identifier of the authority': withLeaf(critical('2.5.29.35', sequence())),
  'critical key identifiers, strictly': {
    ...withLeaf(critical('2.5.29.14', octetString(Buffer.of(1))), critical('2.5.29.35', sequence())),
    words: ['-x509_strict'],
  },
  'constraints that are critical behind what nobody knows': {
    ...chain,
    untrusted: [{ ...middle, extensions: [critical('1.2.3.4', Buffer.of(5, 0)), authority()] }],
    words: ['-x509_strict'],
  },
  'a critical word that OCSP is not asked': withLeaf(critical('1.3.6.1.5.5.7.48.1.5', Buffer.of(5, 0))),
  'a registered name that is none': withLeaf(alternativeNames(der(0x88))),
  'an EDI party without a name': withLeaf(alternativeNames(der(0xa5))),
  'an EDI party whose name is no text': withLeaf(alternativeNames(der(0xa5, der(0xa1, der(0x16))))),
  'an EDI party': withLeaf(alternativeNames(der(0xa5, der(0xa1, der(Tag.utf8String))))),
  'another name of half a character': withLeaf(
    alternativeNames(der(0xa0, objectIdentifier('1.2.3'), der(0xa0, der(0x1e, Buffer.of(0))))),
  ),
  'constraints that are empty': { ...chain, untrusted: [under(constraints([]))] },
  'constraints with a minimum': {
    ...chain,
    untrusted: [under(extension('2.5.29.30', sequence(der(0xa0, sequence(dns('a'), der(0x80, Buffer.of(1)))))))],
    leaf: { ...leaf, extensions: [alternativeNames(dns('a'))] },
  },
  'constraints with a minimum of no byte': {
    ...chain,
    untrusted: [under(extension('2.5.29.30', sequence(der(0xa0, sequence(dns('a'), der(0x80))))))],
  },
  'a name in surrogates': { ...chain, leaf: nameOnly(attribute('2.5.4.3', 0x1e, 0xd8, 0, 0xdc, 0)) },
  'a name of half a surrogate': { ...chain, leaf: nameOnly(attribute('2.5.4.3', 0x1c, 0, 0, 0xd8, 0)) },
  'an address that is no IA5String': {
    ...chain,
    untrusted: [under(constraints([email('example.org')]))],
    leaf: nameOnly(attribute(emailAddress, Tag.utf8String, 0x61, 0x40, 0x62)),
  },
  'an address that is no IA5String, in a name outside': {
    ...chain,
    untrusted: [under(constraints([directory('other')]))],
    leaf: nameOnly(attribute(emailAddress, Tag.utf8String, 0x61, 0x40, 0x62)),
  },
  'a common name with a zero byte inside': {
    ...chain,
    untrusted: [under(constraints([dns('a.b')]))],
    leaf: nameOnly(attribute('2.5.4.3', Tag.utf8String, 0x61, 0x2e, 0x62, 0, 0x63)),
  },
  'a policy alone': {
    ...chain,
    untrusted: [under(policies('1.2.3', '1.2.3'))],
    leaf: { ...leaf, extensions: [policies('1.2.3')] },
    words: ['-policy', '1.2.3'],
  },
  'no policies in their extension': { ...withLeaf(policies()), words: ['-policy_check', '-policy_print'] },
  'mappings without policies': { ...withLeaf(extension('2.5.29.33', integer(1))), words: ['-policy_check'] },
  'constraints of policies that are empty': {
    ...withLeaf(extension('2.5.29.36', sequence())),
    words: ['-policy_check'],
  },
  'policies that cannot be read where one is missing above': {
    ...chain,
    untrusted: [under(constraint(0), mappings(['1.2.3', '1.2.4']))],
    leaf: { ...leaf, extensions: [policies('1.2.3', '1.2.3')] },
    words: ['-policy_check'],
  },
  'policies of the trust anchor that cannot be read': {
    ...chain,
    roots: [{ ...root, extensions: [authority(), policies('1.2.3', '1.2.3')] }],
    untrusted: [under(policies('1.2.4', '1.2.4'))],
    words: ['-policy_check'],
  },
  'any policy at the leaf beside another': {
    ...chain,
    untrusted: [under(policies('2.5.29.32.0'))],
    leaf: { ...leaf, extensions: [policies('1.2.3', '2.5.29.32.0')] },
    words: ['-policy', '1.2.3', '-policy_print'],
  },
  'a policy with a name': {
    ...chain,
    untrusted: [under(policies('1.3.6.1.5.5.7.3.1'))],
    leaf: { ...leaf, extensions: [policies('1.3.6.1.5.5.7.3.1')] },
    words: ['-policy', 'serverAuth', '-policy_print', '-explicit_policy'],
  },
  'a policy by its long name': {
    ...chain,
    untrusted: [under(policies('1.3.6.1.5.5.7.3.1'))],
    leaf: { ...leaf, extensions: [policies('1.3.6.1.5.5.7.3.1')] },
    words: ['-policy', 'TLS Web Server Authentication', '-explicit_policy'],
  },
  'qualifiers of policies': {
    ...chain,
    untrusted: [under(qualified('1.3.6.1.5.5.7.2.1', der(0x16, Buffer.from('http://a/'))))],
    leaf: {
      ...leaf,
      extensions: [
        qualified(
          '1.3.6.1.5.5.7.2.2',
          sequence(
            sequence(der(0x0c, Buffer.from('us')), sequence(integer(1), integer(2))),
            der(0x0c, Buffer.from('hi')),
          ),
        ),
      ],
    },
    words: ['-policy', '1.2.3', '-policy_print'],
  },
  'a qualifier that cannot be read': {
    ...withLeaf(qualified('1.3.6.1.5.5.7.2.2', der(0x16, Buffer.from('http://a/')))),
    words: ['-policy_check'],
  },
  'a purpose after a set of parameters': {
    ...withLeaf(usage(0x80)),
    words: ['-verify_name', 'ssl_client', '-purpose', 'smimeencrypt'],
  },
  'a purpose before a set of parameters': {
    ...withLeaf(usage(0x80)),
    words: ['-purpose', 'smimeencrypt', '-verify_name', 'ssl_client'],
  },
  'a delta list without a number': {
    ...chain,
    crls: [
      { issuer: 'middle', extensions: [critical('2.5.29.27', integer(1))] },
      { issuer: 'root', extensions: [number(1)] },
    ],
    words: ['-crl_check'],
  },
  'an international host within its constraint': international('xn--bcher-kva.example', 'b\u00fccher.EXAMPLE'),
  'an international host within one that is not ASCII': international('b\u00fccher.example', 'b\u00fccher.example'),
  'an international host under capital letters': international('XN--BCHER-KVA.example', 'b\u00fccher.example'),
  'a host as it is written, under capital letters': international('XN--BCHER-KVA.example', 'xn--bcher-kva.example'),
  'an international address under that of a person': international('me@example.org', 'example.org'),
  'a time without seconds': { ...chain, leaf: { ...leaf, times: [utc('2001010000Z'), utc('4001010000Z')] } },
  'a last time without a zone': { ...chain, leaf: { ...leaf, times: [utc('200101000000Z'), utc('400101000000')] } },
  'times of a list that cannot be read': {
    ...chain,
    crls: [{ issuer: 'middle', times: [utc('2001010000Z'), utc('4001010000Z')] }],
    words: ['-crl_check'],
  },
  'a last time of a list that cannot be read': {
    ...chain,
    crls: [{ issuer: 'middle', times: [utc('200101000000Z'), utc('4013010000Z')] }],
    words: ['-crl_check'],
  },
  'an authority whose key nobody knows': {
    ...chain,
    untrusted: [{ ...middle, extensions: [authority()], publicKeyInfo: unknownKey }],
  },
  'a leaf whose key nobody knows': { ...chain, leaf: { ...leaf, publicKeyInfo: unknownKey } },
  'a leaf whose key nobody knows, at a level': {
    ...chain,
    leaf: { ...leaf, publicKeyInfo: unknownKey },
    words: ['-auth_level', '1'],
  },
  'a user who may not sign and gives out a proxy': {
    ...chain,
    untrusted: [middle, { ...leaf, extensions: [usage(0x20)] }],
    leaf: proxyOf('leaf'),
    words: ['-allow_proxy_certs'],
  },
  'Suite B with a certificate of version 1': { ...chain, leaf: { ...leaf, version: 1 }, words: ['-suiteB_128'] },
  'Suite B with another curve': { ...chain, leaf: { ...leaf, key: 'P-521' }, words: ['-suiteB_128'] },
  'Suite B with another hash': { ...chain, untrusted: [ofP384], leaf: byP384, words: ['-suiteB_128'] },
  'Suite B with another kind of key': { ...chain, leaf: { ...leaf, publicKeyInfo: ed25519 }, words: ['-suiteB_128'] },
  'an authority whose key is too small': {
    ...chain,
    untrusted: [{ ...middle, extensions: [authority()], key: 'secp192k1' }],
    leaf: { ...leaf, signer: 'secp192k1' },
    words: ['-auth_level', '2'],
  },
  'a hash that is too weak': {
    ...chain,
    roots: [{ ...root, key: 'P-521' }],
    untrusted: [{ ...middle, extensions: [authority()], key: 'P-521', signer: 'P-521' }],
    leaf: { ...leaf, key: 'P-521', signer: 'P-521' },
    words: ['-auth_level', '4'],
  },
  'a path length of no authority, strictly': {
    ...withLeaf(extension('2.5.29.19', sequence(integer(0)))),
    words: ['-x509_strict'],
  },
  'an issuer without a name, strictly': {
    leaf: { ...leaf, issuer: '', signer: 'nameless' },
    roots: [{ ...root, subject: '', key: 'nameless', signer: 'nameless' }],
    words: ['-x509_strict'],
  },
};

function utc(text: string): Uint8Array {
  return der(Tag.utcTime, Buffer.from(text));
}
