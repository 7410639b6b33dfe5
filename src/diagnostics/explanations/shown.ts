import type { CodePoint, Text } from '../../facts/decoding/value.ts';

/** The name that options take, which is OpenSSL's; the number of what has no name. */
export function pointText({ code, name, openssl }: CodePoint): string {
  return openssl ?? name ?? `0x${code.toString(16).padStart(4, '0')}`;
}

/** Names behind one another, values of RFC 8701 left out; of a long list the first and how many follow. */
export function listText(items: readonly (CodePoint | Text)[]): string {
  const real = items.filter((it) => typeof it === 'string' || !('grease' in it));
  const rest = real.length - mostShown;
  const shown = real.slice(0, rest > 1 ? mostShown : real.length).map(itemText);
  return `${shown.join(', ') || 'none'}${rest > 1 ? ` and ${rest} more` : ''}`;
}

/** A text of the peer, cut where it is long; bytes that are no printable ASCII as hexadecimal. */
export function peerText(text: Text): string {
  return typeof text === 'string' ? cut(text) : `0x${cut(text.hex)}`;
}

/** A code point by its name, or a text of the peer. */
export function itemText(item: CodePoint | Text): string {
  return typeof item === 'object' && 'code' in item ? pointText(item) : peerText(item);
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}...` : text;
}

const mostShown = 6;
/** Letters: the longest DNS label and what stands around it. */
const longestText = 80;
