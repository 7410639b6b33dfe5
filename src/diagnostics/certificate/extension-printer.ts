import type { Element } from '../../bytes/der.ts';
import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';

/** ExtensionPrinter prints the value of an extension, without the last line feed. @throws {Malformed} */
export type ExtensionPrinter = (value: Uint8Array) => string;

/** Indentation of a value's lines. */
export const margin = ' '.repeat(16);

/** only returns the first element of a value. @throws {Malformed} */
export function only(value: Uint8Array, name: string, ...tags: readonly number[]): Field {
  return new Structure(value).take(name, ...tags);
}

/** fieldsOf returns the contents of a value that is a SEQUENCE. @throws {Malformed} */
export function fieldsOf(value: Uint8Array, name: string): Structure {
  return new Structure(only(value, name, 0x30).body);
}

/** commaList prints items on one line, separated by commas. */
export function commaList(items: readonly string[]): string {
  return items.length === 0 ? `${margin}<EMPTY>\n` : `${margin}${items.join(', ')}`;
}

/** lines prints a line for each item. */
export function lines(items: readonly string[]): string {
  return items.length === 0 ? `${margin}<EMPTY>\n` : items.map((item) => `${margin}${item}`).join('\n');
}

/** printable replaces unprintable characters of a string by dots. */
export function printable({ body }: Pick<Element, 'body'>): string {
  return latin1(body).replace(/[^\n\r -~]/g, '.');
}

/** textOf prints a text unescaped, as the reference does, unless it has a NUL. @throws {Malformed} */
export function textOf(body: Uint8Array): string {
  if (body.includes(0)) throw new Malformed('NUL', ['text']);
  return Buffer.from(body).toString('utf8');
}

/** bitsOf returns the numbers of the set bits in a BIT STRING's contents: 0 is the highest bit of the first byte. */
export function bitsOf([, ...bytes]: Uint8Array): number[] {
  return bytes.flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => at * 8 + bit),
  );
}
