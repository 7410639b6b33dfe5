import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { der, integer, objectIdentifier, octetString, sequence, Tag, tagged } from '../../bytes/der.ts';
import { toPem } from '../../bytes/pem.ts';

/**
 * keyOf returns the key of a name, generated on first use: on P-256 unless the name begins with another curve. A name
 * that begins with `explicit` gives explicit curve parameters.
 */
export function keyOf(name: string): KeyObject {
  const known = keys.get(name);
  if (known) return known;
  const namedCurve = /^(?:P-384|P-521|secp\w+)/.exec(name)?.[0] ?? 'P-256';
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve,
    paramEncoding: name.startsWith('explicit') ? 'explicit' : 'named',
  });
  keys.set(name, privateKey);
  return privateKey;
}

const keys = new Map<string, KeyObject>();

export interface Issued {
  readonly subject: string | Uint8Array;
  /** Default: the subject itself. */
  readonly issuer?: string | Uint8Array;
  /** Names of the keys; default: the names of subject and issuer. */
  readonly key?: string;
  readonly signer?: string;
  readonly extensions?: readonly Uint8Array[];
  readonly serial?: number;
  readonly version?: number;
  /** Years; the certificate is valid from the first day of one to that of the other. */
  readonly from?: number;
  readonly until?: number;
  readonly damaged?: boolean;
  /** Unused bits declared for the signature's last byte. */
  readonly unusedBits?: number;
  /** Two encoded times instead of the years. */
  readonly times?: readonly [Uint8Array, Uint8Array];
  /** Replaces that of the key. */
  readonly publicKeyInfo?: Uint8Array;
  /** AlgorithmIdentifier in the signed part. */
  readonly innerAlgorithm?: Uint8Array;
}

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

/** issue returns the DER of a certificate. */
export function issue(options: Issued): Uint8Array {
  const { subject, issuer = subject, extensions = [], serial = 1, version = 3, from = 2020, until = 2120 } = options;
  const subjectKey = keyOf(options.key ?? String(subject));
  const tbs = sequence(
    ...(version > 1 ? [tagged(0, integer(version - 1))] : []),
    integer(serial),
    options.innerAlgorithm ?? ecdsaWithSha256,
    nameOf(issuer),
    sequence(...(options.times ?? [yearTime(from), yearTime(until)])),
    nameOf(subject),
    options.publicKeyInfo ?? createPublicKey(subjectKey).export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [tagged(3, sequence(...extensions))] : []),
  );
  return signed(tbs, options.signer ?? (issuer === subject ? options.key : undefined) ?? String(issuer), options);
}

export interface IssuedCrl {
  readonly issuer: string;
  readonly signer?: string;
  /** Serial numbers, with the extensions of their entries. */
  readonly revoked?: readonly (readonly [serial: number, ...extensions: readonly Uint8Array[]])[];
  readonly extensions?: readonly Uint8Array[];
  readonly from?: number;
  readonly until?: number;
  readonly times?: readonly [Uint8Array, Uint8Array];
  readonly damaged?: boolean;
  readonly unusedBits?: number;
}

/** issueCrl returns the DER of a list. */
export function issueCrl({ issuer, revoked = [], extensions = [], from = 2020, until = 2120, ...rest }: IssuedCrl) {
  const entries = revoked.map(([serial, ...about]) =>
    sequence(integer(serial), yearTime(from), ...(about.length > 0 ? [sequence(...about)] : [])),
  );
  const tbs = sequence(
    integer(1),
    ecdsaWithSha256,
    nameOf(issuer),
    ...(rest.times ?? [yearTime(from), yearTime(until)]),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    ...(extensions.length > 0 ? [tagged(0, sequence(...extensions))] : []),
  );
  return signed(tbs, rest.signer ?? issuer, rest);
}

interface Signing {
  readonly damaged?: boolean;
  readonly unusedBits?: number;
}

function signed(tbs: Uint8Array, signer: string, { damaged, unusedBits = 0 }: Signing): Uint8Array {
  const signature = Buffer.from(sign('sha256', damaged ? Buffer.concat([tbs, tbs]) : tbs, keyOf(signer)));
  return sequence(tbs, ecdsaWithSha256, der(Tag.bitString, Buffer.of(unusedBits), signature));
}

export function nameOf(name: string | Uint8Array): Uint8Array {
  if (typeof name !== 'string') return name;
  return sequence(
    ...name
      .split('/')
      .filter((part) => part !== '')
      .map((part) => der(Tag.set, sequence(objectIdentifier('2.5.4.3'), der(Tag.utf8String, Buffer.from(part))))),
  );
}

export function extension(oid: string, value: Uint8Array, importance: 'critical' | 'plain' = 'plain'): Uint8Array {
  const critical = importance === 'critical' ? [der(Tag.boolean, Buffer.of(0xff))] : [];
  return sequence(objectIdentifier(oid), ...critical, octetString(value));
}

/** authority encodes the basic constraints of an authority. */
export function authority(pathLength?: number): Uint8Array {
  const fields = [der(Tag.boolean, Buffer.of(0xff)), ...(pathLength === undefined ? [] : [integer(pathLength)])];
  return extension('2.5.29.19', sequence(...fields), 'critical');
}

/** `bits`: the first byte of the key usage. */
export function usage(bits: number): Uint8Array {
  return extension('2.5.29.15', der(Tag.bitString, Buffer.of(0, bits)), 'critical');
}

export function extendedUsage(...purposes: readonly string[]): Uint8Array {
  return extension('2.5.29.37', sequence(...purposes.map(objectIdentifier)));
}

export function alternativeNames(...names: readonly Uint8Array[]): Uint8Array {
  return extension('2.5.29.17', sequence(...names));
}

export const dns = (text: string) => der(0x82, Buffer.from(text));
export const email = (text: string) => der(0x81, Buffer.from(text));
export const uri = (text: string) => der(0x86, Buffer.from(text));
export const ip = (...bytes: readonly number[]) => der(0x87, Buffer.from(bytes));
export const directory = (name: string) => der(0xa4, nameOf(name));

export function constraints(permitted: readonly Uint8Array[], excluded: readonly Uint8Array[] = []): Uint8Array {
  const subtrees = (tag: number, bases: readonly Uint8Array[]) =>
    bases.length === 0 ? [] : [der(tag, ...bases.map((base) => sequence(base)))];
  return extension('2.5.29.30', sequence(...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)), 'critical');
}

export function policies(...identifiers: readonly string[]): Uint8Array {
  return extension('2.5.29.32', sequence(...identifiers.map((oid) => sequence(objectIdentifier(oid)))));
}

export function mappings(...pairs: readonly (readonly [issuer: string, subject: string])[]): Uint8Array {
  return extension('2.5.29.33', sequence(...pairs.map((pair) => sequence(...pair.map(objectIdentifier)))));
}

function yearTime(year: number): Uint8Array {
  return der(0x18, Buffer.from(`${String(year).padStart(4, '0')}0101000000Z`));
}

export const certificatePem = (der: Uint8Array) => toPem('CERTIFICATE', der);
export const crlPem = (der: Uint8Array) => toPem('X509 CRL', der);
