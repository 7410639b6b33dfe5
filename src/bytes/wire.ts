import { Cursor } from './cursor.ts';
import { Malformed } from './malformed.ts';
import { Sink } from './sink.ts';

/**
 * Wire describes a part of a message, after the presentation language of RFC 8446 section 3. It decodes and encodes;
 * the tracer and the generators of the property tests walk its `shape`.
 */
export interface Wire<T> {
  readonly shape: Shape;
  /** @throws {Malformed} with the path of the field. */
  read(from: Cursor): T;
  write(to: Sink, value: T): void;
}

export type ValueOf<W> = W extends Wire<infer T> ? T : never;

/** A conditional type: the fields' types are inferred from the description alone, never from the place of use. */
export type StructOf<F> = F extends unknown ? { readonly [K in keyof F]: ValueOf<F[K]> } : never;

export type Shape =
  | { readonly kind: 'uint'; readonly size: number; readonly names?: NameOf; readonly laterNames?: NameOf }
  | { readonly kind: 'bytes'; readonly size: number }
  | { readonly kind: 'opaque'; readonly min: number; readonly max: number; readonly text?: true }
  | { readonly kind: 'vector'; readonly item: Wire<unknown>; readonly min: number; readonly max: number }
  | { readonly kind: 'list'; readonly item: Wire<unknown> }
  | { readonly kind: 'struct'; readonly fields: Readonly<Record<string, Wire<unknown>>> }
  | { readonly kind: 'select'; readonly tag: string; readonly cases: Readonly<Record<number, Wire<unknown>>> }
  | { readonly kind: 'optionalTail'; readonly item: Wire<unknown> }
  | { readonly kind: 'rest' };

export type NameOf = (code: number) => string | undefined;

export const u8 = uint(1);
export const u16 = uint(2);
export const u24 = uint(3);
export const u32 = uint(4);

/** Exactly `size` bytes, no length field. The value is a view on the message. */
export function bytes(size: number): Wire<Uint8Array> {
  return {
    shape: { kind: 'bytes', size },
    read: (from) => from.take(size),
    write(to, value) {
      if (value.length !== size) throw new RangeError(`${value.length} bytes where ${size} are needed`);
      to.append(value);
    },
  };
}

/** `min` to `max` bytes behind a length field whose size follows from `max`. The value is a view on the message. */
export function opaque(min: number, max: number): Wire<Uint8Array> {
  const size = lengthSize(max);
  return {
    shape: { kind: 'opaque', min, max },
    read: (from) => from.take(lengthOf(from, size, min, max)),
    write: (to, value) => to.prefixed(size, { min, max }, () => to.append(value)),
  };
}

/** `opaque` for bytes that are usually characters. */
export function text(min: number, max: number): Wire<Uint8Array> {
  return { ...opaque(min, max), shape: { kind: 'opaque', min, max, text: true } };
}

/** Items that fill `min` to `max` bytes behind a length field whose size follows from `max`. */
export function vector<T>(item: Wire<T>, min: number, max: number): Wire<readonly T[]> {
  const size = lengthSize(max);
  return {
    shape: { kind: 'vector', item, min, max },
    read: (from) => items(item, from.within(lengthOf(from, size, min, max))),
    write: (to, values) => to.prefixed(size, { min, max }, () => writeAll(item, to, values)),
  };
}

/** Items up to the end of the enclosing structure, without a length field. */
export function list<T>(item: Wire<T>): Wire<readonly T[]> {
  return {
    shape: { kind: 'list', item },
    read: (from) => items(item, from),
    write: (to, values) => writeAll(item, to, values),
  };
}

