import { cipherSuite } from './cipher-suites.ts';

/*
 * Code points of registries and drafts that the tracer of OpenSSL 3.0 has no name for, one table a kind. None repeats a
 * row of the tables that hold its names.
 */

/** RFC 6520, RFC 9146, RFC 9147 section 4 and the return routability check of DTLS. */
const contentTypes = new Map<number, string>([
  [0x18, 'heartbeat'],
  [0x19, 'tls12_cid'],
  [0x1a, 'ACK'],
  [0x1b, 'return_routability_check'],
]);

/** Drafts of TLS 1.3, RFC 9147 section 9, RFC 9261 and RFC 8870. */
const handshakeTypes = new Map<number, string>([
  [0x06, 'HelloRetryRequest'],
  [0x09, 'RequestConnectionId'],
  [0x0a, 'NewConnectionId'],
  [0x11, 'ClientCertificateRequest'],
  [0x1a, 'EktKey'],
]);

/** SSL 2.0, TLCP, DTLS 1.3, and the drafts of TLS 1.3 that Facebook deployed. */
const versions = new Map<number, string>([
  [0x0002, 'SSL 2.0'],
  [0x0101, 'TLCP 1.1'],
  [0xfb17, 'TLS 1.3 (Facebook draft 23)'],
  [0xfb1a, 'TLS 1.3 (Facebook draft 26)'],
  [0xfefc, 'DTLS 1.3'],
]);

/** GOST R 34.10 of 1994 and 2001, and TLCP. */
const clientCertificateTypes = new Map<number, string>([
  [0x15, 'gostr341094'],
  [0x16, 'gostr34102001'],
  [0x50, 'ibc_params'],
]);

/** The registry, and drafts that clients have sent. */
const extensions = new Map<number, string>([
  [0x000f, 'heartbeat'],
  [0x0011, 'status_request_v2'],
  [0x0018, 'token_binding'],
  [0x0019, 'cached_info'],
  [0x001a, 'tls_lts'],
  [0x001c, 'record_size_limit'],
  [0x001d, 'pwd_protect'],
  [0x001e, 'pwd_clear'],
  [0x001f, 'password_salt'],
  [0x0020, 'ticket_pinning'],
  [0x0021, 'tls_cert_with_extern_psk'],
  [0x0022, 'delegated_credential'],
  [0x0024, 'TLMSP'],
  [0x0025, 'TLMSP_proxying'],
  [0x0026, 'TLMSP_delegate'],
  [0x0027, 'supported_ekt_ciphers'],
  [0x0028, 'key_share (reserved)'],
  [0x002e, 'ticket_early_data_info (reserved)'],
  [0x0030, 'oid_filters'],
  [0x0034, 'transparency_info'],
  [0x0035, 'connection_id (deprecated)'],
  [0x0036, 'connection_id'],
  [0x0037, 'external_id_hash'],
  [0x0038, 'external_session_id'],
  [0x0039, 'quic_transport_parameters'],
  [0x003a, 'ticket_request'],
  [0x003b, 'dnssec_chain'],
  [0x003c, 'sequence_number_encryption_algorithms'],
  [0x003d, 'rrc'],
  [0x003e, 'tls_flags'],
  [0x4469, 'application_settings (draft)'],
  [0x44cd, 'application_settings'],
  [0x754f, 'channel_id (draft)'],
  [0x7550, 'channel_id'],
  [0xca34, 'trust_anchors'],
  [0xfde8, 'cryptopro_bug'],
  [0xffa5, 'quic_transport_parameters (draft)'],
  [0xffce, 'encrypted_server_name'],
]);

