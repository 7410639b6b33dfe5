import { Cursor } from '../../bytes/cursor.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { lengthSize, type Shape } from '../../bytes/wire.ts';
import type { MessageContext } from '../../messages/message.ts';
import { isGrease } from '../../names/grease.ts';
import type { TracePage } from './trace-page.ts';

/** Side is the sender of a message: extensions of the two sides differ. */
type Side = 'client' | 'server';

/** Naming says if code points are named that OpenSSL 3.0 prints as `UNKNOWN`. */
export type Naming = 'reference' | 'all';

/** Spot is a position on the page and in the message. */
export interface Spot {
  readonly page: TracePage;
  readonly columns: number;
  readonly from: Cursor;
  readonly context: MessageContext;
  readonly side: Side;
  readonly naming: Naming;
}

/**
 * FieldPrinter reads a field by its description and prints it.
 * @throws {Malformed} for missing bytes or an odd number of them
 */
export type FieldPrinter = (spot: Spot, shape: Shape) => void;

/** Layout has the printer of each field of a description, by name. The handshake enforces the description's limits. */
export type Layout = Readonly<Record<string, FieldPrinter>>;

/** printFields prints the fields of a description in its order. @throws {Malformed} */
export function printFields(spot: Spot, shape: Shape, layout: Layout): void {
  if (shape.kind !== 'struct') throw new TypeError('only structures have fields');
  for (const [name, field] of Object.entries(shape.fields)) {
    const print = layout[name];
    if (print === undefined) throw new TypeError(`nothing says how ${name} is written`);
    print(spot, field.shape.kind === 'optionalTail' ? field.shape.item.shape : field.shape);
  }
}

export function indented(spot: Spot, by: number): Spot {
  return { ...spot, columns: spot.columns + by };
}

/** nested prints an inner structure, `by` columns further right. */
export function nested(layout: Layout, by: number): FieldPrinter {
  return (spot, shape) => printFields(indented(spot, by), shape, layout);
}

export function hexField(label: string): FieldPrinter {
  return ({ page, columns, from }, shape) => page.hex(columns, label, content(from, shape));
}

export function decimalField(label: string): FieldPrinter {
  return ({ page, columns, from }, shape) => page.line(columns, `${label}=${number(from, shape)}`);
}

/** codeField prints a number; `line` formats it with its name. */
export function codeField(line: (code: number, name: string) => string): FieldPrinter {
  return ({ page, columns, from, naming }, shape) => {
    const code = number(from, shape);
    page.line(columns, line(code, nameIn(shape, code, naming)));
  };
}

/**
 * codesField prints a list of numbers after a heading with its length; `early` prints the heading even if the list is
 * truncated.
 */
export function codesField(
  label: string,
  line: (code: number, name: string) => string,
  heading: 'early' | 'late' = 'late',
): FieldPrinter {
  return ({ page, columns, from, naming }, shape) => {
    if (shape.kind !== 'vector') throw new TypeError('no list');
    const length = from.uint(lengthSize(shape.max));
    const write = () => page.line(columns, `${label} (len=${length})`);
    if (heading === 'early') write();
    const codes = from.take(length);
    if (heading === 'late') write();
    printCodes({ page, columns: columns + 2, naming }, codes, shape.item.shape, line);
  };
}

/**
 * printCodes prints the remaining numbers, a line each.
 * @throws {Malformed} for a truncated last one, before any is printed
 */
export function printCodes(
  { page, columns, naming }: Pick<Spot, 'page' | 'columns' | 'naming'>,
  codes: Uint8Array,
  item: Shape,
  line: (code: number, name: string) => string,
): void {
  if (codes.length % sizeOf(item) !== 0) throw new Malformed('half a number at the end');
  const from = new Cursor(codes);
  while (from.left > 0) {
    const code = number(from, item);
    page.line(columns, line(code, nameIn(item, code, naming)));
  }
}

/** decimalCode returns `secp256r1 (P-256) (23)`. */
export function decimalCode(code: number, name: string): string {
  return `${name} (${code})`;
}

/** schemeCode returns `ed25519 (0x0807)`. */
export function schemeCode(code: number, name: string): string {
  return `${name} (0x${code.toString(16).padStart(4, '0')})`;
}

export function nameIn(shape: Shape, code: number, naming: Naming): string {
  return codeName(shape.kind === 'uint' ? shape : {}, code, naming);
}

/** Names of a kind of code points. */
type Names = Pick<Extract<Shape, { readonly kind: 'uint' }>, 'names' | 'laterNames'>;

/** codeName also names the values of RFC 8701, which the reference does not. */
export function codeName({ names, laterNames }: Names, code: number, naming: Naming): string {
  const known = names?.(code);
  if (known !== undefined || naming === 'reference') return known ?? 'UNKNOWN';
  return laterNames?.(code) ?? (isGrease(code) ? 'GREASE' : 'UNKNOWN');
}

function number(from: Cursor, shape: Shape): number {
  return from.uint(sizeOf(shape));
}

function sizeOf(shape: Shape): number {
  if (shape.kind !== 'uint') throw new TypeError('no number');
  return shape.size;
}

function content(from: Cursor, shape: Shape): Uint8Array {
  switch (shape.kind) {
    case 'opaque':
      return from.take(from.uint(lengthSize(shape.max)));
    case 'bytes':
      return from.take(shape.size);
    case 'rest':
      return from.rest();
    default:
      throw new TypeError('no bytes');
  }
}
