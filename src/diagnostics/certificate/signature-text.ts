import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { objectNames } from '../../names/object-names.ts';
import { dotted } from '../../x509/asn1/object-identifier.ts';
import { Structure } from '../../x509/asn1/structure.ts';
import { hexLines } from './hex-lines.ts';
import { numberLines } from './number-lines.ts';
import { objectText } from './object-text.ts';
import { pssSignatureText } from './pss-text.ts';

/**
 * signatureAlgorithmText prints the line of an AlgorithmIdentifier (the contents of its SEQUENCE), with its parameters.
 * @throws {Malformed}
 */
export function signatureAlgorithmText(algorithm: Uint8Array): string {
  const { identifier, fields } = opened(algorithm);
  const rest = identifier === pss ? pssSignatureText(fields) : '\n';
  return `    Signature Algorithm: ${objectText(identifier)}${rest}`;
}

/**
 * signatureText prints algorithm and value at the end of a certificate. `value`: contents of the BIT STRING.
 * @throws {Malformed}
 */
export function signatureText(algorithm: Uint8Array, value: Uint8Array): string {
  const { identifier, fields } = opened(algorithm);
  const title = `    Signature Algorithm: ${objectText(identifier)}\n    Signature Value:`;
  const bytes = value.subarray(1);
  if (identifier === pss) return `${title}${pssSignatureText(fields)}${dump(bytes)}`;
  return `${title}\n${(isDsa(identifier) ? dsaText(bytes) : undefined) ?? dump(bytes)}`;
}

const pss = '1.2.840.113549.1.1.10';

function opened(algorithm: Uint8Array): { identifier: string; fields: Structure } {
  const fields = new Structure(algorithm);
  return { identifier: dotted(fields.take('algorithm', Tag.objectIdentifier).body), fields };
}

function dump(bytes: Uint8Array): string {
  return `${hexLines(bytes, 8, 18)}\n`;
}

function isDsa(identifier: string): boolean {
  return /^dsa/i.test(objectNames(identifier)?.long ?? '');
}

/** dsaText returns undefined for a value that is not two numbers. */
function dsaText(value: Uint8Array): string | undefined {
  try {
    const fields = new Structure(value).sequence('signature');
    const numbers = ['r:   ', 's:   '].map((label) => numberLines(label, fields.take(label, Tag.integer).body));
    return numbers.join('').replace(/^/gm, '        ').trimEnd().concat('\n');
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}
