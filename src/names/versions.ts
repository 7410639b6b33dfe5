/** Protocol versions by their names in `-min_protocol`, with the code on the wire. */
export const Version = {
  SSLv3: 0x0300,
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
  /** OpenSSL's pre-standard DTLS, "DTLS 1.0 (bad)". */
  'DTLSv0.9': 0x0100,
  DTLSv1: 0xfeff,
  'DTLSv1.2': 0xfefd,
} as const;
export type VersionName = keyof typeof Version;

const words = new Map<number, VersionName>(Object.entries(Version).map(([word, code]) => [code, word as VersionName]));

/** `TLSv1.2`; an unknown code is `unknown`, as the reference prints it. */
export function versionName(code: number): string {
  return words.get(code) ?? 'unknown';
}

/** `TLS 1.2`, the form of `-msg` and `-trace`. */
export function versionLabel(code: number): string | undefined {
  switch (code) {
    case Version.SSLv3:
      return 'SSL 3.0';
    case Version['DTLSv0.9']:
      return 'DTLS 1.0 (bad)';
    case Version.TLSv1:
      return 'TLS 1.0';
    case Version.DTLSv1:
      return 'DTLS 1.0';
    default:
      return words.get(code)?.replace('v', ' ');
  }
}

export function isDtls(code: number): boolean {
  return code === Version.DTLSv1 || code === Version['DTLSv1.2'] || code === Version['DTLSv0.9'];
}

/** The DTLS version derived from a TLS version. */
export function dtlsVersionOf(code: number): number {
  return code >= Version['TLSv1.2'] ? Version['DTLSv1.2'] : Version.DTLSv1;
}

/** The TLS version that a DTLS version derives from; a TLS version maps to itself. */
export function tlsVersionOf(code: number): number {
  switch (code) {
    case Version['DTLSv1.2']:
      return Version['TLSv1.2'];
    case Version.DTLSv1:
    case Version['DTLSv0.9']:
      return Version['TLSv1.1'];
    default:
      return code;
  }
}
