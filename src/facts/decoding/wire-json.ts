import { Cursor } from '../../bytes/cursor.ts';
import { hex } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { lengthSize, type Shape, type Wire } from '../../bytes/wire.ts';
import { Extension, type Place } from '../../messages/extensions/extension.ts';
import { extensionKind } from '../../messages/extensions/index.ts';
import { extensionPoint, namedPoint } from './code-points.ts';
import { type Json, textOf } from './value.ts';

/**
 * wireJson decodes any bytes by their description and never throws. A malformed field is `{ malformed, rest }`, after
 * which the enclosing length, if any, is skipped; trailing bytes are `rest`. The handshake checks limits of lengths.
 *
 * @param place the message of nested extensions
 */
export function wireJson({ shape }: Wire<unknown>, bytes: Uint8Array, place?: Place): Json {
  const span = new Span(bytes, place);
  const value = walk(shape, span);
  if (span.broken || span.from.left === 0) return value;
  const rest = hex(span.from.rest());
  return isObject(value) ? { ...value, rest } : { value, rest };
}

/** extensionJson decodes an extension of the message `place`; its value is null without a description for that. */
export function extensionJson(type: number, body: Uint8Array, place: Place | undefined) {
  const forms = extensionKind(type)?.in;
  // Up to TLS 1.2 the ServerHello has extensions that TLS 1.3 has moved to EncryptedExtensions.
  const form = place && (forms?.[place] ?? (place === 'serverHello' ? forms?.encryptedExtensions : undefined));
  return { ...extensionPoint(type), value: form ? wireJson(form, body) : null, bytes: hex(body) };
}

/** Span is the bytes of one enclosing length. The rest after a fault cannot be decoded. */
class Span {
  readonly bytes: Uint8Array;
  readonly from: Cursor;
  readonly place: Place | undefined;
  broken = false;

  constructor(bytes: Uint8Array, place: Place | undefined) {
    this.bytes = bytes;
    this.from = new Cursor(bytes);
    this.place = place;
  }
}

function walk(shape: Shape, span: Span): Json {
  switch (shape.kind) {
    case 'struct':
      return structJson(shape.fields, span);
    case 'vector':
      return enclosed(span, lengthSize(shape.max), (inner) => items(shape.item, inner));
    case 'list':
      return items(shape.item, span);
    case 'select':
      return selectJson(shape, span);
    case 'optionalTail':
      return span.from.left === 0 ? null : walk(shape.item.shape, span);
    default:
      return attempt(span, () => leaf(shape, span.from));
  }
}

function leaf(shape: Exclude<Shape, { readonly item: unknown } | { readonly fields: unknown }>, from: Cursor): Json {
  switch (shape.kind) {
    case 'uint':
      return numberJson(from.uint(shape.size), shape);
    case 'bytes':
      return hex(from.take(shape.size));
    case 'opaque': {
      const content = from.take(from.uint(lengthSize(shape.max)));
      return shape.text ? textOf(content) : hex(content);
    }
    default:
      return hex(from.rest());
  }
}

function numberJson(code: number, shape: Extract<Shape, { readonly kind: 'uint' }>): Json {
  return namedPoint(code, shape) ?? code;
}

function structJson(fields: Readonly<Record<string, Wire<unknown>>>, span: Span): Json {
  const value: Record<string, Json> = {};
  for (const [name, { shape }] of Object.entries(fields)) {
    if (span.broken) break;
    value[name] = walk(shape, span);
  }
  return value;
}

function items(item: Wire<unknown>, span: Span): Json {
  const values: Json[] = [];
  while (span.from.left > 0 && !span.broken) {
    values.push(item === Extension ? extensionIn(span) : walk(item.shape, span));
  }
  return values;
}

function extensionIn(span: Span): Json {
  return attempt(span, () => {
    const type = span.from.uint(2);
    return extensionJson(type, span.from.take(span.from.uint(2)), span.place);
  });
}

function selectJson({ tag, cases }: Extract<Shape, { readonly kind: 'select' }>, span: Span): Json {
  const type = attempt(span, () => span.from.uint(1));
  if (typeof type !== 'number') return { [tag]: type };
  const chosen = cases[type];
  if (chosen === undefined) return { [tag]: type, value: attempt(span, () => unknown(type)) };
  return { [tag]: type, value: walk(chosen.shape, span) };
}

function unknown(type: number): never {
  throw new Malformed(`unknown value ${type}`);
}

/** enclosed decodes the contents of a length field; a fault inside does not affect the bytes after it. */
function enclosed(span: Span, size: number, inside: (inner: Span) => Json): Json {
  return attempt(span, () => inside(new Span(span.from.take(span.from.uint(size)), span.place)));
}

/** attempt returns the value, or the fault with all bytes from the start of the field. */
function attempt(span: Span, read: () => Json): Json {
  const start = span.from.position;
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    span.broken = true;
    return { malformed: error.fault, rest: hex(span.bytes.subarray(start)) };
  }
}

function isObject(value: Json): value is { readonly [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
