import { hex, latin1 } from '../../bytes/hex.ts';
import {
  constant,
  type Described,
  type Description,
  either,
  hexString,
  integer,
  nullable,
  object,
  optional,
  reference,
  string,
  word,
} from '../description.ts';

/** Json is a value in a fact. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

const text: Description<string | { readonly hex: string }> = either(
  string('itself, where it is printable ASCII'),
  object({ hex: hexString('its bytes, where it is not') }),
  "a peer's text",
);

const codePoint = object(
  {
    code: integer(),
    name: nullable(string(), "IANA's; null where there is none that we know"),
    openssl: optional(string("OpenSSL's name, where that is another")),
    grease: optional(constant(true, 'a value of RFC 8701')),
  },
  'a number of a registry, with its name',
);

const endpoint = object({ address: string(), port: integer() });

/** Shared definitions of the schema. */
export const valueDefinitions = { text, codePoint, endpoint };

/** Text is a peer's text: a string of printable ASCII, else the bytes. */
export type Text = Described<typeof text>;

/** CodePoint is a number of a registry with IANA's name for it. */
export type CodePoint = Described<typeof codePoint>;
export type Endpoint = Described<typeof endpoint>;

export function aText(about?: string): Description<Text> {
  return reference('text', text, about);
}

export function aCodePoint(about?: string): Description<CodePoint> {
  return reference('codePoint', codePoint, about);
}

export function anEndpoint(about?: string): Description<Endpoint> {
  return reference('endpoint', endpoint, about);
}

export function aWay(): Description<'in' | 'out'> {
  return word(['in', 'out'], '`in` is from the client to us');
}

/** @param bytes are a peer's, of any content */
export function textOf(bytes: Uint8Array): Text {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? latin1(bytes) : { hex: hex(bytes) };
}
