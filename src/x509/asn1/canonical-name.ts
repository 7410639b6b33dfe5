import { der, sequence, Tag } from '../../bytes/der.ts';
import { latin1, view } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import type { Attribute, DistinguishedName } from './names.ts';
import type { Field } from './structure.ts';

/**
 * canonicalName returns OpenSSL 3.0's canonical encoding of a name, one character a byte: equal names have equal ones.
 * Text is UTF-8 whatever its type was, without blanks at its ends, with one blank for several, ASCII letters in lower
 * case. A name begins another (as a name constraint asks) exactly when its canonical form does.
 * @throws {Malformed} for text that is not sound in its type
 */
export function canonicalName(name: DistinguishedName): string {
  const known = canonicalNames.get(name);
  if (known !== undefined) return known;
  const sets = new Map<number, Attribute[]>();
  for (const attribute of name.attributes) {
    const set = sets.get(attribute.set);
    if (set) set.push(attribute);
    else sets.set(attribute.set, [attribute]);
  }
  const text = Array.from(sets.values(), (set) => latin1(canonicalSet(set))).join('');
  canonicalNames.set(name, text);
  return text;
}

/** Names are compared far more often than they are decoded, so canonical forms are cached. */
const canonicalNames = new WeakMap<DistinguishedName, string>();

/** utf8Text decodes the text of a string type. @throws {Malformed} for any other type, and for invalid text */
export function utf8Text(field: Field): string {
  const text = textOf(field);
  if (text === undefined) throw new Malformed(`tag ${field.tag} is no text`);
  return text;
}

function canonicalSet(attributes: readonly Attribute[]): Uint8Array {
  const members = attributes.map(({ typeEncoding, value }) => sequence(typeEncoding, canonicalValue(value)));
  return der(Tag.set, ...members.sort((a, b) => Buffer.compare(a, b)));
}

const blanks = /[ \t\n\v\f\r]+/g;

function canonicalValue(field: Field): Uint8Array {
  const text = textOf(field);
  if (text === undefined) return field.encoding;
  const canonical = text
    .replace(blanks, ' ')
    .replace(/^ | $/g, '')
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return der(Tag.utf8String, Buffer.from(canonical));
}

/** textOf returns undefined for a type that is no string. */
function textOf({ tag, body }: Field): string | undefined {
  switch (tag) {
    case 0x0c:
      return utf8(body);
    case 0x13: // PrintableString
    case 0x14: // T61String, which OpenSSL takes for Latin-1
    case 0x16: // IA5String
    case 0x1a: // VisibleString
      return latin1(body);
    case 0x1e:
      return utf16(body);
    case 0x1c:
      return utf32(body);
    default:
      return undefined;
  }
}

function utf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new Malformed('not UTF-8');
  }
}

function utf16(body: Uint8Array): string {
  if (body.length % 2 === 1) throw new Malformed(`BMPString of ${body.length} bytes`);
  const text = Buffer.from(body).swap16().toString('utf16le');
  // BMPString has no surrogate pairs.
  if (/[\ud800-\udfff]/.test(text)) throw new Malformed('not Unicode');
  return text;
}

function utf32(body: Uint8Array): string {
  if (body.length % 4 !== 0) throw new Malformed(`UniversalString of ${body.length} bytes`);
  const memory = view(body);
  let text = '';
  for (let at = 0; at < memory.length; at += 4) {
    const point = memory.readUInt32BE(at);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw new Malformed('not Unicode');
    text += String.fromCodePoint(point);
  }
  return text;
}
