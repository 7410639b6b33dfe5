/** Versions that may use a group: all, only TLS 1.3, or only earlier ones. */
type GroupUse = 'any' | 'TLSv1.3' | 'upToTLSv1.2';

/** A named group (RFC 8446 section 4.2.7), formerly a named curve. */
export interface Group {
  readonly code: number;
  /** Names that `-groups` takes; the first is the one printed. */
  readonly names: readonly [string, ...string[]];
  readonly traceName: string;
  readonly securityBits: number;
  readonly use: GroupUse;
  /** True for groups newer than OpenSSL 3.0. */
  readonly newer: boolean;
}

export const groups: readonly Group[] = [
  entry(0x0001, ['sect163k1', 'K-163'], 'sect163k1 (K-163)', 80, 'upToTLSv1.2'),
  entry(0x0002, ['sect163r1'], 'sect163r1', 80, 'upToTLSv1.2'),
  entry(0x0003, ['sect163r2', 'B-163'], 'sect163r2 (B-163)', 80, 'upToTLSv1.2'),
  entry(0x0004, ['sect193r1'], 'sect193r1', 80, 'upToTLSv1.2'),
  entry(0x0005, ['sect193r2'], 'sect193r2', 80, 'upToTLSv1.2'),
  entry(0x0006, ['sect233k1', 'K-233'], 'sect233k1 (K-233)', 112, 'upToTLSv1.2'),
  entry(0x0007, ['sect233r1', 'B-233'], 'sect233r1 (B-233)', 112, 'upToTLSv1.2'),
  entry(0x0008, ['sect239k1'], 'sect239k1', 112, 'upToTLSv1.2'),
  entry(0x0009, ['sect283k1', 'K-283'], 'sect283k1 (K-283)', 128, 'upToTLSv1.2'),
  entry(0x000a, ['sect283r1', 'B-283'], 'sect283r1 (B-283)', 128, 'upToTLSv1.2'),
  entry(0x000b, ['sect409k1', 'K-409'], 'sect409k1 (K-409)', 192, 'upToTLSv1.2'),
  entry(0x000c, ['sect409r1', 'B-409'], 'sect409r1 (B-409)', 192, 'upToTLSv1.2'),
  entry(0x000d, ['sect571k1', 'K-571'], 'sect571k1 (K-571)', 256, 'upToTLSv1.2'),
  entry(0x000e, ['sect571r1', 'B-571'], 'sect571r1 (B-571)', 256, 'upToTLSv1.2'),
  entry(0x000f, ['secp160k1'], 'secp160k1', 80, 'upToTLSv1.2'),
  entry(0x0010, ['secp160r1'], 'secp160r1', 80, 'upToTLSv1.2'),
  entry(0x0011, ['secp160r2'], 'secp160r2', 80, 'upToTLSv1.2'),
  entry(0x0012, ['secp192k1'], 'secp192k1', 80, 'upToTLSv1.2'),
  entry(0x0013, ['secp192r1', 'P-192'], 'secp192r1 (P-192)', 80, 'upToTLSv1.2'),
  entry(0x0014, ['secp224k1'], 'secp224k1', 112, 'upToTLSv1.2'),
  entry(0x0015, ['secp224r1', 'P-224'], 'secp224r1 (P-224)', 112, 'upToTLSv1.2'),
  entry(0x0016, ['secp256k1'], 'secp256k1', 128, 'upToTLSv1.2'),
  entry(0x0017, ['secp256r1', 'P-256'], 'secp256r1 (P-256)', 128, 'any'),
  entry(0x0018, ['secp384r1', 'P-384'], 'secp384r1 (P-384)', 192, 'any'),
  entry(0x0019, ['secp521r1', 'P-521'], 'secp521r1 (P-521)', 256, 'any'),
  entry(0x001a, ['brainpoolP256r1'], 'brainpoolP256r1', 128, 'upToTLSv1.2'),
  entry(0x001b, ['brainpoolP384r1'], 'brainpoolP384r1', 192, 'upToTLSv1.2'),
  entry(0x001c, ['brainpoolP512r1'], 'brainpoolP512r1', 256, 'upToTLSv1.2'),
  entry(0x001d, ['x25519'], 'ecdh_x25519', 128, 'any'),
  entry(0x001e, ['x448'], 'ecdh_x448', 224, 'any'),
  newer(0x001f, ['brainpoolP256r1tls13'], 'brainpoolP256r1tls13', 128, 'TLSv1.3'),
  newer(0x0020, ['brainpoolP384r1tls13'], 'brainpoolP384r1tls13', 192, 'TLSv1.3'),
  newer(0x0021, ['brainpoolP512r1tls13'], 'brainpoolP512r1tls13', 256, 'TLSv1.3'),
  newer(0x0029, ['curveSM2'], 'curveSM2', 128, 'TLSv1.3'),
  entry(0x0100, ['ffdhe2048'], 'ffdhe2048', 112, 'TLSv1.3'),
  entry(0x0101, ['ffdhe3072'], 'ffdhe3072', 128, 'TLSv1.3'),
  entry(0x0102, ['ffdhe4096'], 'ffdhe4096', 128, 'TLSv1.3'),
  entry(0x0103, ['ffdhe6144'], 'ffdhe6144', 128, 'TLSv1.3'),
  entry(0x0104, ['ffdhe8192'], 'ffdhe8192', 192, 'TLSv1.3'),
  newer(0x0200, ['MLKEM512'], 'MLKEM512', 128, 'TLSv1.3'),
  newer(0x0201, ['MLKEM768'], 'MLKEM768', 192, 'TLSv1.3'),
  newer(0x0202, ['MLKEM1024'], 'MLKEM1024', 256, 'TLSv1.3'),
  newer(0x11eb, ['SecP256r1MLKEM768'], 'SecP256r1MLKEM768', 192, 'TLSv1.3'),
  newer(0x11ec, ['X25519MLKEM768'], 'X25519MLKEM768', 192, 'TLSv1.3'),
  newer(0x11ed, ['SecP384r1MLKEM1024'], 'SecP384r1MLKEM1024', 256, 'TLSv1.3'),
  newer(0x11ee, ['curveSM2MLKEM768'], 'curveSM2MLKEM768', 192, 'TLSv1.3'),
];

