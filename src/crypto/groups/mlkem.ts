import * as crypto from 'node:crypto';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { der, objectIdentifier, sequence, Tag } from '../../bytes/der.ts';
import { mlKem } from '../primitives/post-quantum.ts';
import type { Random } from '../primitives/random.ts';
import { BadShare, type KeyAgreement, orBadShare, type Response } from './agreement.ts';

/** The size in the name of a parameter set of FIPS 203. */
export type MlKemSize = 512 | 768 | 1024;

/** Lengths of encapsulation key and ciphertext in bytes (FIPS 203 table 3). */
export const mlKemLengths: Readonly<Record<MlKemSize, { readonly key: number; readonly ciphertext: number }>> = {
  512: { key: 800, ciphertext: 768 },
  768: { key: 1184, ciphertext: 1088 },
  1024: { key: 1568, ciphertext: 1568 },
};

/**
 * ML-KEM as a group of TLS 1.3 (draft-ietf-tls-mlkem): the client's share is an encapsulation key, the server's the
 * ciphertext of the secret. Uses Node's own ML-KEM where it exists, else loads the JavaScript one. `random` is the
 * source of keys and secrets, and needs the JavaScript one. Undefined without both.
 */
export function mlkem(size: MlKemSize, random?: Random): KeyAgreement | undefined {
  const { key: shareLength, ciphertext } = mlKemLengths[size];
  const ofNode = nativeCalls === undefined || random !== undefined ? undefined : native(nativeCalls, size);
  const kem = ofNode ?? inJavaScript(size, random);
  if (kem === undefined) return undefined;
  return {
    shareLength,
    keyPair() {
      const { share, decapsulate } = kem.keyPair();
      return {
        share,
        derive(peerShare) {
          if (peerShare.length !== ciphertext) throw new BadShare('length');
          return orBadShare('secret', () => decapsulate(peerShare));
        },
      };
    },
    respond(peerShare) {
      if (peerShare.length !== shareLength) throw new BadShare('length');
      // FIPS 203 section 7.2: a key whose coefficients are not reduced is refused.
      return orBadShare('point', () => kem.encapsulate(peerShare));
    },
  };
}

interface Kem {
  keyPair(): { readonly share: Uint8Array; decapsulate(ciphertext: Uint8Array): Uint8Array };
  encapsulate(key: Uint8Array): Response;
}

/** Calls that the type declarations of Node 20 lack. */
interface NativeCalls {
  encapsulate(key: KeyObject): { readonly sharedKey: Uint8Array; readonly ciphertext: Uint8Array };
  decapsulate(key: KeyObject, ciphertext: Uint8Array): Uint8Array;
}

const nativeCalls: NativeCalls | undefined = 'encapsulate' in crypto ? (crypto as object as NativeCalls) : undefined;

/** Undefined when the library below this Node has no ML-KEM. */
function native(calls: NativeCalls, size: MlKemSize): Kem | undefined {
  const generate = generateKeyPairSync as (type: string) => { publicKey: KeyObject; privateKey: KeyObject };
  const spki = sequence(
    sequence(objectIdentifier(identifiers[size])),
    der(Tag.bitString, Buffer.alloc(1 + mlKemLengths[size].key)),
  );
  const prefix = spki.subarray(0, spki.length - mlKemLengths[size].key);
  const kem: Kem = {
    keyPair() {
      const { publicKey, privateKey } = generate(`ml-kem-${size}`);
      const share = publicKey.export({ type: 'spki', format: 'der' }).subarray(prefix.length);
      return { share, decapsulate: (ciphertext) => calls.decapsulate(privateKey, ciphertext) };
    },
    encapsulate(share) {
      const key = createPublicKey({ key: Buffer.concat([prefix, share]), format: 'der', type: 'spki' });
      const { sharedKey, ciphertext } = calls.encapsulate(key);
      return { share: ciphertext, secret: sharedKey };
    },
  };
  try {
    kem.keyPair();
    return kem;
  } catch {
    return undefined;
  }
}

/** NIST's Computer Security Objects Register: id-alg-ml-kem-512 and its kin. */
const identifiers: Readonly<Record<MlKemSize, string>> = {
  512: '2.16.840.1.101.3.4.4.1',
  768: '2.16.840.1.101.3.4.4.2',
  1024: '2.16.840.1.101.3.4.4.3',
};

function inJavaScript(size: MlKemSize, random?: Random): Kem | undefined {
  const kem = mlKem()?.[`ml_kem${size}`];
  if (kem === undefined) return undefined;
  return {
    keyPair() {
      const { publicKey, secretKey } = kem.keygen(random?.(64));
      return { share: publicKey, decapsulate: (ciphertext) => kem.decapsulate(ciphertext, secretKey) };
    },
    encapsulate(share) {
      const { cipherText, sharedSecret } = kem.encapsulate(share, random?.(32));
      return { share: cipherText, secret: sharedSecret };
    },
  };
}
