import { maxPlaintext } from './limits.ts';
import type { Opened } from './protection.ts';

/** ConnectionIds are in the records that each side receives (RFC 9146 section 3); an empty one is in none. */
export interface ConnectionIds {
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
}

/** The content and its type, as they stand under the protection of a record with a connection id (RFC 9146 section 4). */
export function innerPlaintext(type: number, content: Uint8Array): Uint8Array {
  const inner = new Uint8Array(content.length + 1);
  inner.set(content);
  inner[content.length] = type;
  return inner;
}

/** Undefined without a type, or above the maximum length. Zeros after the type are padding. */
export function contentOfInner(inner: Uint8Array): Opened | undefined {
  let last = inner.length - 1;
  while (last >= 0 && inner[last] === 0) last--;
  const type = inner[last];
  return type === undefined || inner.length > maxPlaintext ? undefined : { type, content: inner.subarray(0, last) };
}
