import { integerContents } from '../asn1/integer.ts';
import { Structure } from '../asn1/structure.ts';
import { type GeneralName, generalName } from './general-name.ts';

/** RFC 5280 section 4.2.1.10 */
export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

export interface Subtree {
  readonly base: GeneralName;
  /** A minimum other than 0 or a maximum is set; neither is supported. */
  readonly hasBounds: boolean;
}

/** nameConstraints accepts an empty extension, which RFC 5280 forbids. @throws {Malformed} */
export function nameConstraints(value: Uint8Array): NameConstraints {
  const fields = new Structure(value).sequence('nameConstraints');
  const permitted = fields.takeIf('permittedSubtrees', 0xa0);
  const excluded = fields.takeIf('excludedSubtrees', 0xa1);
  fields.end('nameConstraints');
  return { permitted: subtrees(permitted?.body), excluded: subtrees(excluded?.body) };
}

function subtrees(body: Uint8Array | undefined): Subtree[] {
  if (body === undefined) return [];
  const list = new Structure(body);
  const found: Subtree[] = [];
  while (!list.isEmpty) {
    const fields = list.sequence('subtree');
    const base = generalName(fields.take('base'));
    const minimum = fields.takeIf('minimum', 0x80);
    const maximum = fields.takeIf('maximum', 0x81);
    fields.end('subtree');
    if (maximum) integerContents(maximum.body);
    const startsBelow = minimum !== undefined && integerContents(minimum.body)[0] !== 0;
    found.push({ base, hasBounds: startsBelow || maximum !== undefined });
  }
  return found;
}
