import { Version, type VersionName, versionName } from './versions.ts';

export type KeyExchange =
  | 'RSA'
  | 'DHE'
  | 'ECDHE'
  | 'PSK'
  | 'RSAPSK'
  | 'DHEPSK'
  | 'ECDHEPSK'
  | 'SRP'
  | 'GOST'
  | 'GOST18'
  | 'any';
type Authentication = 'RSA' | 'DSS' | 'ECDSA' | 'PSK' | 'SRP' | 'None' | 'GOST01' | 'GOST12' | 'any';
type Strength = 'HIGH' | 'MEDIUM' | 'NONE';
/** The hash of the PRF or of HKDF; `default` is SHA-256 in TLS 1.2 and MD5 with SHA-1 before. */
type PrfHash = 'sha256' | 'sha384' | 'default' | 'sm3' | 'gost';

/** A cipher suite in the words of `openssl ciphers -V`. */
export interface CipherSuite {
  readonly code: number;
  /** OpenSSL's name. */
  readonly name: string;
  readonly ianaName: string | undefined;
  readonly keyExchange: KeyExchange;
  readonly authentication: Authentication;
  /** `AESGCM(256)`, `AES(128)` for CBC, `None`. */
  readonly encryption: string;
  readonly mac: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** Undefined where DTLS cannot use it (stream ciphers, TLS 1.3). */
  readonly minDtls: number | undefined;
  readonly maxDtls: number | undefined;
  readonly strengthBits: number;
  readonly algorithmBits: number;
  readonly strength: Strength;
  readonly prf: PrfHash;
  readonly notDefault: boolean;
  readonly fips: boolean;
  /** In the Debian 12 build of OpenSSL 3.0, whose lists are ours. */
  readonly built: boolean;
}

