/** Lowercase hexadecimal, no separators. */
export function hex(bytes: Uint8Array): string {
  return view(bytes).toString('hex');
}

/** Uppercase hexadecimal, no separators, as the session text prints it. */
export function upperHex(bytes: Uint8Array): string {
  return hex(bytes).toUpperCase();
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