/** Hybrids before their standards: Chromium and the Open Quantum Safe project. */
const groups = new Map<number, string>([
  [0x0203, 'frodo976shake'],
  [0x0204, 'frodo1344aes'],
  [0x0205, 'frodo1344shake'],
  [0x0214, 'ntru_hps2048509'],
  [0x0215, 'ntru_hps2048677'],
  [0x0216, 'ntru_hps4096821'],
  [0x0217, 'ntru_hrss701'],
  [0x0218, 'lightsaber'],
  [0x0219, 'saber'],
  [0x021a, 'firesaber'],
  [0x021b, 'sidhp434'],
  [0x021c, 'sidhp503'],
  [0x021d, 'sidhp610'],
  [0x021e, 'sidhp751'],
  [0x021f, 'sikep434'],
  [0x0220, 'sikep503'],
  [0x0221, 'sikep610'],
  [0x0222, 'sikep751'],
  [0x022c, 'hqc128'],
  [0x022d, 'hqc192'],
  [0x022e, 'hqc256'],
  [0x022f, 'ntrulpr653'],
  [0x0230, 'ntrulpr761'],
  [0x0231, 'ntrulpr857'],
  [0x0232, 'sntrup653'],
  [0x0233, 'sntrup761'],
  [0x0234, 'sntrup857'],
  [0x0238, 'bikel1'],
  [0x023a, 'kyber512'],
  [0x023b, 'bikel3'],
  [0x023c, 'kyber768'],
  [0x023d, 'kyber1024'],
  [0x023e, 'kyber90s512'],
  [0x023f, 'kyber90s768'],
  [0x0240, 'kyber90s1024'],
  [0x0241, 'ntrulpr1277'],
  [0x0242, 'sntrup1277'],
  [0x0245, 'ntru_hps40961229'],
  [0x0246, 'ntru_hrss1373'],
  [0x2f00, 'p256_frodo640aes'],
  [0x2f01, 'p256_frodo640shake'],
  [0x2f02, 'p384_frodo976aes'],
  [0x2f03, 'p384_frodo976shake'],
  [0x2f04, 'p521_frodo1344aes'],
  [0x2f05, 'p521_frodo1344shake'],
  [0x2f14, 'p256_ntru_hps2048509'],
  [0x2f15, 'p384_ntru_hps2048677'],
  [0x2f16, 'p521_ntru_hps4096821'],
  [0x2f17, 'p384_ntru_hrss701'],
  [0x2f18, 'p256_lightsaber'],
  [0x2f19, 'p384_saber'],
  [0x2f1a, 'p521_firesaber'],
  [0x2f1b, 'p256_sidhp434'],
  [0x2f1c, 'p256_sidhp503'],
  [0x2f1d, 'p384_sidhp610'],
  [0x2f1e, 'p521_sidhp751'],
  [0x2f1f, 'p256_sikep434'],
  [0x2f20, 'p256_sikep503'],
  [0x2f21, 'p384_sikep610'],
  [0x2f22, 'p521_sikep751'],
  [0x2f2c, 'p256_hqc128'],
  [0x2f2d, 'p384_hqc192'],
  [0x2f2e, 'p521_hqc256'],
  [0x2f2f, 'p256_ntrulpr653'],
  [0x2f31, 'p384_ntrulpr857'],
  [0x2f32, 'p256_sntrup653'],
  [0x2f34, 'p384_sntrup857'],
  [0x2f38, 'p256_bikel1'],
  [0x2f3a, 'p256_kyber512'],
  [0x2f3b, 'p384_bikel3'],
  [0x2f3c, 'p384_kyber768'],
  [0x2f3d, 'p521_kyber1024'],
  [0x2f3e, 'p256_kyber90s512'],
  [0x2f3f, 'p384_kyber90s768'],
  [0x2f40, 'p521_kyber90s1024'],
  [0x2f41, 'p521_ntrulpr1277'],
  [0x2f42, 'p521_sntrup1277'],
  [0x2f43, 'p256_ntrulpr761'],
  [0x2f44, 'p256_sntrup761'],
  [0x2f45, 'p521_ntru_hps40961229'],
  [0x2f46, 'p521_ntru_hrss1373'],
  [0x4138, 'CECPQ2'],
]);

