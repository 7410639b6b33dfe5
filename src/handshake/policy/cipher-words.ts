import { cipherOf } from '../../crypto/ciphers.ts';
import { type CipherSuite, cipherSuites, type KeyExchange } from '../../names/cipher-suites.ts';
import { Version } from '../../names/versions.ts';

/** The reference's build has the suites of SEED too, and lists them when the legacy provider is loaded. */
const listsSeed = cipherOf('SEED(128)') !== undefined;

/** The suites up to TLS 1.2 that words match; `-ciphersuites` selects the others. */
export const listableSuites: readonly CipherSuite[] = cipherSuites.filter(
  (it) => it.minVersion !== Version['TLSv1.3'] && (it.built || (listsSeed && it.encryption === 'SEED(128)')),
);

/**
 * Suites missing in the reference's build that this OpenSSL supports: Triple DES, and with the legacy provider RC4 and
 * IDEA. Only the full name selects one, so that all other strings mean the same as in the reference.
 */
export const suitesByNameOnly: readonly CipherSuite[] = cipherSuites.filter(
  (it) => !listableSuites.includes(it) && it.maxVersion <= Version['TLSv1.2'] && cipherOf(it.encryption) !== undefined,
);

/** The requirements of a word in a cipher string. Aspects not mentioned are unrestricted. */
export type Criteria = Partial<Record<Aspect, readonly string[]>>;

type Aspect = (typeof aspects)[number];

/** The criteria of a suite's name, or of a word of ciphers(1); undefined for neither. */
export function criteriaOf(word: string): Criteria | undefined {
  return named.get(word) ?? classes.get(word);
}

/**
 * The criteria of two words joined by `+`. Undefined if they contradict each other in one aspect, even when a suite of
 * both classes exists, as with `HIGH+FIPS`.
 */
export function joined(one: Criteria, other: Criteria): Criteria | undefined {
  const both: Criteria = {};
  for (const aspect of aspects) {
    const [left, right] = [one[aspect], other[aspect]];
    const values = left && right ? left.filter((it) => right.includes(it)) : (left ?? right);
    if (values?.length === 0) return undefined;
    if (values !== undefined) both[aspect] = values;
  }
  // OpenSSL keeps both aspects in one set of bits, and the first strength overwrites all of it.
  if (one.strength === undefined && other.strength !== undefined && other.notDefault === undefined) {
    delete both.notDefault;
  }
  return both;
}

/** Tests a suite against the criteria. */
export function meeting(criteria: Criteria): (suite: CipherSuite) => boolean {
  const asked = aspects.flatMap((aspect) => {
    const values = criteria[aspect];
    return values === undefined ? [] : [{ factsOf: facts[aspect], values }];
  });
  return (suite) => asked.every(({ factsOf, values }) => factsOf(suite).some((it) => values.includes(it)));
}

const aspects = [
  'keyExchange',
  'authentication',
  'encryption',
  'mac',
  'minVersion',
  'strength',
  'notDefault',
  'code',
] as const;

const facts: Record<Aspect, (suite: CipherSuite) => readonly string[]> = {
  keyExchange: (it) => [it.keyExchange],
  authentication: (it) => [it.authentication],
  encryption: (it) => [it.encryption],
  mac: (it) => [it.mac],
  minVersion: (it) => [String(it.minVersion)],
  strength: (it) => (it.fips ? [it.strength, 'FIPS'] : [it.strength]),
  notDefault: (it) => (it.notDefault ? ['yes'] : []),
  code: (it) => [String(it.code)],
};

/** A name stands for the suite's properties except its version: no two suites of the build share all of them. */
const named = new Map<string, Criteria>([
  ...listableSuites.map((it) => [it.name, propertiesOf(it)] as const),
  ...suitesByNameOnly.map((it) => [it.name, { ...propertiesOf(it), code: facts.code(it) }] as const),
]);

/** The build has Triple DES but no suite with it: the word is known and matches nothing. */
const tripleDes = '3DES(168)';
const ciphers = [...new Set(listableSuites.map((it) => it.encryption)), tripleDes];
const oldTripleDes = { encryption: [tripleDes], mac: ['SHA1'], strength: ['HIGH', 'FIPS'] };
const eNULL = { encryption: ['None'] };
const aNULL = { authentication: ['None'] };
const authenticated = { authentication: ['RSA', 'DSS', 'ECDSA', 'PSK', 'SRP'] };
const aRSA = { authentication: ['RSA'] };
const aDSS = { authentication: ['DSS'] };
const aECDSA = { authentication: ['ECDSA'] };

