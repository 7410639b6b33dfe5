import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { der, elementAt, elementsOf, integer, objectIdentifier, octetString, sequence, Tag } from '../../bytes/der.ts';
import { ipAddressBytes } from '../../bytes/ip-address.ts';

/*
 * Extensions of certificates and lists, encoded (RFC 5280 section 4.2). Each function is named as the extension.
 */

type Weight = 'critical' | 'optional';

/** extension encodes one of any kind; `value` is the DER inside its OCTET STRING. */
function extension(oid: string, value: Uint8Array, weight: Weight = 'optional'): Uint8Array {
  const critical = weight === 'critical' ? [der(Tag.boolean, Buffer.of(0xff))] : [];
  return sequence(objectIdentifier(oid), ...critical, octetString(value));
}

const subjectAltNameOid = '2.5.29.17';

/** `names`: host names and IP addresses. */
export function subjectAltName(names: readonly string[], weight: Weight = 'optional'): Uint8Array {
  return alternativeNames(names.map(generalName), weight);
}

/** alternativeNames takes encoded names, of any kind. */
function alternativeNames(names: readonly Uint8Array[], weight: Weight = 'optional'): Uint8Array {
  return extension(subjectAltNameOid, sequence(...names), weight);
}

/** dnsName encodes any text, also what is no host name. */
function dnsName(text: string): Uint8Array {
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

const extendedKeyUsageOid = '2.5.29.37';
export const serverAuth = '1.3.6.1.5.5.7.3.1';

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
function keyIdentifier(publicKeyInfo: Uint8Array): Uint8Array {
  return createHash('sha1').update(publicKeyBits(publicKeyInfo)).digest();
}

function publicKeyBits(publicKeyInfo: Uint8Array): Uint8Array {
  const [, bits] = elementsOf(elementAt(publicKeyInfo, 0).body);
  return bits?.body.subarray(1) ?? new Uint8Array(0);
}