/** RFC 5246 with MD5, RFC 8998, RFC 9367, the registry, and the Open Quantum Safe project. */
const schemes = new Map<number, string>([
  [0x0101, 'rsa_pkcs1_md5'],
  [0x0102, 'dsa_md5'],
  [0x0103, 'ecdsa_md5'],
  [0x0420, 'rsa_pkcs1_sha256_legacy'],
  [0x0520, 'rsa_pkcs1_sha384_legacy'],
  [0x0620, 'rsa_pkcs1_sha512_legacy'],
  [0x0704, 'eccsi_sha256'],
  [0x0705, 'iso_ibs1'],
  [0x0706, 'iso_ibs2'],
  [0x0707, 'iso_chinese_ibs'],
  [0x0709, 'gostr34102012_256a'],
  [0x070a, 'gostr34102012_256b'],
  [0x070b, 'gostr34102012_256c'],
  [0x070c, 'gostr34102012_256d'],
  [0x070d, 'gostr34102012_512a'],
  [0x070e, 'gostr34102012_512b'],
  [0x070f, 'gostr34102012_512c'],
  [0x0911, 'slhdsa_sha2_128s'],
  [0x0912, 'slhdsa_sha2_128f'],
  [0x0913, 'slhdsa_sha2_192s'],
  [0x0914, 'slhdsa_sha2_192f'],
  [0x0915, 'slhdsa_sha2_256s'],
  [0x0916, 'slhdsa_sha2_256f'],
  [0x0917, 'slhdsa_shake_128s'],
  [0x0918, 'slhdsa_shake_128f'],
  [0x0919, 'slhdsa_shake_192s'],
  [0x091a, 'slhdsa_shake_192f'],
  [0x091b, 'slhdsa_shake_256s'],
  [0x091c, 'slhdsa_shake_256f'],
  [0xfe0b, 'falcon512'],
  [0xfe0c, 'p256_falcon512'],
  [0xfe0d, 'rsa3072_falcon512'],
  [0xfe0e, 'falcon1024'],
  [0xfe0f, 'p521_falcon1024'],
  [0xfe1b, 'picnic3l1'],
  [0xfe1c, 'p256_picnic3l1'],
  [0xfe1d, 'rsa3072_picnic3l1'],
  [0xfe27, 'rainbowIclassic'],
  [0xfe28, 'p256_rainbowIclassic'],
  [0xfe29, 'rsa3072_rainbowIclassic'],
  [0xfe3c, 'rainbowVclassic'],
  [0xfe3d, 'p521_rainbowVclassic'],
  [0xfe42, 'sphincsharaka128frobust'],
  [0xfe43, 'p256_sphincsharaka128frobust'],
  [0xfe44, 'rsa3072_sphincsharaka128frobust'],
  [0xfe5e, 'sphincssha256128frobust'],
  [0xfe5f, 'p256_sphincssha256128frobust'],
  [0xfe60, 'rsa3072_sphincssha256128frobust'],
  [0xfe7a, 'sphincsshake256128frobust'],
  [0xfe7b, 'p256_sphincsshake256128frobust'],
  [0xfe7c, 'rsa3072_sphincsshake256128frobust'],
  [0xfe96, 'picnicl1full'],
  [0xfe97, 'p256_picnicl1full'],
  [0xfe98, 'rsa3072_picnicl1full'],
  [0xfea0, 'dilithium2'],
  [0xfea1, 'p256_dilithium2'],
  [0xfea2, 'rsa3072_dilithium2'],
  [0xfea3, 'dilithium3'],
  [0xfea4, 'p384_dilithium3'],
  [0xfea5, 'dilithium5'],
  [0xfea6, 'p521_dilithium5'],
  [0xfea7, 'dilithium2_aes'],
  [0xfea8, 'p256_dilithium2_aes'],
  [0xfea9, 'rsa3072_dilithium2_aes'],
  [0xfeaa, 'dilithium3_aes'],
  [0xfeab, 'p384_dilithium3_aes'],
  [0xfeac, 'dilithium5_aes'],
  [0xfead, 'p521_dilithium5_aes'],
]);

