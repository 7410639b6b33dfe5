/** isGrease recognizes RFC 8701's values for suites, extensions, groups, schemes and versions. */
export function isGrease(code: number): boolean {
  return (code & 0x0f0f) === 0x0a0a && code >>> 8 === (code & 0xff);
}

/** isGreasePskMode recognizes RFC 8701's values for PSK modes, which have one byte. */
export function isGreasePskMode(code: number): boolean {
  return code % 0x1f === 0x0b;
}