/** Code points used by the tracer only. */
const traceOnly = new Map<number, string>([
  [0x0022, 'GC256A'],
  [0x0023, 'GC256B'],
  [0x0024, 'GC256C'],
  [0x0025, 'GC256D'],
  [0x0026, 'GC512A'],
  [0x0027, 'GC512B'],
  [0x0028, 'GC512C'],
  [0x6399, 'X25519Kyber768Draft00'],
  [0x639a, 'SecP256r1Kyber768Draft00'],
  [0xff01, 'arbitrary_explicit_prime_curves'],
  [0xff02, 'arbitrary_explicit_char2_curves'],
]);

/** OpenSSL 3.0's own list, in its order of preference. */
export const defaultGroups: readonly number[] = [
  0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104,
];

/** Hybrids that newer releases put above all others, in the order of OpenSSL 4.0. */
export const defaultHybrids: readonly number[] = [0x11ec, 0x11eb, 0x11ee];

const byCode = new Map(groups.map((it) => [it.code, it]));
const byName = new Map(groups.flatMap((it) => it.names.map((name) => [name.toLowerCase(), it] as const)));

export function group(code: number): Group | undefined {
  return byCode.get(code);
}

/** Finds a group by any of its names, in any case. */
export function groupNamed(name: string): Group | undefined {
  return byName.get(name.toLowerCase());
}

export function groupTraceName(code: number): string | undefined {
  return byCode.get(code)?.traceName ?? traceOnly.get(code);
}

function entry(
  code: number,
  names: [string, ...string[]],
  traceName: string,
  securityBits: number,
  use: GroupUse,
): Group {
  return { code, names, traceName, securityBits, use, newer: false };
}

function newer(...row: Parameters<typeof entry>): Group {
  return { ...entry(...row), newer: true };
}
