import { group } from '../names/groups.ts';
import type { KeyAgreement } from './groups/agreement.ts';
import { ecdh } from './groups/ecdh.ts';
import { ffdhe } from './groups/ffdhe.ts';
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
  return ecdh(name);
}
