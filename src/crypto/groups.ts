import { group } from '../names/groups.ts';
import type { KeyAgreement } from './groups/agreement.ts';
import { ecdh } from './groups/ecdh.ts';
import { ffdhe } from './groups/ffdhe.ts';
import { type HybridPart, hybrid } from './groups/hybrid.ts';
import { type MlKemSize, mlKemLengths, mlkem } from './groups/mlkem.ts';
import { montgomery } from './groups/montgomery.ts';
import type { Random } from './primitives/random.ts';

export { BadShare, type KeyAgreement, type Response, type ShareFault } from './groups/agreement.ts';

/** The key agreement of a named group by its code point; undefined when this Node does not support it. */
export const keyAgreement = keyAgreements();

/** The same with private keys made from the bytes of `random` only, which is slower. */
export function keyAgreementsFrom(random: Random): typeof keyAgreement {
  return keyAgreements(random);
}

/** Each agreement is made at its first use: most programs do not need the list of curves and the primes of RFC 7919. */
function keyAgreements(random?: Random) {
  const made = new Map<number, KeyAgreement | undefined>();
  return (code: number): KeyAgreement | undefined => {
    if (!made.has(code)) made.set(code, make(group(code)?.names[0] ?? '', random));
    return made.get(code);
  };
}

function make(name: string, random: Random | undefined): KeyAgreement | undefined {
  if (name === 'x25519' || name === 'x448') return montgomery(name, random);
  if (name.startsWith('ffdhe')) return ffdhe(Number(name.substring('ffdhe'.length)), random);
  switch (name) {
    case 'MLKEM512':
      return mlkem(512, random);
    case 'MLKEM768':
      return mlkem(768, random);
    case 'MLKEM1024':
      return mlkem(1024, random);
    case 'X25519MLKEM768':
      return joined(kemPart(768, random), curvePart(montgomery('x25519', random)));
    case 'SecP256r1MLKEM768':
      return joined(curvePart(ecdh('secp256r1', random)), kemPart(768, random));
    case 'SecP384r1MLKEM1024':
      return joined(curvePart(ecdh('secp384r1', random)), kemPart(1024, random));
    case 'curveSM2MLKEM768':
      return joined(curvePart(ecdh('curveSM2', random)), kemPart(768, random));
    default:
      return ecdh(name, random);
  }
}

function joined(first: HybridPart | undefined, second: HybridPart | undefined): KeyAgreement | undefined {
  return first && second && hybrid(first, second);
}

function curvePart(agreement: KeyAgreement | undefined): HybridPart | undefined {
  return agreement && { agreement, responseLength: agreement.shareLength };
}

function kemPart(size: MlKemSize, random: Random | undefined): HybridPart | undefined {
  const agreement = mlkem(size, random);
  return agreement && { agreement, responseLength: mlKemLengths[size].ciphertext };
}
