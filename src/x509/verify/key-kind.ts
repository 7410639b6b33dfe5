import { Tag } from '../../bytes/der.ts';
import type { CertificateFacts } from '../certificate.ts';
import type { KeyType } from '../key-facts.ts';
import { dotted } from '../object-identifier.ts';
import { Structure } from '../structure.ts';

export type KeyKind = KeyType | 'X25519' | 'X448' | 'DH';

/** Undefined where the key cannot be read. A DSA key may leave its parameters to its issuer's. */
export function keyKindOf({ key, publicKey, publicKeyInfo }: CertificateFacts): KeyKind | undefined {
  if (key) return key.keyType;
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

/** The key's value, if it is such a key. */
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
