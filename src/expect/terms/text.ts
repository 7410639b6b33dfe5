import type { Text } from '../../facts/decoding/value.ts';

/** A peer's text for a person: nothing of it but printable ASCII. */
export function textShown(text: Text): string {
  return typeof text === 'string' ? text : `0x${text.hex}`;
}

export function isText(text: Text, value: string, letters: 'exact' | 'any case' = 'exact'): boolean {
  const shown = textShown(text);
  return (letters === 'exact' ? shown : shown.toLowerCase()) === value;
}
