const syntax = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/;

/**
 * strtol is C's `strtol` with base 0: decimal, `0x` hexadecimal, leading `0` octal. Undefined for anything but a 64-bit
 * number.
 */
export function strtol(text: string): bigint | undefined {
  const match = syntax.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = ''] = match;
  const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = sign === '-' ? -magnitude : magnitude;
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** numberKind names the kind of number that an invalid text resembles. */
export function numberKind(text: string): 'a' | 'an octal' | 'a hexadecimal' {
  if (/^0[xX]/.test(text)) return 'a hexadecimal';
  return text.startsWith('0') ? 'an octal' : 'a';
}
