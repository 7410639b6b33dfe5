import { srpVerifier } from '../src/crypto/srp/srp-exchange.ts';
import { type SrpGroup, srpGroup } from '../src/crypto/srp/srp-groups.ts';

/** verifierLine is a user's line of a verifier file, in the group of so many bits. */
export function verifierLine(name: string, password: string, bits: number): string {
  const salt = Buffer.from('8a5c2f', 'hex');
  const verifier = srpVerifier(srpGroup(bits) as SrpGroup, salt, name, password);
  return `${['V', digits(verifier), digits(salt), name, bits, `of ${name}`].join('\t')}\n`;
}

/** digits encodes in the base 64 of verifier files. */
function digits(bytes: Uint8Array): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz./';
  let value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; value > 0n; value /= 64n) text = `${alphabet[Number(value % 64n)] ?? ''}${text}`;
  return text;
}
