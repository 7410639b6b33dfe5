import { group } from '../names/groups.ts';
import type { KeyAgreement } from './groups/agreement.ts';
import { ecdh } from './groups/ecdh.ts';
import { ffdhe } from './groups/ffdhe.ts';
import { type HybridPart, hybrid } from './groups/hybrid.ts';
import { type MlKemSize, mlKemLengths, mlkem } from './groups/mlkem.ts';
import { montgomery } from './groups/montgomery.ts';

export { BadShare, type KeyAgreement, type KeyPair, type Response, type ShareFault } from './groups/agreement.ts';

/** The key agreement of a named group by its code point; undefined when this Node cannot do it. */
export function keyAgreement(code: number): KeyAgreement | undefined {
  if (!made.has(code)) made.set(code, make(group(code)?.names[0] ?? ''));
  return made.get(code);
}

/** Made when first asked for: the list of curves and the primes of RFC 7919 are not needed by most programs. */
const made = new Map<number, KeyAgreement | undefined>();

function make(name: string): KeyAgreement | undefined {
  if (name === 'x25519' || name === 'x448') return montgomery(name);
  if (name.startsWith('ffdhe')) return ffdhe(Number(name.substring('ffdhe'.length)));
  switch (name) {
    case 'MLKEM512':
      return mlkem(512);
    case 'MLKEM768':
      return mlkem(768);
    case 'MLKEM1024':
      return mlkem(1024);
    case 'X25519MLKEM768':
      return hybrid(kemPart(768), curvePart(montgomery('x25519')));
    case 'SecP256r1MLKEM768':
      return curveFirst(ecdh('secp256r1'), 768);
    case 'SecP384r1MLKEM1024':
      return curveFirst(ecdh('secp384r1'), 1024);
    case 'curveSM2MLKEM768':
      return curveFirst(ecdh('curveSM2'), 768);
    default:
      return ecdh(name);
  }
}

function curveFirst(curve: KeyAgreement | undefined, size: MlKemSize): KeyAgreement | undefined {
  return curve && hybrid(curvePart(curve), kemPart(size));
}

function curvePart(agreement: KeyAgreement): HybridPart {
  return { agreement, responseLength: agreement.shareLength };
}

function kemPart(size: MlKemSize): HybridPart {
  return { agreement: mlkem(size), responseLength: mlKemLengths[size].ciphertext };
}
