import { der, integer, objectIdentifier, sequence, Tag } from '../../bytes/der.ts';
import {
  alternativeNames,
  authority,
  constraints,
  directory,
  dns,
  email,
  extendedUsage,
  extension,
  type Issued,
  type IssuedCrl,
  ip,
  mappings,
  policies,
  uri,
  usage,
} from '../../x509/verify/issue.test.fixture.ts';

/** What the program is given, and nothing else: the verdict, every line and the exit status must be the reference's. */
export interface Case {
  readonly leaf: Issued;
  readonly roots?: readonly Issued[];
  readonly untrusted?: readonly Issued[];
  readonly crls?: readonly IssuedCrl[];
  readonly words?: readonly string[];
}

export const root: Issued = { subject: 'root', extensions: [authority()] };
const middle: Issued = { subject: 'middle', issuer: 'root', serial: 2, extensions: [authority()] };
const leaf: Issued = { subject: 'leaf', issuer: 'middle', serial: 3 };
const chain = { roots: [root], untrusted: [middle], leaf };
const boolean = (tag: number) => der(tag, Buffer.of(0xff));
const scope = (...fields: readonly Uint8Array[]) => extension('2.5.29.28', sequence(...fields), 'critical');
const number = (value: number) => extension('2.5.29.20', integer(value));
const deltaOf = (value: number) => extension('2.5.29.27', integer(value), 'critical');
const freshest = extension('2.5.29.46', sequence(sequence(der(0xa0, der(0xa0, uri('http://a/'))))));
const reason = (value: number) => extension('2.5.29.21', der(0x0a, Buffer.of(value)));
const unknown = extension('1.2.3.4', Buffer.of(5, 0), 'critical');
const constraint = (requireExplicit: number) => extension('2.5.29.36', sequence(der(0x80, Buffer.of(requireExplicit))));
const under = (...it: readonly Uint8Array[]): Issued => ({ ...middle, extensions: [authority(), ...it] });
const named = (...it: readonly Uint8Array[]): Issued => ({ ...leaf, extensions: [alternativeNames(...it)] });
const both: readonly IssuedCrl[] = [{ issuer: 'root' }, { issuer: 'middle' }];
const proxyOf = (issuer: string, pathLength?: number, subject = `${issuer}/proxy`): Issued => ({
  subject,
  issuer,
  serial: 9,
  extensions: [
    extension(
      '1.3.6.1.5.5.7.1.14',
      sequence(
        ...(pathLength === undefined ? [] : [integer(pathLength)]),
        sequence(objectIdentifier('1.3.6.1.5.5.7.21.1')),
      ),
      'critical',
    ),
  ],
});

