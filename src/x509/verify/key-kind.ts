import { elementAt, elementsOf, objectIdentifier, Tag } from '../../bytes/der.ts';
import { equal } from '../../bytes/hex.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { Structure } from '../asn1/structure.ts';
import type { CertificateFacts } from '../certificates/certificate.ts';
import type { KeyType } from '../certificates/key-facts.ts';

export type KeyKind = KeyType | 'SM2' | 'X25519' | 'X448' | 'DH';

/** keyKindOf returns undefined for an unreadable key. A DSA key may inherit its issuer's parameters. */
export function keyKindOf({ key, publicKey, publicKeyInfo }: CertificateFacts): KeyKind | undefined {
  if (key) return key.keyType;
  if (publicKey && isSm2Key(publicKeyInfo)) return 'SM2';
  switch (publicKey?.asymmetricKeyType) {
    case 'x25519':
      return 'X25519';
    case 'x448':
      return 'X448';
    case undefined:
      return dsaWithoutParameters(publicKeyInfo) ? 'DSA' : undefined;
    default:
      return 'DH';
  }
}

/** isSm2Key recognizes a key for SM2 by its curve. */
export function isSm2Key(publicKeyInfo: Uint8Array): boolean {
  const algorithm = elementsOf(elementAt(publicKeyInfo, 0).body)[0];
  return algorithm !== undefined && equal(algorithm.body, sm2);
}

const sm2 = Buffer.concat([objectIdentifier('1.2.840.10045.2.1'), objectIdentifier('1.2.156.10197.1.301')]);

/** dsaWithoutParameters returns the encoded value of such a key; undefined for any other. */
export function dsaWithoutParameters(publicKeyInfo: Uint8Array): Uint8Array | undefined {
  try {
    const fields = new Structure(publicKeyInfo).sequence('subjectPublicKeyInfo');
    const algorithm = fields.sequence('algorithm');
    if (dotted(algorithm.take('algorithm', Tag.objectIdentifier).body) !== dsa) return undefined;
    return algorithm.isEmpty || algorithm.takeIf('parameters', Tag.null)
      ? fields.take('subjectPublicKey', Tag.bitString).encoding
      : undefined;
  } catch {
    return undefined;
  }
}

export const dsa = '1.2.840.10040.4.1';