/** Every suite of OpenSSL 3.0's source, by ascending code point. */
// biome-ignore format: one row a line reads as the table that it is
export const cipherSuites: readonly CipherSuite[] = [
  suite(0x0001, 'NULL-MD5', 'TLS_RSA_WITH_NULL_MD5', 'RSA', 'RSA', 'None', 'MD5', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default'),
  suite(0x0002, 'NULL-SHA', 'TLS_RSA_WITH_NULL_SHA', 'RSA', 'RSA', 'None', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0x0004, 'RC4-MD5', 'TLS_RSA_WITH_RC4_128_MD5', 'RSA', 'RSA', 'RC4(128)', 'MD5', ['SSLv3', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x0005, 'RC4-SHA', 'TLS_RSA_WITH_RC4_128_SHA', 'RSA', 'RSA', 'RC4(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x0007, 'IDEA-CBC-SHA', 'TLS_RSA_WITH_IDEA_CBC_SHA', 'RSA', 'RSA', 'IDEA(128)', 'SHA1', ['SSLv3', 'TLSv1.1'], ['DTLSv0.9', 'DTLSv1'], 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x000a, 'DES-CBC3-SHA', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'RSA', 'RSA', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0x0013, 'DHE-DSS-DES-CBC3-SHA', 'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA', 'DHE', 'DSS', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0x0016, 'DHE-RSA-DES-CBC3-SHA', 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA', 'DHE', 'RSA', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0x0018, 'ADH-RC4-MD5', 'TLS_DH_anon_WITH_RC4_128_MD5', 'DHE', 'None', 'RC4(128)', 'MD5', ['SSLv3', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x001b, 'ADH-DES-CBC3-SHA', 'TLS_DH_anon_WITH_3DES_EDE_CBC_SHA', 'DHE', 'None', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0x002c, 'PSK-NULL-SHA', 'TLS_PSK_WITH_NULL_SHA', 'PSK', 'PSK', 'None', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0x002d, 'DHE-PSK-NULL-SHA', 'TLS_DHE_PSK_WITH_NULL_SHA', 'DHEPSK', 'PSK', 'None', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0x002e, 'RSA-PSK-NULL-SHA', 'TLS_RSA_PSK_WITH_NULL_SHA', 'RSAPSK', 'RSA', 'None', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0x002f, 'AES128-SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'RSA', 'RSA', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x0032, 'DHE-DSS-AES128-SHA', 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA', 'DHE', 'DSS', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault fips'),
  suite(0x0033, 'DHE-RSA-AES128-SHA', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'DHE', 'RSA', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x0034, 'ADH-AES128-SHA', 'TLS_DH_anon_WITH_AES_128_CBC_SHA', 'DHE', 'None', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault fips'),
  suite(0x0035, 'AES256-SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA', 'RSA', 'RSA', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0x0038, 'DHE-DSS-AES256-SHA', 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA', 'DHE', 'DSS', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault fips'),
  suite(0x0039, 'DHE-RSA-AES256-SHA', 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA', 'DHE', 'RSA', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0x003a, 'ADH-AES256-SHA', 'TLS_DH_anon_WITH_AES_256_CBC_SHA', 'DHE', 'None', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault fips'),
  suite(0x003b, 'NULL-SHA256', 'TLS_RSA_WITH_NULL_SHA256', 'RSA', 'RSA', 'None', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0x003c, 'AES128-SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA256', 'RSA', 'RSA', 'AES(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x003d, 'AES256-SHA256', 'TLS_RSA_WITH_AES_256_CBC_SHA256', 'RSA', 'RSA', 'AES(256)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0x0040, 'DHE-DSS-AES128-SHA256', 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA256', 'DHE', 'DSS', 'AES(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault fips'),
  suite(0x0041, 'CAMELLIA128-SHA', 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA', 'RSA', 'RSA', 'Camellia(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0x0044, 'DHE-DSS-CAMELLIA128-SHA', 'TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA', 'DHE', 'DSS', 'Camellia(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0x0045, 'DHE-RSA-CAMELLIA128-SHA', 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA', 'DHE', 'RSA', 'Camellia(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0x0046, 'ADH-CAMELLIA128-SHA', 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA', 'DHE', 'None', 'Camellia(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0x0067, 'DHE-RSA-AES128-SHA256', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256', 'DHE', 'RSA', 'AES(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x006a, 'DHE-DSS-AES256-SHA256', 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256', 'DHE', 'DSS', 'AES(256)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault fips'),
  suite(0x006b, 'DHE-RSA-AES256-SHA256', 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256', 'DHE', 'RSA', 'AES(256)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0x006c, 'ADH-AES128-SHA256', 'TLS_DH_anon_WITH_AES_128_CBC_SHA256', 'DHE', 'None', 'AES(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault fips'),
  suite(0x006d, 'ADH-AES256-SHA256', 'TLS_DH_anon_WITH_AES_256_CBC_SHA256', 'DHE', 'None', 'AES(256)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault fips'),
  suite(0x0081, 'GOST2001-GOST89-GOST89', 'TLS_GOSTR341001_WITH_28147_CNT_IMIT', 'GOST', 'GOST01', 'eGOST2814789CNT', 'GOST89MAC', ['TLSv1', 'TLSv1.2'], undefined, 256, 256, 'HIGH', 'gost', 'notBuilt'),
  suite(0x0083, 'GOST2001-NULL-GOST94', 'TLS_GOSTR341001_WITH_NULL_GOSTR3411', 'GOST', 'GOST01', 'None', 'GOST94', ['TLSv1', 'TLSv1.2'], undefined, 0, 0, 'NONE', 'gost', 'notBuilt'),
  suite(0x0084, 'CAMELLIA256-SHA', 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA', 'RSA', 'RSA', 'Camellia(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault'),
  suite(0x0087, 'DHE-DSS-CAMELLIA256-SHA', 'TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA', 'DHE', 'DSS', 'Camellia(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault'),
  suite(0x0088, 'DHE-RSA-CAMELLIA256-SHA', 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA', 'DHE', 'RSA', 'Camellia(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault'),
  suite(0x0089, 'ADH-CAMELLIA256-SHA', 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA', 'DHE', 'None', 'Camellia(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault'),
  suite(0x008a, 'PSK-RC4-SHA', 'TLS_PSK_WITH_RC4_128_SHA', 'PSK', 'PSK', 'RC4(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x008b, 'PSK-3DES-EDE-CBC-SHA', 'TLS_PSK_WITH_3DES_EDE_CBC_SHA', 'PSK', 'PSK', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0x008c, 'PSK-AES128-CBC-SHA', 'TLS_PSK_WITH_AES_128_CBC_SHA', 'PSK', 'PSK', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x008d, 'PSK-AES256-CBC-SHA', 'TLS_PSK_WITH_AES_256_CBC_SHA', 'PSK', 'PSK', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0x008e, 'DHE-PSK-RC4-SHA', 'TLS_DHE_PSK_WITH_RC4_128_SHA', 'DHEPSK', 'PSK', 'RC4(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x008f, 'DHE-PSK-3DES-EDE-CBC-SHA', 'TLS_DHE_PSK_WITH_3DES_EDE_CBC_SHA', 'DHEPSK', 'PSK', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0x0090, 'DHE-PSK-AES128-CBC-SHA', 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA', 'DHEPSK', 'PSK', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x0091, 'DHE-PSK-AES256-CBC-SHA', 'TLS_DHE_PSK_WITH_AES_256_CBC_SHA', 'DHEPSK', 'PSK', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0x0092, 'RSA-PSK-RC4-SHA', 'TLS_RSA_PSK_WITH_RC4_128_SHA', 'RSAPSK', 'RSA', 'RC4(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x0093, 'RSA-PSK-3DES-EDE-CBC-SHA', 'TLS_RSA_PSK_WITH_3DES_EDE_CBC_SHA', 'RSAPSK', 'RSA', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0x0094, 'RSA-PSK-AES128-CBC-SHA', 'TLS_RSA_PSK_WITH_AES_128_CBC_SHA', 'RSAPSK', 'RSA', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x0095, 'RSA-PSK-AES256-CBC-SHA', 'TLS_RSA_PSK_WITH_AES_256_CBC_SHA', 'RSAPSK', 'RSA', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0x0096, 'SEED-SHA', 'TLS_RSA_WITH_SEED_CBC_SHA', 'RSA', 'RSA', 'SEED(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x0099, 'DHE-DSS-SEED-SHA', 'TLS_DHE_DSS_WITH_SEED_CBC_SHA', 'DHE', 'DSS', 'SEED(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x009a, 'DHE-RSA-SEED-SHA', 'TLS_DHE_RSA_WITH_SEED_CBC_SHA', 'DHE', 'RSA', 'SEED(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x009b, 'ADH-SEED-SHA', 'TLS_DH_anon_WITH_SEED_CBC_SHA', 'DHE', 'None', 'SEED(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0x009c, 'AES128-GCM-SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'RSA', 'RSA', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0x009d, 'AES256-GCM-SHA384', 'TLS_RSA_WITH_AES_256_GCM_SHA384', 'RSA', 'RSA', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0x009e, 'DHE-RSA-AES128-GCM-SHA256', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'DHE', 'RSA', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0x009f, 'DHE-RSA-AES256-GCM-SHA384', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'DHE', 'RSA', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0x00a2, 'DHE-DSS-AES128-GCM-SHA256', 'TLS_DHE_DSS_WITH_AES_128_GCM_SHA256', 'DHE', 'DSS', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault fips'),
  suite(0x00a3, 'DHE-DSS-AES256-GCM-SHA384', 'TLS_DHE_DSS_WITH_AES_256_GCM_SHA384', 'DHE', 'DSS', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault fips'),
  suite(0x00a6, 'ADH-AES128-GCM-SHA256', 'TLS_DH_anon_WITH_AES_128_GCM_SHA256', 'DHE', 'None', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault fips'),
  suite(0x00a7, 'ADH-AES256-GCM-SHA384', 'TLS_DH_anon_WITH_AES_256_GCM_SHA384', 'DHE', 'None', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault fips'),
  suite(0x00a8, 'PSK-AES128-GCM-SHA256', 'TLS_PSK_WITH_AES_128_GCM_SHA256', 'PSK', 'PSK', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0x00a9, 'PSK-AES256-GCM-SHA384', 'TLS_PSK_WITH_AES_256_GCM_SHA384', 'PSK', 'PSK', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0x00aa, 'DHE-PSK-AES128-GCM-SHA256', 'TLS_DHE_PSK_WITH_AES_128_GCM_SHA256', 'DHEPSK', 'PSK', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0x00ab, 'DHE-PSK-AES256-GCM-SHA384', 'TLS_DHE_PSK_WITH_AES_256_GCM_SHA384', 'DHEPSK', 'PSK', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0x00ac, 'RSA-PSK-AES128-GCM-SHA256', 'TLS_RSA_PSK_WITH_AES_128_GCM_SHA256', 'RSAPSK', 'RSA', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0x00ad, 'RSA-PSK-AES256-GCM-SHA384', 'TLS_RSA_PSK_WITH_AES_256_GCM_SHA384', 'RSAPSK', 'RSA', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0x00ae, 'PSK-AES128-CBC-SHA256', 'TLS_PSK_WITH_AES_128_CBC_SHA256', 'PSK', 'PSK', 'AES(128)', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x00af, 'PSK-AES256-CBC-SHA384', 'TLS_PSK_WITH_AES_256_CBC_SHA384', 'PSK', 'PSK', 'AES(256)', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0x00b0, 'PSK-NULL-SHA256', 'TLS_PSK_WITH_NULL_SHA256', 'PSK', 'PSK', 'None', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0x00b1, 'PSK-NULL-SHA384', 'TLS_PSK_WITH_NULL_SHA384', 'PSK', 'PSK', 'None', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'sha384', 'fips'),
  suite(0x00b2, 'DHE-PSK-AES128-CBC-SHA256', 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA256', 'DHEPSK', 'PSK', 'AES(128)', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x00b3, 'DHE-PSK-AES256-CBC-SHA384', 'TLS_DHE_PSK_WITH_AES_256_CBC_SHA384', 'DHEPSK', 'PSK', 'AES(256)', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0x00b4, 'DHE-PSK-NULL-SHA256', 'TLS_DHE_PSK_WITH_NULL_SHA256', 'DHEPSK', 'PSK', 'None', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0x00b5, 'DHE-PSK-NULL-SHA384', 'TLS_DHE_PSK_WITH_NULL_SHA384', 'DHEPSK', 'PSK', 'None', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'sha384', 'fips'),
  suite(0x00b6, 'RSA-PSK-AES128-CBC-SHA256', 'TLS_RSA_PSK_WITH_AES_128_CBC_SHA256', 'RSAPSK', 'RSA', 'AES(128)', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0x00b7, 'RSA-PSK-AES256-CBC-SHA384', 'TLS_RSA_PSK_WITH_AES_256_CBC_SHA384', 'RSAPSK', 'RSA', 'AES(256)', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0x00b8, 'RSA-PSK-NULL-SHA256', 'TLS_RSA_PSK_WITH_NULL_SHA256', 'RSAPSK', 'RSA', 'None', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0x00b9, 'RSA-PSK-NULL-SHA384', 'TLS_RSA_PSK_WITH_NULL_SHA384', 'RSAPSK', 'RSA', 'None', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'sha384', 'fips'),
  suite(0x00ba, 'CAMELLIA128-SHA256', 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA256', 'RSA', 'RSA', 'Camellia(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0x00bd, 'DHE-DSS-CAMELLIA128-SHA256', 'TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA256', 'DHE', 'DSS', 'Camellia(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0x00be, 'DHE-RSA-CAMELLIA128-SHA256', 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256', 'DHE', 'RSA', 'Camellia(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0x00bf, 'ADH-CAMELLIA128-SHA256', 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA256', 'DHE', 'None', 'Camellia(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0x00c0, 'CAMELLIA256-SHA256', 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA256', 'RSA', 'RSA', 'Camellia(256)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0x00c3, 'DHE-DSS-CAMELLIA256-SHA256', 'TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA256', 'DHE', 'DSS', 'Camellia(256)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0x00c4, 'DHE-RSA-CAMELLIA256-SHA256', 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256', 'DHE', 'RSA', 'Camellia(256)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0x00c5, 'ADH-CAMELLIA256-SHA256', 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256', 'DHE', 'None', 'Camellia(256)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0x00c6, 'TLS_SM4_GCM_SM3', 'TLS_SM4_GCM_SM3', 'any', 'any', 'SM4GCM(128)', 'AEAD', ['TLSv1.3', 'TLSv1.3'], undefined, 128, 128, 'HIGH', 'sm3', 'notDefault notBuilt'),
  suite(0x00c7, 'TLS_SM4_CCM_SM3', 'TLS_SM4_CCM_SM3', 'any', 'any', 'SM4CCM(128)', 'AEAD', ['TLSv1.3', 'TLSv1.3'], undefined, 128, 128, 'HIGH', 'sm3', 'notDefault notBuilt'),
  suite(0x1301, 'TLS_AES_128_GCM_SHA256', 'TLS_AES_128_GCM_SHA256', 'any', 'any', 'AESGCM(128)', 'AEAD', ['TLSv1.3', 'TLSv1.3'], undefined, 128, 128, 'HIGH', 'sha256'),
  suite(0x1302, 'TLS_AES_256_GCM_SHA384', 'TLS_AES_256_GCM_SHA384', 'any', 'any', 'AESGCM(256)', 'AEAD', ['TLSv1.3', 'TLSv1.3'], undefined, 256, 256, 'HIGH', 'sha384'),
  suite(0x1303, 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_CHACHA20_POLY1305_SHA256', 'any', 'any', 'CHACHA20/POLY1305(256)', 'AEAD', ['TLSv1.3', 'TLSv1.3'], undefined, 256, 256, 'HIGH', 'sha256'),
  suite(0x1304, 'TLS_AES_128_CCM_SHA256', 'TLS_AES_128_CCM_SHA256', 'any', 'any', 'AESCCM(128)', 'AEAD', ['TLSv1.3', 'TLSv1.3'], undefined, 128, 128, 'HIGH', 'sha256', 'notDefault notBuilt'),
  suite(0x1305, 'TLS_AES_128_CCM_8_SHA256', 'TLS_AES_128_CCM_8_SHA256', 'any', 'any', 'AESCCM8(128)', 'AEAD', ['TLSv1.3', 'TLSv1.3'], undefined, 128, 128, 'HIGH', 'sha256', 'notDefault notBuilt'),
  suite(0xc006, 'ECDHE-ECDSA-NULL-SHA', 'TLS_ECDHE_ECDSA_WITH_NULL_SHA', 'ECDHE', 'ECDSA', 'None', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0xc007, 'ECDHE-ECDSA-RC4-SHA', 'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA', 'ECDHE', 'ECDSA', 'RC4(128)', 'SHA1', ['TLSv1', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0xc008, 'ECDHE-ECDSA-DES-CBC3-SHA', 'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA', 'ECDHE', 'ECDSA', '3DES(168)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0xc009, 'ECDHE-ECDSA-AES128-SHA', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', 'ECDHE', 'ECDSA', 'AES(128)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0xc00a, 'ECDHE-ECDSA-AES256-SHA', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', 'ECDHE', 'ECDSA', 'AES(256)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0xc010, 'ECDHE-RSA-NULL-SHA', 'TLS_ECDHE_RSA_WITH_NULL_SHA', 'ECDHE', 'RSA', 'None', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0xc011, 'ECDHE-RSA-RC4-SHA', 'TLS_ECDHE_RSA_WITH_RC4_128_SHA', 'ECDHE', 'RSA', 'RC4(128)', 'SHA1', ['TLSv1', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0xc012, 'ECDHE-RSA-DES-CBC3-SHA', 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', 'ECDHE', 'RSA', '3DES(168)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0xc013, 'ECDHE-RSA-AES128-SHA', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'ECDHE', 'RSA', 'AES(128)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0xc014, 'ECDHE-RSA-AES256-SHA', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 'ECDHE', 'RSA', 'AES(256)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0xc015, 'AECDH-NULL-SHA', 'TLS_ECDH_anon_WITH_NULL_SHA', 'ECDHE', 'None', 'None', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0xc016, 'AECDH-RC4-SHA', 'TLS_ECDH_anon_WITH_RC4_128_SHA', 'ECDHE', 'None', 'RC4(128)', 'SHA1', ['TLSv1', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0xc017, 'AECDH-DES-CBC3-SHA', 'TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA', 'ECDHE', 'None', '3DES(168)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0xc018, 'AECDH-AES128-SHA', 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA', 'ECDHE', 'None', 'AES(128)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault fips'),
  suite(0xc019, 'AECDH-AES256-SHA', 'TLS_ECDH_anon_WITH_AES_256_CBC_SHA', 'ECDHE', 'None', 'AES(256)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault fips'),
  suite(0xc01a, 'SRP-3DES-EDE-CBC-SHA', 'TLS_SRP_SHA_WITH_3DES_EDE_CBC_SHA', 'SRP', 'SRP', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0xc01b, 'SRP-RSA-3DES-EDE-CBC-SHA', 'TLS_SRP_SHA_RSA_WITH_3DES_EDE_CBC_SHA', 'SRP', 'RSA', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0xc01c, 'SRP-DSS-3DES-EDE-CBC-SHA', 'TLS_SRP_SHA_DSS_WITH_3DES_EDE_CBC_SHA', 'SRP', 'DSS', '3DES(168)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0xc01d, 'SRP-AES-128-CBC-SHA', 'TLS_SRP_SHA_WITH_AES_128_CBC_SHA', 'SRP', 'SRP', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default'),
  suite(0xc01e, 'SRP-RSA-AES-128-CBC-SHA', 'TLS_SRP_SHA_RSA_WITH_AES_128_CBC_SHA', 'SRP', 'RSA', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default'),
  suite(0xc01f, 'SRP-DSS-AES-128-CBC-SHA', 'TLS_SRP_SHA_DSS_WITH_AES_128_CBC_SHA', 'SRP', 'DSS', 'AES(128)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0xc020, 'SRP-AES-256-CBC-SHA', 'TLS_SRP_SHA_WITH_AES_256_CBC_SHA', 'SRP', 'SRP', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default'),
  suite(0xc021, 'SRP-RSA-AES-256-CBC-SHA', 'TLS_SRP_SHA_RSA_WITH_AES_256_CBC_SHA', 'SRP', 'RSA', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default'),
  suite(0xc022, 'SRP-DSS-AES-256-CBC-SHA', 'TLS_SRP_SHA_DSS_WITH_AES_256_CBC_SHA', 'SRP', 'DSS', 'AES(256)', 'SHA1', ['SSLv3', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'notDefault'),
  suite(0xc023, 'ECDHE-ECDSA-AES128-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'ECDHE', 'ECDSA', 'AES(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0xc024, 'ECDHE-ECDSA-AES256-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', 'ECDHE', 'ECDSA', 'AES(256)', 'SHA384', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0xc027, 'ECDHE-RSA-AES128-SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'ECDHE', 'RSA', 'AES(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0xc028, 'ECDHE-RSA-AES256-SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'ECDHE', 'RSA', 'AES(256)', 'SHA384', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0xc02b, 'ECDHE-ECDSA-AES128-GCM-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ECDHE', 'ECDSA', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0xc02c, 'ECDHE-ECDSA-AES256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ECDHE', 'ECDSA', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0xc02f, 'ECDHE-RSA-AES128-GCM-SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'ECDHE', 'RSA', 'AESGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'fips'),
  suite(0xc030, 'ECDHE-RSA-AES256-GCM-SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'ECDHE', 'RSA', 'AESGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0xc033, 'ECDHE-PSK-RC4-SHA', 'TLS_ECDHE_PSK_WITH_RC4_128_SHA', 'ECDHEPSK', 'PSK', 'RC4(128)', 'SHA1', ['TLSv1', 'TLSv1.2'], undefined, 128, 128, 'MEDIUM', 'default', 'notDefault notBuilt'),
  suite(0xc034, 'ECDHE-PSK-3DES-EDE-CBC-SHA', 'TLS_ECDHE_PSK_WITH_3DES_EDE_CBC_SHA', 'ECDHEPSK', 'PSK', '3DES(168)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 112, 168, 'MEDIUM', 'default', 'notDefault fips notBuilt'),
  suite(0xc035, 'ECDHE-PSK-AES128-CBC-SHA', 'TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA', 'ECDHEPSK', 'PSK', 'AES(128)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0xc036, 'ECDHE-PSK-AES256-CBC-SHA', 'TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA', 'ECDHEPSK', 'PSK', 'AES(256)', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'default', 'fips'),
  suite(0xc037, 'ECDHE-PSK-AES128-CBC-SHA256', 'TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256', 'ECDHEPSK', 'PSK', 'AES(128)', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'fips'),
  suite(0xc038, 'ECDHE-PSK-AES256-CBC-SHA384', 'TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384', 'ECDHEPSK', 'PSK', 'AES(256)', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'fips'),
  suite(0xc039, 'ECDHE-PSK-NULL-SHA', 'TLS_ECDHE_PSK_WITH_NULL_SHA', 'ECDHEPSK', 'PSK', 'None', 'SHA1', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0xc03a, 'ECDHE-PSK-NULL-SHA256', 'TLS_ECDHE_PSK_WITH_NULL_SHA256', 'ECDHEPSK', 'PSK', 'None', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'default', 'fips'),
  suite(0xc03b, 'ECDHE-PSK-NULL-SHA384', 'TLS_ECDHE_PSK_WITH_NULL_SHA384', 'ECDHEPSK', 'PSK', 'None', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 0, 0, 'NONE', 'sha384', 'fips'),
  suite(0xc050, 'ARIA128-GCM-SHA256', 'TLS_RSA_WITH_ARIA_128_GCM_SHA256', 'RSA', 'RSA', 'ARIAGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc051, 'ARIA256-GCM-SHA384', 'TLS_RSA_WITH_ARIA_256_GCM_SHA384', 'RSA', 'RSA', 'ARIAGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc052, 'DHE-RSA-ARIA128-GCM-SHA256', 'TLS_DHE_RSA_WITH_ARIA_128_GCM_SHA256', 'DHE', 'RSA', 'ARIAGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc053, 'DHE-RSA-ARIA256-GCM-SHA384', 'TLS_DHE_RSA_WITH_ARIA_256_GCM_SHA384', 'DHE', 'RSA', 'ARIAGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc056, 'DHE-DSS-ARIA128-GCM-SHA256', 'TLS_DHE_DSS_WITH_ARIA_128_GCM_SHA256', 'DHE', 'DSS', 'ARIAGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc057, 'DHE-DSS-ARIA256-GCM-SHA384', 'TLS_DHE_DSS_WITH_ARIA_256_GCM_SHA384', 'DHE', 'DSS', 'ARIAGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc05c, 'ECDHE-ECDSA-ARIA128-GCM-SHA256', 'TLS_ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256', 'ECDHE', 'ECDSA', 'ARIAGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc05d, 'ECDHE-ECDSA-ARIA256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384', 'ECDHE', 'ECDSA', 'ARIAGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc060, 'ECDHE-ARIA128-GCM-SHA256', 'TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256', 'ECDHE', 'RSA', 'ARIAGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc061, 'ECDHE-ARIA256-GCM-SHA384', 'TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384', 'ECDHE', 'RSA', 'ARIAGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc06a, 'PSK-ARIA128-GCM-SHA256', 'TLS_PSK_WITH_ARIA_128_GCM_SHA256', 'PSK', 'PSK', 'ARIAGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc06b, 'PSK-ARIA256-GCM-SHA384', 'TLS_PSK_WITH_ARIA_256_GCM_SHA384', 'PSK', 'PSK', 'ARIAGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc06c, 'DHE-PSK-ARIA128-GCM-SHA256', 'TLS_DHE_PSK_WITH_ARIA_128_GCM_SHA256', 'DHEPSK', 'PSK', 'ARIAGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc06d, 'DHE-PSK-ARIA256-GCM-SHA384', 'TLS_DHE_PSK_WITH_ARIA_256_GCM_SHA384', 'DHEPSK', 'PSK', 'ARIAGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc06e, 'RSA-PSK-ARIA128-GCM-SHA256', 'TLS_RSA_PSK_WITH_ARIA_128_GCM_SHA256', 'RSAPSK', 'RSA', 'ARIAGCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc06f, 'RSA-PSK-ARIA256-GCM-SHA384', 'TLS_RSA_PSK_WITH_ARIA_256_GCM_SHA384', 'RSAPSK', 'RSA', 'ARIAGCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc072, 'ECDHE-ECDSA-CAMELLIA128-SHA256', 'TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256', 'ECDHE', 'ECDSA', 'Camellia(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc073, 'ECDHE-ECDSA-CAMELLIA256-SHA384', 'TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384', 'ECDHE', 'ECDSA', 'Camellia(256)', 'SHA384', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc076, 'ECDHE-RSA-CAMELLIA128-SHA256', 'TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256', 'ECDHE', 'RSA', 'Camellia(128)', 'SHA256', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc077, 'ECDHE-RSA-CAMELLIA256-SHA384', 'TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384', 'ECDHE', 'RSA', 'Camellia(256)', 'SHA384', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc094, 'PSK-CAMELLIA128-SHA256', 'TLS_PSK_WITH_CAMELLIA_128_CBC_SHA256', 'PSK', 'PSK', 'Camellia(128)', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0xc095, 'PSK-CAMELLIA256-SHA384', 'TLS_PSK_WITH_CAMELLIA_256_CBC_SHA384', 'PSK', 'PSK', 'Camellia(256)', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc096, 'DHE-PSK-CAMELLIA128-SHA256', 'TLS_DHE_PSK_WITH_CAMELLIA_128_CBC_SHA256', 'DHEPSK', 'PSK', 'Camellia(128)', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0xc097, 'DHE-PSK-CAMELLIA256-SHA384', 'TLS_DHE_PSK_WITH_CAMELLIA_256_CBC_SHA384', 'DHEPSK', 'PSK', 'Camellia(256)', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc098, 'RSA-PSK-CAMELLIA128-SHA256', 'TLS_RSA_PSK_WITH_CAMELLIA_128_CBC_SHA256', 'RSAPSK', 'RSA', 'Camellia(128)', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0xc099, 'RSA-PSK-CAMELLIA256-SHA384', 'TLS_RSA_PSK_WITH_CAMELLIA_256_CBC_SHA384', 'RSAPSK', 'RSA', 'Camellia(256)', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc09a, 'ECDHE-PSK-CAMELLIA128-SHA256', 'TLS_ECDHE_PSK_WITH_CAMELLIA_128_CBC_SHA256', 'ECDHEPSK', 'PSK', 'Camellia(128)', 'SHA256', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 128, 128, 'HIGH', 'default', 'notDefault'),
  suite(0xc09b, 'ECDHE-PSK-CAMELLIA256-SHA384', 'TLS_ECDHE_PSK_WITH_CAMELLIA_256_CBC_SHA384', 'ECDHEPSK', 'PSK', 'Camellia(256)', 'SHA384', ['TLSv1', 'TLSv1.2'], ['DTLSv0.9', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha384', 'notDefault'),
  suite(0xc09c, 'AES128-CCM', 'TLS_RSA_WITH_AES_128_CCM', 'RSA', 'RSA', 'AESCCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc09d, 'AES256-CCM', 'TLS_RSA_WITH_AES_256_CCM', 'RSA', 'RSA', 'AESCCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc09e, 'DHE-RSA-AES128-CCM', 'TLS_DHE_RSA_WITH_AES_128_CCM', 'DHE', 'RSA', 'AESCCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc09f, 'DHE-RSA-AES256-CCM', 'TLS_DHE_RSA_WITH_AES_256_CCM', 'DHE', 'RSA', 'AESCCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a0, 'AES128-CCM8', 'TLS_RSA_WITH_AES_128_CCM_8', 'RSA', 'RSA', 'AESCCM8(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a1, 'AES256-CCM8', 'TLS_RSA_WITH_AES_256_CCM_8', 'RSA', 'RSA', 'AESCCM8(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a2, 'DHE-RSA-AES128-CCM8', 'TLS_DHE_RSA_WITH_AES_128_CCM_8', 'DHE', 'RSA', 'AESCCM8(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a3, 'DHE-RSA-AES256-CCM8', 'TLS_DHE_RSA_WITH_AES_256_CCM_8', 'DHE', 'RSA', 'AESCCM8(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a4, 'PSK-AES128-CCM', 'TLS_PSK_WITH_AES_128_CCM', 'PSK', 'PSK', 'AESCCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a5, 'PSK-AES256-CCM', 'TLS_PSK_WITH_AES_256_CCM', 'PSK', 'PSK', 'AESCCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a6, 'DHE-PSK-AES128-CCM', 'TLS_DHE_PSK_WITH_AES_128_CCM', 'DHEPSK', 'PSK', 'AESCCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a7, 'DHE-PSK-AES256-CCM', 'TLS_DHE_PSK_WITH_AES_256_CCM', 'DHEPSK', 'PSK', 'AESCCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a8, 'PSK-AES128-CCM8', 'TLS_PSK_WITH_AES_128_CCM_8', 'PSK', 'PSK', 'AESCCM8(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0a9, 'PSK-AES256-CCM8', 'TLS_PSK_WITH_AES_256_CCM_8', 'PSK', 'PSK', 'AESCCM8(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0aa, 'DHE-PSK-AES128-CCM8', 'TLS_PSK_DHE_WITH_AES_128_CCM_8', 'DHEPSK', 'PSK', 'AESCCM8(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0ab, 'DHE-PSK-AES256-CCM8', 'TLS_PSK_DHE_WITH_AES_256_CCM_8', 'DHEPSK', 'PSK', 'AESCCM8(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0ac, 'ECDHE-ECDSA-AES128-CCM', 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM', 'ECDHE', 'ECDSA', 'AESCCM(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0ad, 'ECDHE-ECDSA-AES256-CCM', 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM', 'ECDHE', 'ECDSA', 'AESCCM(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0ae, 'ECDHE-ECDSA-AES128-CCM8', 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8', 'ECDHE', 'ECDSA', 'AESCCM8(128)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 128, 128, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0af, 'ECDHE-ECDSA-AES256-CCM8', 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8', 'ECDHE', 'ECDSA', 'AESCCM8(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256', 'notDefault'),
  suite(0xc0b4, 'TLS_SHA256_SHA256', 'TLS_SHA256_SHA256', 'any', 'any', 'None', 'SHA256', ['TLSv1.3', 'TLSv1.3'], undefined, 0, 256, 'NONE', 'sha256', 'notDefault notBuilt'),
  suite(0xc0b5, 'TLS_SHA384_SHA384', 'TLS_SHA384_SHA384', 'any', 'any', 'None', 'SHA384', ['TLSv1.3', 'TLSv1.3'], undefined, 0, 384, 'NONE', 'sha384', 'notDefault notBuilt'),
  suite(0xc100, 'GOST2012-KUZNYECHIK-KUZNYECHIKOMAC', undefined, 'GOST18', 'GOST12', 'KUZNYECHIK', 'KUZNYECHIKOMAC', ['TLSv1.2', 'TLSv1.2'], undefined, 256, 256, 'HIGH', 'gost', 'notBuilt'),
  suite(0xc101, 'GOST2012-MAGMA-MAGMAOMAC', undefined, 'GOST18', 'GOST12', 'MAGMA', 'MAGMAOMAC', ['TLSv1.2', 'TLSv1.2'], undefined, 256, 256, 'HIGH', 'gost', 'notBuilt'),
  suite(0xc102, 'IANA-GOST2012-GOST8912-GOST8912', undefined, 'GOST', 'GOST12', 'eGOST2814789CNT12', 'GOST89MAC12', ['TLSv1', 'TLSv1.2'], undefined, 256, 256, 'HIGH', 'gost', 'notBuilt'),
  suite(0xcca8, 'ECDHE-RSA-CHACHA20-POLY1305', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE', 'RSA', 'CHACHA20/POLY1305(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256'),
  suite(0xcca9, 'ECDHE-ECDSA-CHACHA20-POLY1305', 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE', 'ECDSA', 'CHACHA20/POLY1305(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256'),
  suite(0xccaa, 'DHE-RSA-CHACHA20-POLY1305', 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'DHE', 'RSA', 'CHACHA20/POLY1305(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256'),
  suite(0xccab, 'PSK-CHACHA20-POLY1305', 'TLS_PSK_WITH_CHACHA20_POLY1305_SHA256', 'PSK', 'PSK', 'CHACHA20/POLY1305(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256'),
  suite(0xccac, 'ECDHE-PSK-CHACHA20-POLY1305', 'TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256', 'ECDHEPSK', 'PSK', 'CHACHA20/POLY1305(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256'),
  suite(0xccad, 'DHE-PSK-CHACHA20-POLY1305', 'TLS_DHE_PSK_WITH_CHACHA20_POLY1305_SHA256', 'DHEPSK', 'PSK', 'CHACHA20/POLY1305(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256'),
  suite(0xccae, 'RSA-PSK-CHACHA20-POLY1305', 'TLS_RSA_PSK_WITH_CHACHA20_POLY1305_SHA256', 'RSAPSK', 'RSA', 'CHACHA20/POLY1305(256)', 'AEAD', ['TLSv1.2', 'TLSv1.2'], ['DTLSv1.2', 'DTLSv1.2'], 256, 256, 'HIGH', 'sha256'),
  suite(0xff85, 'LEGACY-GOST2012-GOST8912-GOST8912', undefined, 'GOST', 'GOST12', 'eGOST2814789CNT12', 'GOST89MAC12', ['TLSv1', 'TLSv1.2'], undefined, 256, 256, 'HIGH', 'gost', 'notBuilt'),
  suite(0xff87, 'GOST2012-NULL-GOST12', undefined, 'GOST', 'GOST12', 'None', 'GOST12_256', ['TLSv1', 'TLSv1.2'], undefined, 0, 0, 'NONE', 'gost', 'notBuilt'),
];

/** A client's signal that it knows RFC 5746; not a suite. */
export const emptyRenegotiationInfoScsv = 0x00ff;
/** RFC 7507 */
export const fallbackScsv = 0x5600;

const byCode = new Map(cipherSuites.map((it) => [it.code, it]));
const byName = new Map(
  cipherSuites.flatMap((it) => [[it.name, it] as const, ...(it.ianaName ? [[it.ianaName, it] as const] : [])]),
);

export function cipherSuite(code: number): CipherSuite | undefined {
  return byCode.get(code);
}

/** The version that a suite came with, as the reference prints it: `TLSv1.0` where the protocol is `TLSv1`. */
export function suiteVersion({ minVersion }: CipherSuite): string {
  return minVersion === Version.TLSv1 ? 'TLSv1.0' : versionName(minVersion);
}

/** By OpenSSL's or IANA's name. */
export function cipherSuiteNamed(name: string): CipherSuite | undefined {
  return byName.get(name);
}

function suite(
  code: number,
  name: string,
  ianaName: string | undefined,
  keyExchange: KeyExchange,
  authentication: Authentication,
  encryption: string,
  mac: string,
  [minTls, maxTls]: [VersionName, VersionName],
  dtls: [VersionName, VersionName] | undefined,
  strengthBits: number,
  algorithmBits: number,
  strength: Strength,
  prf: PrfHash,
  flags = '',
): CipherSuite {
  return {
    code,
    name,
    ianaName,
    keyExchange,
    authentication,
    encryption,
    mac,
    minVersion: Version[minTls],
    maxVersion: Version[maxTls],
    minDtls: dtls && Version[dtls[0]],
    maxDtls: dtls && Version[dtls[1]],
    strengthBits,
    algorithmBits,
    strength,
    prf,
    notDefault: flags.includes('notDefault'),
    fips: flags.includes('fips'),
    built: !flags.includes('notBuilt'),
  };
}
