import { createPublicKey } from 'node:crypto';
import { Tag } from '../../bytes/der.ts';
import { hex, view } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { ffdhePrime, modpPrime, type SafePrime } from '../../crypto/groups/safe-primes.ts';
import { objectNames } from '../../names/object-names.ts';
import { dotted } from '../../x509/asn1/object-identifier.ts';
import { Structure } from '../../x509/asn1/structure.ts';
import { keyFacts } from '../../x509/certificates/key-facts.ts';
import { curveText } from './curve-text.ts';
import { hexLines } from './hex-lines.ts';
import { paddedIntegerValue } from './integer-text.ts';
import { numberLines } from './number-lines.ts';
import { objectTextOf } from './object-text.ts';
import { restrictionsText } from './pss-text.ts';

/**
 * publicKeyText prints a public key (SubjectPublicKeyInfo) as `openssl pkey -text_pub` of OpenSSL 3.0 does, each line
 * after `indent` blanks; undefined for a key that OpenSSL cannot read.
 * @throws {Malformed}
 */
export function publicKeyText(info: Uint8Array, indent: number): string | undefined {
  const fields = new Structure(info).sequence('subjectPublicKeyInfo');
  const algorithm = fields.sequence('algorithm');
  const identifier = dotted(algorithm.take('algorithm', Tag.objectIdentifier).body);
  const key = fields.take('subjectPublicKey', Tag.bitString).body.subarray(1);
  return keyLines({ identifier, algorithm, key, info })?.replace(/^(?=.)/gm, ' '.repeat(indent));
}

/** publicKeyAlgorithm returns the algorithm of a certificate's key, readable or not. @throws {Malformed} */
export function publicKeyAlgorithm(info: Uint8Array): string {
  const algorithm = new Structure(info).sequence('subjectPublicKeyInfo').sequence('algorithm');
  return objectTextOf(algorithm.take('algorithm', Tag.objectIdentifier).body);
}

interface KeyParts {
  readonly identifier: string;
  /** The rest of the algorithm: its parameters. */
  readonly algorithm: Structure;
  readonly key: Uint8Array;
  readonly info: Uint8Array;
}

/** keyLines returns undefined for a key that OpenSSL 3.0 cannot read. */
function keyLines(parts: KeyParts): string | undefined {
  const text = printers.get(parts.identifier);
  const bits = keyBits(parts.info);
  if (text === undefined || bits === undefined) return undefined;
  try {
    return text(parts, bits);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}

/** keyBits returns 0 for kinds of key without a size; undefined for an invalid key. */
function keyBits(info: Uint8Array): number | undefined {
  try {
    const key = createPublicKey({ key: view(info), type: 'spki', format: 'der' });
    return keyFacts(key)?.bits ?? 0;
  } catch {
    return undefined;
  }
}

type KeyPrinter = (parts: KeyParts, bits: number) => string;

const printers: ReadonlyMap<string, KeyPrinter> = new Map<string, KeyPrinter>([
  ['1.2.840.113549.1.1.1', rsaText],
  ['1.2.840.113549.1.1.10', (parts, bits) => `${rsaText(parts, bits)}${restrictionsText(parts.algorithm)}`],
  ['1.2.840.10040.4.1', dsaText],
  ['1.2.840.10045.2.1', ecText],
  ['1.2.840.113549.1.3.1', dhText],
  ['1.2.840.10046.2.1', dhxText],
  ['1.3.101.110', rawKeyText],
  ['1.3.101.111', rawKeyText],
  ['1.3.101.112', rawKeyText],
  ['1.3.101.113', rawKeyText],
]);

function rsaText({ key }: KeyParts, bits: number): string {
  const fields = new Structure(key).sequence('RSAPublicKey');
  const modulus = numberLines('Modulus:', fields.take('modulus', Tag.integer).body);
  const exponent = numberLines('Exponent:', fields.take('publicExponent', Tag.integer).body);
  return `Public-Key: (${bits} bit)\n${modulus}${exponent}`;
}

function dsaText({ algorithm, key }: KeyParts, bits: number): string {
  const value = new Structure(key).take('publicKey', Tag.integer).body;
  return `Public-Key: (${bits} bit)\n${numberLines('pub: ', value)}${domainText(algorithm, ['P:   ', 'Q:   ', 'G:   '])}`;
}

/** PKCS #3 */
function dhText({ algorithm, key }: KeyParts): string {
  const parameters = algorithm.sequence('parameters');
  const prime = parameters.take('prime', Tag.integer).body;
  const base = parameters.take('base', Tag.integer).body;
  return dhLines({ prime, base }, key);
}

/** X9.42 (RFC 3279 section 2.3.3) */
function dhxText({ algorithm, key }: KeyParts): string {
  const parameters = algorithm.sequence('parameters');
  const prime = parameters.take('p', Tag.integer).body;
  const base = parameters.take('g', Tag.integer).body;
  return dhLines({ prime, base, order: parameters.take('q', Tag.integer).body }, key);
}

interface DhNumbers {
  readonly prime: Uint8Array;
  readonly base: Uint8Array;
  readonly order?: Uint8Array;
}

function dhLines({ prime, base, order }: DhNumbers, key: Uint8Array): string {
  const bits = paddedIntegerValue(prime).toString(2).length;
  const group = groupName(paddedIntegerValue(prime), bits);
  const numbers = [
    numberLines('P:   ', prime),
    order === undefined ? '' : numberLines('Q:   ', order),
    numberLines('G:   ', base),
  ];
  return [
    `DH Public-Key: (${bits} bit)\n`,
    numberLines('public-key:', new Structure(key).take('publicKey', Tag.integer).body),
    ...(group === undefined ? numbers : [`GROUP: ${group}\n`]),
  ].join('');
}

function groupName(prime: bigint, bits: number): string | undefined {
  const isPrime = (known: SafePrime | undefined) => known !== undefined && BigInt(`0x${hex(known.p)}`) === prime;
  if (isPrime(ffdhePrime(bits))) return `ffdhe${bits}`;
  return bits > 1024 && isPrime(modpPrime(bits)) ? `modp_${bits}` : undefined;
}

function domainText(algorithm: Structure, labels: readonly string[]): string {
  if (algorithm.isEmpty) return '';
  const parameters = algorithm.sequence('parameters');
  return labels.map((label) => numberLines(label, parameters.take(label, Tag.integer).body)).join('');
}

function ecText({ algorithm, key }: KeyParts, bits: number): string {
  const parameters = algorithm.take('parameters');
  // Node has no name for keys on the curve SM2.
  return `Public-Key: (${bits || 256} bit)\npub:\n${hexLines(key, 4, 15)}\n${curveText(parameters)}`;
}

function rawKeyText({ identifier, key }: KeyParts): string {
  return `${objectNames(identifier)?.short} Public-Key:\npub:\n${hexLines(key, 4, 15)}\n`;
}