/** Named fields, one after the other. */
export function struct<F extends Record<string, Wire<unknown>>>(fields: F): Wire<StructOf<F>> {
  type Value = { readonly [K in keyof F]: ValueOf<F[K]> };
  const entries = Object.entries(fields);
  return {
    shape: { kind: 'struct', fields },
    read(from) {
      const value: Record<string, unknown> = {};
      for (const [name, wire] of entries) value[name] = fieldNamed(name, () => wire.read(from));
      return value as StructOf<F>;
    },
    write(to, value) {
      for (const [name, wire] of entries) wire.write(to, (value as Value)[name]);
    },
  };
}

/** A one-byte tag, then the case it selects. An unknown tag is malformed. */
export function select<C extends Record<number, Wire<unknown>>>(
  tag: string,
  cases: C,
): Wire<{ [K in keyof C]: { readonly type: K; readonly value: ValueOf<C[K]> } }[keyof C]> {
  type Value = { [K in keyof C]: { readonly type: K; readonly value: ValueOf<C[K]> } }[keyof C];
  const byTag: Record<number, Wire<unknown>> = cases;
  const chosen = (type: number) => {
    const wire = byTag[type];
    if (wire === undefined) throw new Malformed(`unknown value ${type}`, [tag]);
    return wire;
  };
  return {
    shape: { kind: 'select', tag, cases: byTag },
    read(from) {
      const type = from.uint(1);
      return { type, value: fieldNamed(tag, () => chosen(type).read(from)) } as Value;
    },
    write(to, value) {
      const { type, value: inner } = value as { type: number; value: unknown };
      to.uint(type, 1);
      chosen(type).write(to, inner);
    },
  };
}

/**
 * The same number, with the names that the tracer prints for it. `laterNames` has those that the tracer of OpenSSL 3.0
 * lacks.
 */
export function named(wire: Wire<number>, names: NameOf, laterNames?: NameOf): Wire<number> {
  if (wire.shape.kind !== 'uint') throw new TypeError('only numbers have names');
  return { ...wire, shape: { ...wire.shape, names, ...(laterNames && { laterNames }) } };
}

/** A part that may be missing at the end of a message: the extensions of a hello up to TLS 1.2. */
export function optionalTail<T>(item: Wire<T>): Wire<T | undefined> {
  return {
    shape: { kind: 'optionalTail', item },
    read: (from) => (from.left === 0 ? undefined : item.read(from)),
    write(to, value) {
      if (value !== undefined) item.write(to, value);
    },
  };
}

/** The remaining bytes of the message. */
export const rest: Wire<Uint8Array> = {
  shape: { kind: 'rest' },
  read: (from) => from.rest(),
  write: (to, value) => to.append(value),
};

/** Decodes a whole piece of memory. @throws {Malformed} also when bytes are left over. */
export function decode<T>(wire: Wire<T>, bytes: Uint8Array): T {
  const cursor = new Cursor(bytes);
  const value = wire.read(cursor);
  cursor.end();
  return value;
}

export function encode<T>(wire: Wire<T>, value: T): Uint8Array {
  const sink = new Sink();
  wire.write(sink, value);
  return sink.done();
}

function uint(size: number): Wire<number> {
  return {
    shape: { kind: 'uint', size },
    read: (from) => from.uint(size),
    write: (to, value) => to.uint(value, size),
  };
}

/** Size in bytes of the length field of an `opaque` or a `vector`. */
export function lengthSize(max: number): number {
  return max < 0x100 ? 1 : max < 0x10000 ? 2 : 3;
}

function lengthOf(from: Cursor, size: number, min: number, max: number): number {
  const length = from.uint(size);
  if (length < min || length > max) throw new Malformed(`${length} bytes where ${min} to ${max} are allowed`);
  return length;
}

function items<T>(item: Wire<T>, from: Cursor): T[] {
  const values: T[] = [];
  while (from.left > 0) values.push(fieldNamed(`[${values.length}]`, () => item.read(from)));
  return values;
}

function writeAll<T>(item: Wire<T>, to: Sink, values: readonly T[]): void {
  for (const value of values) item.write(to, value);
}

function fieldNamed<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Malformed ? error.inside(field) : error;
  }
}
