import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';
import {
  der,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  Tag,
  tagged,
  unsignedInteger,
} from '../../bytes/der.ts';
import { ipAddressBytes } from '../../bytes/ip-address.ts';

export interface SelfSignedOptions {
  /** Host names and IP addresses; the first is the common name. */
  readonly names: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Returns `size` random bytes. */
  random(size: number): Uint8Array;
}

const day = 24 * 60 * 60 * 1000;

/** selfSigned creates a P-256 key and a self-signed certificate (DER) valid for 30 days. */
export function selfSigned({ names, now, random }: SelfSignedOptions): { key: KeyObject; certificate: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = commonName(names[0] ?? 'localhost');
  // RFC 5280 section 4.1.2.2: positive, at most 20 bytes.
  const serialNumber = Uint8Array.from(random(16), (byte, at) => (at === 0 ? (byte & 0x7f) | 0x40 : byte));
  const tbsCertificate = sequence(
    tagged(0, integer(2)),
    unsignedInteger(serialNumber),
    ecdsaWithSha256,
    subject,
    // An hour back, for clients whose clock is behind.
    sequence(time(now - day / 24), time(now + 30 * day)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, extensions(names, publicKey)),
  );
  const signature = sign('sha256', tbsCertificate, privateKey);
  const certificate = sequence(tbsCertificate, ecdsaWithSha256, bitString(signature));
  return { key: privateKey, certificate };
}

/** fingerprint returns the SHA-256 of a certificate in the format of browsers and `openssl x509 -fingerprint`. */
export function fingerprint(certificate: Uint8Array): string {
  const digest = createHash('sha256').update(certificate).digest('hex').toUpperCase();
  return (digest.match(/../g) ?? []).join(':');
}

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

function commonName(name: string): Uint8Array {
  const attribute = sequence(objectIdentifier('2.5.4.3'), der(Tag.utf8String, Buffer.from(name)));
  return sequence(der(Tag.set, attribute));
}

const generalizedTime = 0x18;
const digitalSignature = 0x80;

/** RFC 5280 section 4.1.2.5: two digits for the year up to 2049. */
function time(milliseconds: number): Uint8Array {
  const digits = `${new Date(milliseconds).toISOString().replace(/[-:T]|\..*$/g, '')}Z`;
  return digits < '205'
    ? der(Tag.utcTime, Buffer.from(digits.substring(2)))
    : der(generalizedTime, Buffer.from(digits));
}

function extensions(names: readonly string[], publicKey: KeyObject): Uint8Array {
  const serverAuth = objectIdentifier('1.3.6.1.5.5.7.3.1');
  // RFC 5280 section 4.2.1.2, method 1: SHA-1 of the key's bits, which end the structure; here a point of 65 bytes.
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  return sequence(
    extension('2.5.29.17', 'optional', sequence(...names.map(generalName))),
    // Not an authority: clients refuse a CA certificate as a server's.
    extension('2.5.29.19', 'critical', sequence()),
    extension('2.5.29.15', 'critical', der(Tag.bitString, Buffer.of(7, digitalSignature))),
    extension('2.5.29.37', 'optional', sequence(serverAuth)),
    extension('2.5.29.14', 'optional', octetString(createHash('sha1').update(point).digest())),
  );
}

function extension(oid: string, weight: 'critical' | 'optional', value: Uint8Array): Uint8Array {
  const critical = weight === 'critical' ? [der(Tag.boolean, Buffer.of(0xff))] : [];
  return sequence(objectIdentifier(oid), ...critical, octetString(value));
}

/** dNSName or iPAddress (RFC 5280 section 4.2.1.6). */
function generalName(name: string): Uint8Array {
  return isIP(name) === 0 ? der(0x82, Buffer.from(name)) : der(0x87, ipAddressBytes(name));
}

function bitString(bytes: Uint8Array): Uint8Array {
  return der(Tag.bitString, Buffer.of(0), bytes);
}
