/** A protection profile of SRTP, RFC 5764 section 4.1.2 and its registry. */
export interface SrtpProfile {
  readonly code: number;
  /** OpenSSL's spelling. */
  readonly name: string;
}

/** The profiles of OpenSSL 3.0, then those added in 3.2. */
export const srtpProfiles: readonly SrtpProfile[] = [
  { code: 1, name: 'SRTP_AES128_CM_SHA1_80' },
  { code: 2, name: 'SRTP_AES128_CM_SHA1_32' },
  { code: 7, name: 'SRTP_AEAD_AES_128_GCM' },
  { code: 8, name: 'SRTP_AEAD_AES_256_GCM' },
  { code: 9, name: 'SRTP_DOUBLE_AEAD_AES_128_GCM_AEAD_AES_128_GCM' },
  { code: 10, name: 'SRTP_DOUBLE_AEAD_AES_256_GCM_AEAD_AES_256_GCM' },
  { code: 11, name: 'SRTP_ARIA_128_CTR_HMAC_SHA1_80' },
  { code: 12, name: 'SRTP_ARIA_128_CTR_HMAC_SHA1_32' },
  { code: 13, name: 'SRTP_ARIA_256_CTR_HMAC_SHA1_80' },
  { code: 14, name: 'SRTP_ARIA_256_CTR_HMAC_SHA1_32' },
  { code: 15, name: 'SRTP_AEAD_ARIA_128_GCM' },
  { code: 16, name: 'SRTP_AEAD_ARIA_256_GCM' },
];

export function srtpProfileName(code: number): string | undefined {
  return srtpProfiles.find((it) => it.code === code)?.name;
}
