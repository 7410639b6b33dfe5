/** Lowercase hexadecimal, no separators. */
export function hex(bytes: Uint8Array): string {
  return view(bytes).toString('hex');
}

/** Uppercase hexadecimal, no separators, as the session text prints it. */
export function upperHex(bytes: Uint8Array): string {
  return hex(bytes).toUpperCase();
}

/** The bytes of pairs of hexadecimal digits in either case; undefined for any other text. */
export function fromHex(text: string): Uint8Array | undefined {
  return /^([0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}

/** UTF-8 up to the first NUL, as a C program reads a name. */
export function textUpToNul(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return view(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
}

export function latin1(bytes: Uint8Array): string {
  return view(bytes).toString('latin1');
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return view(a).equals(b);
}

/** The same memory as a Buffer. */
export function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