/** FORTEZZA, EXPORT1024, drafts, TLCP, RFC 8442, RFC 8492, RFC 9150, RFC 9367 and AEGIS. */
const suites = new Map<number, string>([
  [0x001c, 'SSL_FORTEZZA_KEA_WITH_NULL_SHA'],
  [0x0060, 'TLS_RSA_EXPORT1024_WITH_RC4_56_MD5'],
  [0x0061, 'TLS_RSA_EXPORT1024_WITH_RC2_CBC_56_MD5'],
  [0x0062, 'TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA'],
  [0x0063, 'TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA'],
  [0x0064, 'TLS_RSA_EXPORT1024_WITH_RC4_56_SHA'],
  [0x0065, 'TLS_DHE_DSS_EXPORT1024_WITH_RC4_56_SHA'],
  [0x0066, 'TLS_DHE_DSS_WITH_RC4_128_SHA'],
  [0x0080, 'TLS_GOSTR341094_WITH_28147_CNT_IMIT'],
  [0x0082, 'TLS_GOSTR341094_WITH_NULL_GOSTR3411'],
  [0x1306, 'TLS_AEGIS_256_SHA512'],
  [0x1307, 'TLS_AEGIS_128L_SHA256'],
  [0xc0b0, 'TLS_ECCPWD_WITH_AES_128_GCM_SHA256'],
  [0xc0b1, 'TLS_ECCPWD_WITH_AES_256_GCM_SHA384'],
  [0xc0b2, 'TLS_ECCPWD_WITH_AES_128_CCM_SHA256'],
  [0xc0b3, 'TLS_ECCPWD_WITH_AES_256_CCM_SHA384'],
  [0xc0b4, 'TLS_SHA256_SHA256'],
  [0xc0b5, 'TLS_SHA384_SHA384'],
  [0xc0ff, 'TLS_ECJPAKE_WITH_AES_128_CCM_8'],
  [0xc103, 'TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L'],
  [0xc104, 'TLS_GOSTR341112_256_WITH_MAGMA_MGM_L'],
  [0xc105, 'TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_S'],
  [0xc106, 'TLS_GOSTR341112_256_WITH_MAGMA_MGM_S'],
  [0xcc13, 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
  [0xcc14, 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256'],
  [0xcc15, 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
  [0xd001, 'TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256'],
  [0xd002, 'TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384'],
  [0xd003, 'TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256'],
  [0xd005, 'TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256'],
  [0xe001, 'ECDHE_SM1_SM3'],
  [0xe003, 'ECC_SM1_SM3'],
  [0xe005, 'IBSDH_SM1_SM3'],
  [0xe007, 'IBC_SM1_SM3'],
  [0xe009, 'RSA_SM1_SM3'],
  [0xe00a, 'RSA_SM1_SHA1'],
  [0xe011, 'ECDHE_SM4_CBC_SM3'],
  [0xe013, 'ECC_SM4_CBC_SM3'],
  [0xe015, 'IBSDH_SM4_CBC_SM3'],
  [0xe017, 'IBC_SM4_CBC_SM3'],
  [0xe019, 'RSA_SM4_CBC_SM3'],
  [0xe01a, 'RSA_SM4_CBC_SHA1'],
  [0xe01c, 'RSA_SM4_CBC_SHA256'],
  [0xe051, 'ECDHE_SM4_GCM_SM3'],
  [0xe053, 'ECC_SM4_GCM_SM3'],
  [0xe055, 'IBSDH_SM4_GCM_SM3'],
  [0xe057, 'IBC_SM4_GCM_SM3'],
  [0xe059, 'RSA_SM4_GCM_SM3'],
  [0xe05a, 'RSA_SM4_GCM_SHA256'],
  [0xe410, 'TLS_RSA_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe411, 'TLS_RSA_WITH_SALSA20_SHA1'],
  [0xe412, 'TLS_ECDHE_RSA_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe413, 'TLS_ECDHE_RSA_WITH_SALSA20_SHA1'],
  [0xe414, 'TLS_ECDHE_ECDSA_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe415, 'TLS_ECDHE_ECDSA_WITH_SALSA20_SHA1'],
  [0xe416, 'TLS_PSK_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe417, 'TLS_PSK_WITH_SALSA20_SHA1'],
  [0xe418, 'TLS_ECDHE_PSK_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe419, 'TLS_ECDHE_PSK_WITH_SALSA20_SHA1'],
  [0xe41a, 'TLS_RSA_PSK_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe41b, 'TLS_RSA_PSK_WITH_SALSA20_SHA1'],
  [0xe41c, 'TLS_DHE_PSK_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe41d, 'TLS_DHE_PSK_WITH_SALSA20_SHA1'],
  [0xe41e, 'TLS_DHE_RSA_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe41f, 'TLS_DHE_RSA_WITH_SALSA20_SHA1'],
  [0xffe0, 'SSL_RSA_FIPS_WITH_3DES_EDE_CBC_SHA'],
  [0xffe1, 'SSL_RSA_FIPS_WITH_DES_CBC_SHA'],
]);

export function laterContentTypeName(code: number): string | undefined {
  return contentTypes.get(code);
}

export function laterHandshakeTypeName(code: number): string | undefined {
  return handshakeTypes.get(code);
}

/** laterVersionName also has the drafts 14 to 28 of TLS 1.3, which clients have offered as 0x7f00 and their number. */
export function laterVersionName(code: number): string | undefined {
  const draft = code - 0x7f00;
  return draft >= 14 && draft <= 28 ? `TLS 1.3 (draft ${draft})` : versions.get(code);
}

/** RFC 3943 */
export function laterCompressionName(code: number): string | undefined {
  return code === 64 ? 'LZS Compression' : undefined;
}

export function laterClientCertificateTypeName(code: number): string | undefined {
  return clientCertificateTypes.get(code);
}

export function laterExtensionName(code: number): string | undefined {
  return extensions.get(code);
}

export function laterGroupName(code: number): string | undefined {
  return groups.get(code);
}

export function laterSchemeName(code: number): string | undefined {
  return schemes.get(code);
}

/** laterSuiteName also has suites of ours that are newer than the tracer. */
export function laterSuiteName(code: number): string | undefined {
  return cipherSuite(code)?.ianaName ?? suites.get(code);
}
