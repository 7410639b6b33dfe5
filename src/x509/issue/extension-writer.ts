import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { der, elementAt, elementsOf, integer, objectIdentifier, octetString, sequence, Tag } from '../../bytes/der.ts';
import { ipAddressBytes } from '../../bytes/ip-address.ts';
import type { Network } from './local-names.ts';

/*
 * Extensions of certificates and lists, encoded (RFC 5280 section 4.2). Each function is named as the extension.
 */

type Weight = 'critical' | 'optional';

/** extension encodes one of any kind; `value` is the DER inside its OCTET STRING. */
export function extension(oid: string, value: Uint8Array, weight: Weight = 'optional'): Uint8Array {
  const critical = weight === 'critical' ? [der(Tag.boolean, Buffer.of(0xff))] : [];
  return sequence(objectIdentifier(oid), ...critical, octetString(value));
}

/** identifierOf returns the object identifier (DER) of an encoded extension. */
export function identifierOf(encoded: Uint8Array): Uint8Array {
  const [first] = elementsOf(elementAt(encoded, 0).body);
  return first?.body ?? new Uint8Array(0);
}

export const subjectAltNameOid = '2.5.29.17';

/** `names`: host names and IP addresses. */
export function subjectAltName(names: readonly string[], weight: Weight = 'optional'): Uint8Array {
  return alternativeNames(names.map(generalName), weight);
}

/** alternativeNames takes encoded names, of any kind. */
export function alternativeNames(names: readonly Uint8Array[], weight: Weight = 'optional'): Uint8Array {
  return extension(subjectAltNameOid, sequence(...names), weight);
}

/** dnsName encodes any text, also what is no host name. */
export function dnsName(text: string): Uint8Array {
  return der(0x82, Buffer.from(text, 'latin1'));
}

/** generalName encodes a dNSName or an iPAddress (RFC 5280 section 4.2.1.6). */
function generalName(name: string): Uint8Array {
  return isIP(name) === 0 ? dnsName(name) : der(0x87, ipAddressBytes(name));
}

/** `authority` with the number of intermediates below it, or without a limit. */
export function basicConstraints(authority: { readonly pathLength?: number } | 'none'): Uint8Array {
  if (authority === 'none') return extension('2.5.29.19', sequence(), 'critical');
  const { pathLength } = authority;
  const limit = pathLength === undefined ? [] : [integer(pathLength)];
  return extension('2.5.29.19', sequence(der(Tag.boolean, Buffer.of(0xff)), ...limit), 'critical');
}

/** `bits` as in KeyUsage of extensions/usage.ts, of the first byte. */
export function keyUsage(bits: number): Uint8Array {
  return extension('2.5.29.15', der(Tag.bitString, Buffer.of(unusedBits(bits), bits)), 'critical');
}

/** DER leaves no zero bits at the end of a list of named bits (X.690 section 11.2.2). */
function unusedBits(bits: number): number {
  let unused = 0;
  while (unused < 7 && ((bits >> unused) & 1) === 0) unused++;
  return unused;
}

export const extendedKeyUsageOid = '2.5.29.37';
export const serverAuth = '1.3.6.1.5.5.7.3.1';
export const clientAuth = '1.3.6.1.5.5.7.3.2';

export function extendedKeyUsage(...purposes: readonly string[]): Uint8Array {
  return extension(extendedKeyUsageOid, sequence(...purposes.map(objectIdentifier)));
}

export function subjectKeyIdentifier(publicKeyInfo: Uint8Array): Uint8Array {
  return extension('2.5.29.14', octetString(keyIdentifier(publicKeyInfo)));
}

export function authorityKeyIdentifier(publicKeyInfo: Uint8Array): Uint8Array {
  return extension('2.5.29.35', sequence(der(0x80, keyIdentifier(publicKeyInfo))));
}

/** keyIdentifier is method 1 of RFC 5280 section 4.2.1.2: SHA-1 of the subjectPublicKey without tag and length. */
export function keyIdentifier(publicKeyInfo: Uint8Array): Uint8Array {
  return createHash('sha1').update(publicKeyBits(publicKeyInfo)).digest();
}

function publicKeyBits(publicKeyInfo: Uint8Array): Uint8Array {
  const [, bits] = elementsOf(elementAt(publicKeyInfo, 0).body);
  return bits?.body.subarray(1) ?? new Uint8Array(0);
}

/** Subtrees of a root: names of hosts with all that is below them, and networks. */
export interface PermittedNames {
  readonly hosts: readonly string[];
  readonly networks: readonly Network[];
}

/** nameConstraints permits these and nothing else (RFC 5280 section 4.2.1.10). */
export function nameConstraints({ hosts, networks }: PermittedNames): Uint8Array {
  const permitted = [...hosts.map(dnsName), ...networks.map(({ address, mask }) => der(0x87, address, mask))].map(
    (base) => sequence(base),
  );
  // A kind of name that is not mentioned is not constrained: no host, or no address, is to be one of none.
  const excluded = [
    ...(hosts.length === 0 ? [dnsName('')] : []),
    ...(networks.some(({ address }) => address.length === 4) ? [] : [der(0x87, Buffer.alloc(8))]),
    ...(networks.some(({ address }) => address.length === 16) ? [] : [der(0x87, Buffer.alloc(32))]),
  ].map((base) => sequence(base));
  const lists = [
    ...(permitted.length > 0 ? [der(0xa0, ...permitted)] : []),
    ...(excluded.length > 0 ? [der(0xa1, ...excluded)] : []),
  ];
  return extension('2.5.29.30', sequence(...lists), 'critical');
}

/** Where status and issuer are published. */
export interface PublishedAt {
  readonly ocsp: string;
  readonly issuer: string;
  readonly list: string;
}

export function authorityInfoAccess({ ocsp, issuer }: Pick<PublishedAt, 'ocsp' | 'issuer'>): Uint8Array {
  const access = (method: string, at: string) => sequence(objectIdentifier(method), uri(at));
  return extension(
    '1.3.6.1.5.5.7.1.1',
    sequence(access('1.3.6.1.5.5.7.48.1', ocsp), access('1.3.6.1.5.5.7.48.2', issuer)),
  );
}

export function crlDistributionPoints(list: string): Uint8Array {
  const fullName = der(0xa0, uri(list));
  return extension('2.5.29.31', sequence(sequence(der(0xa0, fullName))));
}

function uri(text: string): Uint8Array {
  return der(0x86, Buffer.from(text, 'latin1'));
}

/** mustStaple is the TLS feature status_request (RFC 7633). */
export function mustStaple(): Uint8Array {
  return extension('1.3.6.1.5.5.7.1.24', sequence(integer(5)));
}
