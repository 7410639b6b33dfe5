import { der, integer, sequence, Tag, tagged } from '../../bytes/der.ts';
import type { Random } from '../../crypto/primitives/random.ts';
import { type CertificateSigner, signed } from './certificate-signer.ts';

/**
 * CertificateRecipe is a certificate before it is signed: the fields of RFC 5280 section 4.1.2 as they will stand, right
 * or wrong. Byte fields are DER.
 */
export interface CertificateRecipe {
  readonly version: 1 | 3;
  /** Contents of the INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly issuer: Uint8Array;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: Uint8Array;
  readonly publicKeyInfo: Uint8Array;
  /** Encoded as `extension` encodes them; version 1 has none. */
  readonly extensions: readonly Uint8Array[];
  readonly signer: CertificateSigner;
}

/** issueCertificate encodes and signs a certificate. */
export function issueCertificate(recipe: CertificateRecipe): Uint8Array {
  const { version, serialNumber, issuer, subject, publicKeyInfo, extensions, signer } = recipe;
  const tbsCertificate = sequence(
    ...(version === 1 ? [] : [tagged(0, integer(version - 1))]),
    der(Tag.integer, serialNumber),
    signer.algorithm,
    issuer,
    sequence(time(recipe.notBefore), time(recipe.notAfter)),
    subject,
    publicKeyInfo,
    ...(extensions.length === 0 ? [] : [tagged(3, sequence(...extensions))]),
  );
  return signed(tbsCertificate, signer);
}

/** randomSerial returns 128 bits. RFC 5280 section 4.1.2.2: positive, at most 20 bytes. */
export function randomSerial(random: Random): Uint8Array {
  return Uint8Array.from(random(16), (byte, at) => (at === 0 ? (byte & 0x7f) | 0x40 : byte));
}

/** time encodes milliseconds since 1970. RFC 5280 section 4.1.2.5: two digits for the year up to 2049. */
function time(milliseconds: number): Uint8Array {
  const digits = digitsOf(milliseconds);
  return digits >= '1950' && digits < '2050'
    ? der(Tag.utcTime, Buffer.from(digits.substring(2)))
    : generalizedTime(milliseconds);
}

/** generalizedTime has four digits for the year. */
function generalizedTime(milliseconds: number): Uint8Array {
  return der(0x18, Buffer.from(digitsOf(milliseconds)));
}

function digitsOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().replace(/[-:T]|\..*$/g, '')}Z`;
}
