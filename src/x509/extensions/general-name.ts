import { Tag } from '../../bytes/der.ts';
import { equal, latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { canonicalName } from '../asn1/canonical-name.ts';
import { type DistinguishedName, distinguishedName } from '../asn1/names.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { type Field, Structure } from '../asn1/structure.ts';

/** GeneralName of RFC 5280 section 4.2.1.6. `encoding` is the whole element. */
export type GeneralName = { readonly encoding: Uint8Array } & (
  | { readonly kind: 'other'; readonly type: string; readonly value: Field }
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  | { readonly kind: 'directory'; readonly name: DistinguishedName }
  | { readonly kind: 'ip'; readonly address: Uint8Array }
  | { readonly kind: 'x400' | 'edi' | 'registered' }
);

/** generalNames decodes the contents of a GeneralNames. @throws {Malformed} */
export function generalNames(body: Uint8Array): GeneralName[] {
  const fields = new Structure(body);
  const names: GeneralName[] = [];
  while (!fields.isEmpty) names.push(generalName(fields.take('name')));
  return names;
}

/** @throws {Malformed} */
export function generalName({ tag, body, encoding }: Field): GeneralName {
  switch (tag) {
    case 0xa0:
      return { encoding, kind: 'other', ...otherName(body) };
    case 0x81:
      return { encoding, kind: 'email', text: latin1(body) };
    case 0x82:
      return { encoding, kind: 'dns', text: latin1(body) };
    case 0xa3:
      return { encoding, kind: 'x400' };
    case 0xa4:
      return { encoding, kind: 'directory', name: soundName(body) };
    case 0xa5:
      checkPartyName(body);
      return { encoding, kind: 'edi' };
    case 0x86:
      return { encoding, kind: 'uri', text: latin1(body) };
    case 0x87:
      return { encoding, kind: 'ip', address: body };
    case 0x88:
      dotted(body);
      return { encoding, kind: 'registered' };
    default:
      throw new Malformed(`tag ${tag} not expected`, ['general name']);
  }
}

export function sameGeneralName(a: GeneralName, b: GeneralName): boolean {
  if (a.kind === 'directory' && b.kind === 'directory') return canonicalName(a.name) === canonicalName(b.name);
  return equal(a.encoding, b.encoding);
}

/** soundName also computes the canonical form, so that later comparisons cannot throw. */
function soundName(body: Uint8Array): DistinguishedName {
  const name = distinguishedName(body);
  canonicalName(name);
  return name;
}

/** EDIPartyName has one or two DirectoryStrings. */
function checkPartyName(body: Uint8Array): void {
  const fields = new Structure(body);
  const assigner = fields.takeIf('nameAssigner', 0xa0);
  const party = fields.take('partyName', 0xa1);
  fields.end('party name');
  for (const field of assigner ? [assigner, party] : [party]) {
    const outer = new Structure(field.body);
    checkWidth(outer.take('DirectoryString', 0x0c, 0x13, 0x14, 0x1c, 0x1e));
    outer.end('DirectoryString');
  }
}

/** Characters of UniversalString and BMPString have four and two bytes. */
function checkWidth({ tag, body }: Field): void {
  const width = tag === 0x1c ? 4 : tag === 0x1e ? 2 : 1;
  if (body.length % width !== 0) throw new Malformed(`text of ${body.length} bytes`, ['general name']);
}

function otherName(body: Uint8Array): { type: string; value: Field } {
  const fields = new Structure(body);
  const type = dotted(fields.take('type-id', Tag.objectIdentifier).body);
  const outer = new Structure(fields.take('value', 0xa0).body);
  const value = outer.take('value');
  outer.end('value');
  checkWidth(value);
  fields.end('other name');
  return { type, value };
}
