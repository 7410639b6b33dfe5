import { upperHex } from '../../bytes/hex.ts';
import { type NameFlags, nameFlag } from './name-options.ts';
import type { Field } from './structure.ts';

/** StringFault reports bytes that are invalid in their string type: printing ends there, as in the reference. */
export class StringFault extends Error {
  override readonly name = 'StringFault';
}

/**
 * stringText formats a value as ASN1_STRING_print_ex of OpenSSL 3.0 does; each character of the result is one byte of
 * output.
 * @throws {StringFault}
 */
export function stringText(field: Field, flags: NameFlags): string {
  const type = flags & nameFlag.show_type ? `${typeNames.get(field.tag) ?? '(unknown)'}:` : '';
  const width = charactersOf(field.tag, flags);
  if (width === undefined) return `${type}#${upperHex(flags & nameFlag.dump_der ? field.encoding : contents(field))}`;
  // UTF-8 input is passed through when UTF-8 is wanted.
  const isUtf8 = width === 'utf8' && (flags & nameFlag.utf8) !== 0;
  const convert = flags & nameFlag.utf8 && !isUtf8 ? 'toUtf8' : 'not';
  const { text, needsQuotes } = escaped(codePoints(contents(field), isUtf8 ? 1 : width), flags, convert);
  return needsQuotes ? `${type}"${text}"` : `${type}${text}`;
}

/** Bytes of one character. */
type Width = 1 | 2 | 4 | 'utf8';

/** charactersOf returns undefined for a value that is dumped. */
function charactersOf(tag: number, flags: NameFlags): Width | undefined {
  if (flags & nameFlag.dump_all) return undefined;
  if (flags & nameFlag.ignore_type) return 1;
  return widths.get(tag) ?? (flags & nameFlag.dump_nostr ? undefined : 1);
}

const widths: ReadonlyMap<number, Width> = new Map<number, Width>([
  [0x0c, 'utf8'],
  [0x12, 1],
  [0x13, 1],
  [0x14, 1],
  [0x16, 1],
  [0x17, 1],
  [0x18, 1],
  [0x1a, 1],
  [0x1c, 4],
  [0x1e, 2],
]);

const bitString = 0x03;
const constructed = 0x20;

/** contents returns the bytes that the reference prints: a whole structure, a bit string without its first byte. */
export function contents({ tag, body, encoding }: Field): Uint8Array {
  if (tag & constructed) return encoding;
  return tag === bitString ? body.subarray(1) : body;
}

function codePoints(bytes: Uint8Array, width: Width): number[] {
  if (width === 'utf8') return utf8CodePoints(bytes);
  if (bytes.length % width !== 0) throw new StringFault(`${bytes.length} bytes`);
  const points: number[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    let point = 0;
    for (const byte of bytes.subarray(at, at + width)) point = point * 256 + byte;
    points.push(point);
  }
  return points;
}

function utf8CodePoints(bytes: Uint8Array): number[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return Array.from(text, (character) => character.codePointAt(0) ?? 0);
  } catch {
    throw new StringFault('not UTF-8');
  }
}

function escaped(points: readonly number[], flags: NameFlags, convert: 'toUtf8' | 'not') {
  let text = '';
  let needsQuotes = false;
  points.forEach((point, at) => {
    const place = at === points.length - 1 ? 'last' : at === 0 ? 'first' : 'middle';
    for (const unit of convert === 'toUtf8' ? utf8Bytes(point) : [point]) {
      const form = character(unit, place, flags);
      text += form.text;
      needsQuotes ||= form.isQuoted;
    }
  });
  return { text, needsQuotes };
}

/** utf8Bytes returns nothing for surrogates and for numbers beyond Unicode. */
function utf8Bytes(point: number): Iterable<number> {
  const isCharacter = point < 0xd800 || (point > 0xdfff && point <= 0x10ffff);
  return isCharacter ? Buffer.from(String.fromCodePoint(point)) : [];
}

/** A single character is the last. */
type Place = 'first' | 'middle' | 'last';

const escapeFlags = nameFlag.esc_2253 | nameFlag.esc_ctrl | nameFlag.esc_msb | nameFlag.use_quote | nameFlag.esc_2254;

function character(point: number, place: Place, flags: NameFlags): { text: string; isQuoted: boolean } {
  if (point > 0xffff) return plain(`\\W${hexadecimal(point, 8)}`);
  if (point > 0xff) return plain(`\\U${hexadecimal(point, 4)}`);
  const text = String.fromCharCode(point);
  if (flags & nameFlag.esc_2253 && isSpecial(text, place)) {
    // These two need their backslash inside quotation marks too.
    return flags & nameFlag.use_quote && text !== '"' && text !== '\\' ? { text, isQuoted: true } : plain(`\\${text}`);
  }
  const isControl = point < 0x20 || point === 0x7f;
  const inHex =
    point > 0x7f
      ? flags & nameFlag.esc_msb
      : (isControl && flags & nameFlag.esc_ctrl) || (isFilter(text) && flags & nameFlag.esc_2254);
  if (inHex) return plain(`\\${hexadecimal(point, 2)}`);
  return plain(text === '\\' && flags & escapeFlags ? '\\\\' : text);
}

function plain(text: string) {
  return { text, isQuoted: false };
}

/** RFC 2253 section 2.4 */
function isSpecial(text: string, place: Place): boolean {
  return ',+"<>;\\'.includes(text) || (text === '#' && place === 'first') || (text === ' ' && place !== 'middle');
}

/** RFC 2254 section 4 */
function isFilter(text: string): boolean {
  return '*()\\\0'.includes(text);
}

function hexadecimal(point: number, digits: number): string {
  return point.toString(16).toUpperCase().padStart(digits, '0');
}

const typeNames: ReadonlyMap<number, string> = new Map([
  [0x01, 'BOOLEAN'],
  [0x02, 'INTEGER'],
  [0x03, 'BIT STRING'],
  [0x04, 'OCTET STRING'],
  [0x05, 'NULL'],
  [0x06, 'OBJECT'],
  [0x07, 'OBJECT DESCRIPTOR'],
  [0x08, 'EXTERNAL'],
  [0x09, 'REAL'],
  [0x0a, 'ENUMERATED'],
  [0x0b, '<ASN1 11>'],
  [0x0c, 'UTF8STRING'],
  [0x0d, '<ASN1 13>'],
  [0x0e, '<ASN1 14>'],
  [0x0f, '<ASN1 15>'],
  [0x12, 'NUMERICSTRING'],
  [0x13, 'PRINTABLESTRING'],
  [0x14, 'T61STRING'],
  [0x15, 'VIDEOTEXSTRING'],
  [0x16, 'IA5STRING'],
  [0x17, 'UTCTIME'],
  [0x18, 'GENERALIZEDTIME'],
  [0x19, 'GRAPHICSTRING'],
  [0x1a, 'VISIBLESTRING'],
  [0x1b, 'GENERALSTRING'],
  [0x1c, 'UNIVERSALSTRING'],
  [0x1d, '<ASN1 29>'],
  [0x1e, 'BMPSTRING'],
  [0x30, 'SEQUENCE'],
  [0x31, 'SET'],
]);