export const cases: Readonly<Record<string, Case>> = {
  'a chain that is in order': { ...chain, words: ['-show_chain'] },
  'an intermediate that is missing': { ...chain, untrusted: [] },
  'a root that is missing': { ...chain, roots: [{ subject: 'other', extensions: [authority()] }] },
  'a root among the untrusted': { ...chain, roots: [], untrusted: [middle, root] },
  'a self-signed leaf that nobody trusts': { leaf: root, roots: [] },
  'a self-signed leaf that is trusted': { leaf: root, roots: [root], words: ['-show_chain'] },
  'another root of the same name': { leaf: root, roots: [{ ...root, serial: 7 }] },
  'an intermediate that is trusted': { ...chain, roots: [middle], untrusted: [] },
  'a partial chain': { ...chain, roots: [middle], untrusted: [], words: ['-partial_chain', '-show_chain'] },
  'a leaf that is trusted by itself': { leaf, roots: [leaf], words: ['-partial_chain', '-show_chain'] },
  'a signature that is wrong': { ...chain, leaf: { ...leaf, damaged: true } },
  'a root whose signature is wrong': { ...chain, roots: [{ ...root, damaged: true }] },
  'a root whose signature is wrong, when that counts': {
    ...chain,
    roots: [{ ...root, damaged: true }],
    words: ['-check_ss_sig'],
  },
  'a leaf that has expired': { ...chain, leaf: { ...leaf, from: 2000, until: 2001 } },
  'all that has expired': {
    leaf: { ...leaf, from: 2000, until: 2001 },
    untrusted: [{ ...middle, from: 2000, until: 2001 }],
    roots: [{ ...root, from: 2000, until: 2001 }],
  },
  'a leaf of the future': { ...chain, leaf: { ...leaf, from: 2100 } },
  'a leaf that has expired, when time does not count': {
    ...chain,
    leaf: { ...leaf, until: 2020 },
    words: ['-no_check_time'],
  },
  'the last second': { ...chain, words: ['-attime', '4733510399'] },
  'the first second after': { ...chain, words: ['-attime', '4733510400'] },
  'the second before the first': { ...chain, words: ['-attime', '1577836799'] },
  'the first second': { ...chain, words: ['-attime', '1577836800', '-no_check_time'] },
  'the intermediate that is valid of two': {
    ...chain,
    untrusted: [{ ...middle, until: 2021, serial: 8 }, middle],
    words: ['-show_chain'],
  },
  'an intermediate that is no authority': { ...chain, untrusted: [{ ...middle, extensions: [] }] },
  'an intermediate that says it is none': {
    ...chain,
    untrusted: [{ ...middle, extensions: [extension('2.5.29.19', sequence())] }],
  },
  'an intermediate that may not sign': { ...chain, untrusted: [under(usage(0x02))] },
  'an intermediate that may': { ...chain, untrusted: [under(usage(0x04))] },
  'a root of version 1': { ...chain, roots: [{ subject: 'root', version: 1 }] },
  'an intermediate of version 1': { ...chain, untrusted: [{ ...middle, version: 1, extensions: [] }] },
  'a path that is as long as it may be': { ...chain, roots: [{ ...root, extensions: [authority(1)] }] },
  'a path that is too long': { ...chain, roots: [{ ...root, extensions: [authority(0)] }] },
  'a critical extension that nobody knows': { ...chain, leaf: { ...leaf, extensions: [unknown] } },
  'one that is ignored': { ...chain, leaf: { ...leaf, extensions: [unknown] }, words: ['-ignore_critical'] },
  'an extension that is there twice': { ...chain, leaf: { ...leaf, extensions: [usage(0x80), usage(0x80)] } },
  'an intermediate with an extension twice': { ...chain, untrusted: [under(usage(0x04), usage(0x04))] },
  'an extension that cannot be read': {
    ...chain,
    leaf: { ...leaf, extensions: [extension('2.5.29.15', Buffer.of(1))] },
  },
  'more intermediates than allowed': { ...chain, words: ['-verify_depth', '0'] },
  'as many as allowed': { ...chain, words: ['-verify_depth', '1'] },
  'a strict look at a chain': { ...chain, words: ['-x509_strict'] },
  'a strict look at algorithms': {
    ...chain,
    leaf: { ...leaf, innerAlgorithm: sequence(objectIdentifier('1.2.840.10045.4.3.3')) },
    words: ['-x509_strict'],
  },
  'a strict look at a path length': {
    ...chain,
    untrusted: [{ ...middle, extensions: [authority(0)] }],
    words: ['-x509_strict'],
  },
  'a strict look at empty names': {
    ...chain,
    leaf: { ...named(), subject: '', key: 'leaf', signer: 'middle' },
    words: ['-x509_strict'],
  },
  'a strict look at version 1': {
    ...chain,
    leaf: { ...leaf, version: 1, extensions: [usage(4)] },
    words: ['-x509_strict'],
  },
  ...Object.fromEntries(
    [
      'sslclient',
      'sslserver',
      'nssslserver',
      'smimesign',
      'smimeencrypt',
      'crlsign',
      'any',
      'ocsphelper',
      'timestampsign',
    ].flatMap((purpose): [string, Case][] => {
      const words = ['-purpose', purpose];
      const leaves: Record<string, readonly Uint8Array[]> = {
        nothing: [],
        'a signature': [usage(0x80)],
        encipherment: [usage(0x20)],
        'CRL signing': [usage(0x02)],
        'web clients': [extendedUsage('1.3.6.1.5.5.7.3.2')],
        'web servers': [extendedUsage('1.3.6.1.5.5.7.3.1')],
        'every purpose': [extendedUsage('2.5.29.37.0')],
        mail: [extendedUsage('1.3.6.1.5.5.7.3.4')],
        'time stamps': [extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.8')), 'critical')],
        'the Netscape client': [extension('2.16.840.1.113730.1.1', der(Tag.bitString, Buffer.of(7, 0x80)))],
        'the Netscape server': [extension('2.16.840.1.113730.1.1', der(Tag.bitString, Buffer.of(6, 0x40)))],
      };
      return [
        ...Object.entries(leaves).map(([what, extensions]): [string, Case] => [
          `${purpose} with a leaf for ${what}`,
          { ...chain, leaf: { ...leaf, extensions }, words },
        ]),
        [
          `${purpose} with an intermediate for web clients`,
          { ...chain, untrusted: [under(extendedUsage('1.3.6.1.5.5.7.3.2'))], words },
        ],
        [
          `${purpose}, strictly, with a root of version 1`,
          { ...chain, roots: [{ subject: 'root', version: 1 }], words: [...words, '-x509_strict'] },
        ],
      ];
    }),
  ),
  'a set of parameters by name': {
    ...chain,
    leaf: { ...leaf, extensions: [extendedUsage('1.3.6.1.5.5.7.3.1')] },
    words: ['-verify_name', 'ssl_client'],
  },
  'a host': { ...chain, leaf: named(dns('*.example.org')), words: ['-verify_hostname', 'www.example.org'] },
  'a host with too many labels': {
    ...chain,
    leaf: named(dns('*.example.org')),
    words: ['-verify_hostname', 'a.b.example.org'],
  },
  'a host by its common name': { ...chain, words: ['-verify_hostname', 'LEAF'] },
  'a host whose common name does not count': {
    ...chain,
    leaf: named(dns('other')),
    words: ['-verify_hostname', 'leaf'],
  },
  'a domain': { ...chain, leaf: named(dns('a.b.example.org')), words: ['-verify_hostname', '.example.org'] },
  'an address': { ...chain, leaf: named(email('me@Example.org')), words: ['-verify_email', 'me@example.ORG'] },
  'an address of another': {
    ...chain,
    leaf: named(email('Me@example.org')),
    words: ['-verify_email', 'me@example.org'],
  },
  'an IP address': { ...chain, leaf: named(ip(127, 0, 0, 1)), words: ['-verify_ip', '127.0.0.1'] },
  'an IPv6 address': { ...chain, leaf: named(ip(...new Array<number>(15).fill(0), 1)), words: ['-verify_ip', '::1'] },
  'another IP address': { ...chain, leaf: named(ip(127, 0, 0, 2)), words: ['-verify_ip', '127.0.0.1'] },
  'a host and an address that are both wrong': { ...chain, words: ['-verify_hostname', 'a', '-verify_ip', '1.2.3.4'] },
  'a host within its constraint': {
    ...chain,
    untrusted: [under(constraints([dns('example.org')]))],
    leaf: named(dns('a.Example.org')),
  },
  'a host outside of its constraint': {
    ...chain,
    untrusted: [under(constraints([dns('example.org')]))],
    leaf: named(dns('aexample.org')),
  },
  'a host that is excluded': {
    ...chain,
    untrusted: [under(constraints([], [dns('.example.org')]))],
    leaf: named(dns('a.example.org')),
  },
  'a common name that is excluded': {
    ...chain,
    untrusted: [under(constraints([], [dns('example.org')]))],
    leaf: { ...leaf, subject: 'www.example.org' },
  },
  'a directory name outside': { ...chain, untrusted: [under(constraints([directory('other')]))] },
  'a directory name within': {
    ...chain,
    untrusted: [under(constraints([directory('leaf')]))],
    leaf: { ...leaf, subject: 'LEAF /below' },
  },
  'addresses outside': {
    ...chain,
    untrusted: [under(constraints([email('.example.org')]))],
    leaf: named(email('a@example.org')),
  },
  'addresses without a host': {
    ...chain,
    untrusted: [under(constraints([email('example.org')]))],
    leaf: named(email('a')),
  },
  'a URI outside': {
    ...chain,
    untrusted: [under(constraints([uri('example.org')]))],
    leaf: named(uri('http://a.example.org:80/')),
  },
  'a URI within': {
    ...chain,
    untrusted: [under(constraints([uri('.example.org')]))],
    leaf: named(uri('http://a.example.org/x')),
  },
  'a URI without a host': {
    ...chain,
    untrusted: [under(constraints([uri('example.org')]))],
    leaf: named(uri('mailto:me')),
  },
  'an IP address outside': {
    ...chain,
    untrusted: [under(constraints([ip(10, 0, 0, 0, 255, 0, 0, 0)]))],
    leaf: named(ip(11, 0, 0, 1)),
  },
  'an IP address within': {
    ...chain,
    untrusted: [under(constraints([ip(10, 0, 0, 0, 255, 0, 0, 0)]))],
    leaf: named(ip(10, 1, 0, 1)),
  },
  'an IP address of the other kind': {
    ...chain,
    untrusted: [under(constraints([ip(10, 0, 0, 0, 255, 0, 0, 0)]))],
    leaf: named(ip(...new Array<number>(16).fill(1))),
  },
  'a constraint that is no address': {
    ...chain,
    untrusted: [under(constraints([ip(10)]))],
    leaf: named(ip(10, 0, 0, 1)),
  },
  'a registered identifier under constraints': {
    ...chain,
    untrusted: [under(constraints([der(0x88, Buffer.of(42))]))],
    leaf: named(der(0x88, Buffer.of(42))),
  },
  'no list': { ...chain, words: ['-crl_check'] },
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
  'a policy that is not asked for': {
    ...chain,
    untrusted: [under(policies('1.2.3'))],
    leaf: { ...leaf, extensions: [policies('1.2.4')] },
    words: ['-policy_check', '-policy_print'],
  },
  'no policy at all': { ...chain, words: ['-policy', '1.2.3', '-explicit_policy'] },
  'any policy': {
    ...chain,
    untrusted: [under(policies('2.5.29.32.0'))],
    leaf: { ...leaf, extensions: [policies('1.2.3', '1.2.4')] },
    words: ['-policy', '1.2.4', '-explicit_policy', '-policy_print'],
  },
  'any policy at the leaf': {
    ...chain,
    untrusted: [under(policies('2.5.29.32.0'))],
    leaf: { ...leaf, extensions: [policies('2.5.29.32.0')] },
    words: ['-policy', '1.2.4', '-explicit_policy', '-policy_print'],
  },
  'any policy that is inhibited': {
    ...chain,
    untrusted: [under(policies('2.5.29.32.0'))],
    leaf: { ...leaf, extensions: [policies('1.2.3')] },
    words: ['-policy', '1.2.3', '-explicit_policy', '-inhibit_any'],
  },
  'a policy under another name': {
    ...chain,
    untrusted: [under(policies('1.2.3'), mappings(['1.2.3', '1.2.4']))],
    leaf: { ...leaf, extensions: [policies('1.2.4')] },
    words: ['-policy', '1.2.3', '-explicit_policy', '-policy_print'],
  },
  'a policy that may not have another name': {
    ...chain,
    untrusted: [under(policies('1.2.3'), mappings(['1.2.3', '1.2.4']))],
    leaf: { ...leaf, extensions: [policies('1.2.4')] },
    words: ['-policy', '1.2.3', '-explicit_policy', '-inhibit_map'],
  },
  'a policy that an authority asks for': {
    ...chain,
    untrusted: [under(policies('1.2.3'), constraint(0))],
    words: ['-policy_check'],
  },
  'a policy that is there twice': {
    ...chain,
    untrusted: [under(policies('1.2.3', '1.2.3'))],
    leaf: { ...leaf, extensions: [policies('1.2.3')] },
    words: ['-policy_check'],
  },
  'a mapping to any policy': {
    ...chain,
    untrusted: [under(policies('1.2.3'), mappings(['1.2.3', '2.5.29.32.0']))],
    leaf: { ...leaf, extensions: [policies('1.2.3')] },
    words: ['-policy_check'],
  },
  'a proxy': { ...chain, untrusted: [middle, leaf], leaf: proxyOf('leaf') },
  'a proxy that is allowed': {
    ...chain,
    untrusted: [middle, leaf],
    leaf: proxyOf('leaf'),
    words: ['-allow_proxy_certs'],
  },
  'a proxy of another name': {
    ...chain,
    untrusted: [middle, leaf],
    leaf: proxyOf('leaf', undefined, 'other/proxy'),
    words: ['-allow_proxy_certs'],
  },
  'a proxy of a proxy': {
    ...chain,
    untrusted: [middle, leaf, proxyOf('leaf', 0)],
    leaf: proxyOf('leaf/proxy'),
    words: ['-allow_proxy_certs'],
  },
  'a proxy of an authority': { ...chain, leaf: proxyOf('middle'), words: ['-allow_proxy_certs'] },
  'Suite B': { ...chain, words: ['-suiteB_128'] },
  'Suite B of the higher level': { ...chain, words: ['-suiteB_192'] },
  'an authentication level': { ...chain, words: ['-auth_level', '3'] },
  'an authentication level that is too high': { ...chain, words: ['-auth_level', '4'] },
  'two authorities that have signed each other': {
    leaf: { subject: 'leaf', issuer: 'one' },
    untrusted: [
      { subject: 'one', issuer: 'two', extensions: [authority()] },
      { subject: 'two', issuer: 'one', extensions: [authority()] },
    ],
    roots: [],
  },
  'a loop that is trusted': {
    leaf: { subject: 'leaf', issuer: 'one' },
    roots: [
      { subject: 'one', issuer: 'two', extensions: [authority()] },
      { subject: 'two', issuer: 'one', extensions: [authority()] },
    ],
  },
  'names in another case': { ...chain, leaf: { ...leaf, issuer: ' MIDDLE ', signer: 'middle' } },
};
