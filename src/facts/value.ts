import { hex } from '../bytes/hex.ts';

/** Json is a value that stands in a fact. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** Text is a peer's text: itself where it is printable ASCII, else its bytes. */
export type Text = string | { readonly hex: string };

/** CodePoint is a number of a registry with IANA's name for it. */
export interface CodePoint {
  readonly code: number;
  /** Null where nobody has registered it. */
  readonly name: string | null;
  /** OpenSSL's name where it is another. */
  readonly openssl?: string;
  /** RFC 8701. */
  readonly grease?: true;
}

/** @param bytes are a peer's, of any content */
export function textOf(bytes: Uint8Array): Text {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
    ? Buffer.from(bytes).toString('latin1')
    : { hex: hex(bytes) };
}

/** Values of RFC 8701 for suites, extensions, groups, schemes and versions. */
export function isGrease(code: number): boolean {
  return (code & 0x0f0f) === 0x0a0a && code >>> 8 === (code & 0xff);
}