const classes = new Map<string, Criteria>([
  ['ALL', cipher(/^(?!None$)/)],
  ['COMPLEMENTOFALL', eNULL],
  ['COMPLEMENTOFDEFAULT', { notDefault: ['yes'] }],

  ['kRSA', exchange('RSA')],
  ['kEDH', exchange('DHE')],
  ['kDHE', exchange('DHE')],
  ['DH', exchange('DHE')],
  ['kEECDH', exchange('ECDHE')],
  ['kECDHE', exchange('ECDHE')],
  ['ECDH', exchange('ECDHE')],
  ['kPSK', exchange('PSK')],
  ['kRSAPSK', exchange('RSAPSK')],
  ['kECDHEPSK', exchange('ECDHEPSK')],
  ['kDHEPSK', exchange('DHEPSK')],
  ['PSK', exchange('PSK', 'RSAPSK', 'DHEPSK', 'ECDHEPSK')],
  ['kSRP', exchange('SRP')],
  ['SRP', exchange('SRP')],

  ['aNULL', aNULL],
  ['aRSA', aRSA],
  ['aDSS', aDSS],
  ['DSS', aDSS],
  ['aECDSA', aECDSA],
  ['ECDSA', aECDSA],
  ['aPSK', { authentication: ['PSK'] }],
  ['aSRP', { authentication: ['SRP'] }],

  ['EDH', { ...exchange('DHE'), ...authenticated }],
  ['DHE', { ...exchange('DHE'), ...authenticated }],
  ['EECDH', { ...exchange('ECDHE'), ...authenticated }],
  ['ECDHE', { ...exchange('ECDHE'), ...authenticated }],
  ['ADH', { ...exchange('DHE'), ...aNULL }],
  ['AECDH', { ...exchange('ECDHE'), ...aNULL }],
  ['RSA', { ...exchange('RSA'), ...aRSA }],

  ['NULL', eNULL],
  ['eNULL', eNULL],
  ['AES', cipher(/^AES/)],
  ['AES128', cipher(/^AES.*128/)],
  ['AES256', cipher(/^AES.*256/)],
  ['AESGCM', cipher(/^AESGCM/)],
  ['AESCCM', cipher(/^AESCCM/)],
  ['AESCCM8', cipher(/^AESCCM8/)],
  ['ARIA', cipher(/^ARIA/)],
  ['ARIA128', cipher(/^ARIA.*128/)],
  ['ARIA256', cipher(/^ARIA.*256/)],
  ['ARIAGCM', cipher(/^ARIAGCM/)],
  ['CAMELLIA', cipher(/^Camellia/)],
  ['CAMELLIA128', cipher(/^Camellia.*128/)],
  ['CAMELLIA256', cipher(/^Camellia.*256/)],
  ['CHACHA20', cipher(/^CHACHA20/)],
  ['3DES', cipher(/^3DES/)],
  ...(listsSeed ? [['SEED', cipher(/^SEED/)] as const] : []),
  ['CBC', cipher(/^(3DES|AES|Camellia|SEED)\(/)],
  ['EDH-DSS-DES-CBC3-SHA', { ...exchange('DHE'), ...aDSS, ...oldTripleDes }],
  ['EDH-RSA-DES-CBC3-SHA', { ...exchange('DHE'), ...aRSA, ...oldTripleDes }],

  ['SHA', { mac: ['SHA1'] }],
  ['SHA1', { mac: ['SHA1'] }],
  ['SHA256', { mac: ['SHA256'] }],
  ['SHA384', { mac: ['SHA384'] }],
  ['MD5', { mac: ['MD5'] }],

  ['SSLv3', from(Version.SSLv3)],
  ['TLSv1', from(Version.TLSv1)],
  ['TLSv1.0', from(Version.TLSv1)],
  ['TLSv1.2', from(Version['TLSv1.2'])],

  ['LOW', { strength: ['LOW'] }],
  ['MEDIUM', { strength: ['MEDIUM'] }],
  ['HIGH', { strength: ['HIGH'] }],
  ['FIPS', { ...cipher(/^(?!None$)/), strength: ['FIPS'] }],
]);

function propertiesOf(suite: CipherSuite): Criteria {
  return {
    keyExchange: facts.keyExchange(suite),
    authentication: facts.authentication(suite),
    encryption: facts.encryption(suite),
    mac: facts.mac(suite),
    strength: facts.strength(suite),
    ...(suite.notDefault && { notDefault: ['yes'] }),
  };
}

function exchange(...methods: KeyExchange[]): Criteria {
  return { keyExchange: methods };
}

function cipher(pattern: RegExp): Criteria {
  return { encryption: ciphers.filter((it) => pattern.test(it)) };
}

function from(version: number): Criteria {
  return { minVersion: [String(version)] };
}
