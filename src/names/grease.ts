/** isGrease recognizes RFC 8701's values for suites, extensions, groups, schemes and versions. */
export function isGrease(code: number): boolean {
  return (code & 0x0f0f) === 0x0a0a && code >>> 8 === (code & 0xff);
}
