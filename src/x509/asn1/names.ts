import { der, sequence, Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { dotted } from './object-identifier.ts';
import { type Field, Structure } from './structure.ts';

/** One type and value of a distinguished name. */
export interface Attribute {
  /** Object identifier, dotted. */
  readonly type: string;
  /** DER of the object identifier, tag and length included. */
  readonly typeEncoding: Uint8Array;
  readonly value: Field;
  /** Index of its set in the name; a multi-valued RDN has several attributes in one set. */
  readonly set: number;
}

/** A distinguished name (RFC 5280 section 4.1.2.4). */
export interface DistinguishedName {
  /** The whole SEQUENCE. */
  readonly der: Uint8Array;
  readonly attributes: readonly Attribute[];
}

/** @throws {Malformed} */
export function distinguishedName(der: Uint8Array): DistinguishedName {
  const outer = new Structure(der);
  const sets = outer.sequence('name');
  outer.end('name');
  return nameFrom(der, sets);
}

function nameFrom(der: Uint8Array, sets: Structure): DistinguishedName {
  const attributes: Attribute[] = [];
  for (let set = 0; !sets.isEmpty; set++) {
    const members = new Structure(sets.take('relative name', Tag.set).body);
    if (members.isEmpty) throw new Malformed('empty set', ['relative name']);
    while (!members.isEmpty) {
      const attribute = members.sequence('attribute');
      const { body, encoding } = attribute.take('type', Tag.objectIdentifier);
      attributes.push({ type: dotted(body), typeEncoding: encoding, value: attribute.take('value'), set });
      attribute.end('attribute');
    }
  }
  return { der, attributes };
}

/** relativeName decodes the contents of one set as a name of its own. @throws {Malformed} */
export function relativeName(members: Uint8Array): DistinguishedName {
  return distinguishedName(sequence(der(Tag.set, members)));
}
