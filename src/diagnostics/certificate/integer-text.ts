import { hex, upperHex } from '../../bytes/hex.ts';

/** paddedIntegerValue reads the contents of an INTEGER, which may be longer than needed or empty. */
export function paddedIntegerValue(body: Uint8Array): bigint {
  return body.length === 0 ? 0n : BigInt.asIntN(body.length * 8, BigInt(`0x${hex(body)}`));
}

/** integerText prints decimal, and hexadecimal from 128 bits on. */
export function integerText(body: Uint8Array): string {
  const value = paddedIntegerValue(body);
  const magnitude = value < 0n ? -value : value;
  if (magnitude.toString(2).length < 128) return value.toString();
  return `${value < 0n ? '-' : ''}0x${wholeBytes(magnitude)}`;
}

/** integerBytesText prints the magnitude's bytes in hexadecimal, 35 a line. */
export function integerBytesText(body: Uint8Array): string {
  const value = paddedIntegerValue(body);
  const sign = value < 0n ? '-' : '';
  return `${sign}${wrapped(wholeBytes(value < 0n ? -value : value))}`;
}

/** bytesText prints bytes in hexadecimal, 35 a line. */
export function bytesText(bytes: Uint8Array): string {
  return bytes.length === 0 ? '0' : wrapped(upperHex(bytes));
}

function wrapped(digits: string): string {
  return digits.match(/.{1,70}/g)?.join('\\\n') ?? '';
}

function wholeBytes(magnitude: bigint): string {
  const digits = magnitude.toString(16).toUpperCase();
  return digits.length % 2 === 1 ? `0${digits}` : digits;
}
