import { fromHex, latin1 } from '../../bytes/hex.ts';
import { pemBlocks } from '../../bytes/pem.ts';

/** bytesOfText decodes PEM (the first block), hexadecimal or Base64; undefined for anything else. */
export function bytesOfText(input: Uint8Array): Uint8Array | undefined {
  if (!input.every(isTextByte)) return undefined;
  const text = latin1(input);
  return pemBlocks(text)[0]?.der ?? hexBytes(text) ?? base64Bytes(text);
}

function isTextByte(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** hexBytes allows blanks, colons and commas between the digits, and `0x` before them. */
function hexBytes(text: string): Uint8Array | undefined {
  const digits = text.replace(/\b0x/gi, '').replace(/[\s:,]+/g, '');
  return digits === '' ? undefined : fromHex(digits);
}

/** base64Bytes takes the alphabets of RFC 4648 sections 4 and 5. */
function base64Bytes(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(digits) ? Buffer.from(digits, 'base64') : undefined;
}
