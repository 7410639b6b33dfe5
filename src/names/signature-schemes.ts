/** A signature scheme (RFC 8446 section 4.2.3), a signature and hash algorithm in TLS 1.2. */
export interface SignatureScheme {
  readonly code: number;
  readonly name: string;
  /** The spelling in the lines `Signature Algorithms:` of OpenSSL 3.0. */
  readonly line: string;
  readonly securityDebugName: string | undefined;
  /** True for a scheme that may sign a TLS 1.3 handshake. */
  readonly tls13: boolean;
  /** True for schemes newer than OpenSSL 3.0. */
  readonly newer: boolean;
}

export const signatureSchemes: readonly SignatureScheme[] = [
  scheme(0x0201, 'rsa_pkcs1_sha1', 'RSA+SHA1', 'rsa_pkcs1_sha1', false),
  scheme(0x0202, 'dsa_sha1', 'DSA+SHA1', undefined, false),
  scheme(0x0203, 'ecdsa_sha1', 'ECDSA+SHA1', 'ecdsa_sha1', false),
  scheme(0x0301, 'rsa_pkcs1_sha224', 'RSA+SHA224', undefined, false),
  scheme(0x0302, 'dsa_sha224', 'DSA+SHA224', undefined, false),
  scheme(0x0303, 'ecdsa_sha224', 'ECDSA+SHA224', undefined, false),
  scheme(0x0401, 'rsa_pkcs1_sha256', 'RSA+SHA256', 'rsa_pkcs1_sha256', false),
  scheme(0x0402, 'dsa_sha256', 'DSA+SHA256', undefined, false),
  scheme(0x0403, 'ecdsa_secp256r1_sha256', 'ECDSA+SHA256', 'ecdsa_secp256r1_sha256', true),
  scheme(0x0501, 'rsa_pkcs1_sha384', 'RSA+SHA384', 'rsa_pkcs1_sha384', false),
  scheme(0x0502, 'dsa_sha384', 'DSA+SHA384', undefined, false),
  scheme(0x0503, 'ecdsa_secp384r1_sha384', 'ECDSA+SHA384', 'ecdsa_secp384r1_sha384', true),
  scheme(0x0601, 'rsa_pkcs1_sha512', 'RSA+SHA512', 'rsa_pkcs1_sha512', false),
  scheme(0x0602, 'dsa_sha512', 'DSA+SHA512', undefined, false),
  scheme(0x0603, 'ecdsa_secp521r1_sha512', 'ECDSA+SHA512', 'ecdsa_secp521r1_sha512', true),
  newer(0x0708, 'sm2sig_sm3', 'sm2sig_sm3', undefined, true),
  scheme(0x0804, 'rsa_pss_rsae_sha256', 'RSA-PSS+SHA256', 'rsa_pss_rsae_sha256', true),
  scheme(0x0805, 'rsa_pss_rsae_sha384', 'RSA-PSS+SHA384', 'rsa_pss_rsae_sha384', true),
  scheme(0x0806, 'rsa_pss_rsae_sha512', 'RSA-PSS+SHA512', 'rsa_pss_rsae_sha512', true),
  scheme(0x0807, 'ed25519', 'ed25519', 'ed25519', true),
  scheme(0x0808, 'ed448', 'ed448', 'ed448', true),
  scheme(0x0809, 'rsa_pss_pss_sha256', 'rsa_pss_pss_sha256', 'rsa_pss_pss_sha256', true),
  scheme(0x080a, 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha384', true),
  scheme(0x080b, 'rsa_pss_pss_sha512', 'rsa_pss_pss_sha512', 'rsa_pss_pss_sha512', true),
  newer(0x081a, 'ecdsa_brainpoolP256r1tls13_sha256', 'ecdsa_brainpoolP256r1_sha256', undefined, true),
  newer(0x081b, 'ecdsa_brainpoolP384r1tls13_sha384', 'ecdsa_brainpoolP384r1_sha384', undefined, true),
  newer(0x081c, 'ecdsa_brainpoolP512r1tls13_sha512', 'ecdsa_brainpoolP512r1_sha512', undefined, true),
  scheme(0x0840, 'gost2012_256', 'gost2012_256+md_gost12_256', undefined, true),
  scheme(0x0841, 'gost2012_512', 'gost2012_512+md_gost12_512', undefined, true),
  newer(0x0904, 'mldsa44', 'mldsa44', undefined, true),
  newer(0x0905, 'mldsa65', 'mldsa65', undefined, true),
  newer(0x0906, 'mldsa87', 'mldsa87', undefined, true),
  scheme(0xeded, 'gost2001_gost94', 'gost2001+md_gost94', 'gostr34102001', true),
  scheme(0xeeee, 'gost2012_256', 'gost2012_256+md_gost12_256', 'gostr34102012_256', true),
  scheme(0xefef, 'gost2012_512', 'gost2012_512+md_gost12_512', 'gostr34102012_512', true),
];

/** OpenSSL 3.0's own list, in its order of preference, before the security level filters it. */
export const defaultSignatureSchemes: readonly number[] = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080a, 0x080b, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601,
  0x0303, 0x0203, 0x0301, 0x0201, 0x0302, 0x0202, 0x0402, 0x0502, 0x0602,
];

/** The same with those that OpenSSL 3.5 has added, at their places. */
export const newerSignatureSchemes: readonly number[] = [
  ...[0x0905, 0x0906, 0x0904],
  ...defaultSignatureSchemes.slice(0, 5),
  ...[0x081a, 0x081b, 0x081c],
  ...defaultSignatureSchemes.slice(5),
];

const byCode = new Map(signatureSchemes.map((it) => [it.code, it]));
const byName = new Map(signatureSchemes.map((it) => [it.name, it]));

export function signatureScheme(code: number): SignatureScheme | undefined {
  return byCode.get(code);
}

export function signatureSchemeNamed(name: string): SignatureScheme | undefined {
  return byName.get(name);
}

function scheme(
  code: number,
  name: string,
  line: string,
  securityDebugName: string | undefined,
  tls13: boolean,
): SignatureScheme {
  return { code, name, line, securityDebugName, tls13, newer: false };
}

function newer(...row: Parameters<typeof scheme>): SignatureScheme {
  return { ...scheme(...row), newer: true };
}
