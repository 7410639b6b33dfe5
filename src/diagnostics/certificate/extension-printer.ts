import type { Element } from '../../bytes/der.ts';
import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';

/** Prints the value of an extension, without the last line feed. @throws {Malformed} */
export type ExtensionPrinter = (value: Uint8Array) => string;

/** Before the lines of a value. */
export const margin = ' '.repeat(16);

/** The element that a value begins with. @throws {Malformed} */
export function only(value: Uint8Array, name: string, ...tags: readonly number[]): Field {
  return new Structure(value).take(name, ...tags);
}

/** The inside of the SEQUENCE that is the value. @throws {Malformed} */
export function fieldsOf(value: Uint8Array, name: string): Structure {
  return new Structure(only(value, name, 0x30).body);
}

/** One line with commas, in which nothing has a place of its own. */
export function commaList(items: readonly string[]): string {
  return items.length === 0 ? `${margin}<EMPTY>\n` : `${margin}${items.join(', ')}`;
}

/** A line each. */
export function lines(items: readonly string[]): string {
  return items.length === 0 ? `${margin}<EMPTY>\n` : items.map((item) => `${margin}${item}`).join('\n');
}

/** The characters of a string that are printable, the others as dots. */
export function printable({ body }: Pick<Element, 'body'>): string {
  return latin1(body).replace(/[^\n\r -~]/g, '.');
}

/** A text that the reference passes on as it is; one with a NUL in it is not printed at all. @throws {Malformed} */
export function textOf(body: Uint8Array): string {
  if (body.includes(0)) throw new Malformed('NUL', ['text']);
  return Buffer.from(body).toString('utf8');
}

/** The bits of a BIT STRING, from its contents: the first is the highest of the first byte. */
export function bitsOf([, ...bytes]: Uint8Array): number[] {
  return bytes.flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => at * 8 + bit),
  );
}
