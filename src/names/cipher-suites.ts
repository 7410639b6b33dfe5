import { Version, versionName } from './versions.ts';

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

/** The MAC of records; an AEAD cipher authenticates by itself. */
export type Mac =
  | 'AEAD'
  | 'MD5'
  | 'SHA1'
  | 'SHA256'
  | 'SHA384'
  | 'GOST94'
  | 'GOST89MAC'
  | 'GOST89MAC12'
  | 'GOST12_256'
  | 'KUZNYECHIKOMAC'
  | 'MAGMAOMAC';

/** Bulk ciphers by their names in `openssl ciphers -V`: `AES(128)` is in CBC mode. */
const encryptions = {
  None: { strengthBits: 0, algorithmBits: 0, strength: 'NONE' },
  'RC4(128)': { strengthBits: 128, algorithmBits: 128, strength: 'MEDIUM' },
  'IDEA(128)': { strengthBits: 128, algorithmBits: 128, strength: 'MEDIUM' },
  'SEED(128)': { strengthBits: 128, algorithmBits: 128, strength: 'MEDIUM' },
  '3DES(168)': { strengthBits: 112, algorithmBits: 168, strength: 'MEDIUM' },
  'AES(128)': { strengthBits: 128, algorithmBits: 128, strength: 'HIGH' },
  'AES(256)': { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  'AESGCM(128)': { strengthBits: 128, algorithmBits: 128, strength: 'HIGH' },
  'AESGCM(256)': { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  'AESCCM(128)': { strengthBits: 128, algorithmBits: 128, strength: 'HIGH' },
  'AESCCM(256)': { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  'AESCCM8(128)': { strengthBits: 128, algorithmBits: 128, strength: 'HIGH' },
  'AESCCM8(256)': { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  'ARIAGCM(128)': { strengthBits: 128, algorithmBits: 128, strength: 'HIGH' },
  'ARIAGCM(256)': { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  'Camellia(128)': { strengthBits: 128, algorithmBits: 128, strength: 'HIGH' },
  'Camellia(256)': { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  'CHACHA20/POLY1305(256)': { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  'SM4GCM(128)': { strengthBits: 128, algorithmBits: 128, strength: 'HIGH' },
  'SM4CCM(128)': { strengthBits: 128, algorithmBits: 128, strength: 'HIGH' },
  eGOST2814789CNT: { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  eGOST2814789CNT12: { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  KUZNYECHIK: { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
  MAGMA: { strengthBits: 256, algorithmBits: 256, strength: 'HIGH' },
} as const satisfies Record<string, Pick<CipherSuite, 'strengthBits' | 'algorithmBits' | 'strength'>>;

export type Encryption = keyof typeof encryptions;

/** A cipher suite, with the names that `openssl ciphers -V` prints. */
export interface CipherSuite {
  readonly code: number;
  /** OpenSSL's name. */
  readonly name: string;
  readonly ianaName: string | undefined;
  readonly keyExchange: KeyExchange;
  readonly authentication: Authentication;
  readonly encryption: Encryption;
  readonly mac: Mac;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** Undefined for suites that DTLS cannot use (stream ciphers, TLS 1.3). */
  readonly minDtls: number | undefined;
  readonly maxDtls: number | undefined;
  readonly strengthBits: number;
  readonly algorithmBits: number;
  readonly strength: Strength;
  readonly prf: PrfHash;
  readonly notDefault: boolean;
  readonly fips: boolean;
  /** True for a suite of the Debian 12 build of OpenSSL 3.0, whose lists we reproduce. */
  readonly built: boolean;
}

/** A row of the table. Strength follows from the encryption, the DTLS versions from the TLS versions. */
interface Row
  extends Pick<CipherSuite, 'code' | 'name' | 'keyExchange' | 'authentication' | 'encryption' | 'mac' | 'prf'> {
  readonly ianaName?: string;
  /** The version that introduced the suite. */
  readonly since: 'SSLv3' | 'TLSv1' | 'TLSv1.2' | 'TLSv1.3';
  /** The last version with the suite; absent: TLS 1.2, or TLS 1.3 for a suite of TLS 1.3. */
  readonly until?: 'TLSv1.1';
  /** Set for suites that DTLS cannot use. */
  readonly streamsOnly?: true;
  /** Absent: the bits of the encryption. */
  readonly algorithmBits?: number;
  readonly notDefault?: true;
  readonly fips?: true;
  readonly built?: false;
}

// biome-ignore format: one row a line reads as the table that it is
const rows: readonly Row[] = [
  { code: 0x0001, name: 'NULL-MD5', ianaName: 'TLS_RSA_WITH_NULL_MD5', keyExchange: 'RSA', authentication: 'RSA', encryption: 'None', mac: 'MD5', prf: 'default', since: 'SSLv3' },
  { code: 0x0002, name: 'NULL-SHA', ianaName: 'TLS_RSA_WITH_NULL_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: 'None', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x0004, name: 'RC4-MD5', ianaName: 'TLS_RSA_WITH_RC4_128_MD5', keyExchange: 'RSA', authentication: 'RSA', encryption: 'RC4(128)', mac: 'MD5', prf: 'default', since: 'SSLv3', streamsOnly: true, notDefault: true, built: false },
  { code: 0x0005, name: 'RC4-SHA', ianaName: 'TLS_RSA_WITH_RC4_128_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: 'RC4(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', streamsOnly: true, notDefault: true, built: false },
  { code: 0x0007, name: 'IDEA-CBC-SHA', ianaName: 'TLS_RSA_WITH_IDEA_CBC_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: 'IDEA(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', until: 'TLSv1.1', notDefault: true, built: false },
  { code: 0x000a, name: 'DES-CBC3-SHA', ianaName: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true, built: false },
  { code: 0x0013, name: 'DHE-DSS-DES-CBC3-SHA', ianaName: 'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA', keyExchange: 'DHE', authentication: 'DSS', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true, built: false },
  { code: 0x0016, name: 'DHE-RSA-DES-CBC3-SHA', ianaName: 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA', keyExchange: 'DHE', authentication: 'RSA', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true, built: false },
  { code: 0x0018, name: 'ADH-RC4-MD5', ianaName: 'TLS_DH_anon_WITH_RC4_128_MD5', keyExchange: 'DHE', authentication: 'None', encryption: 'RC4(128)', mac: 'MD5', prf: 'default', since: 'SSLv3', streamsOnly: true, notDefault: true, built: false },
  { code: 0x001b, name: 'ADH-DES-CBC3-SHA', ianaName: 'TLS_DH_anon_WITH_3DES_EDE_CBC_SHA', keyExchange: 'DHE', authentication: 'None', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true, built: false },
  { code: 0x002c, name: 'PSK-NULL-SHA', ianaName: 'TLS_PSK_WITH_NULL_SHA', keyExchange: 'PSK', authentication: 'PSK', encryption: 'None', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x002d, name: 'DHE-PSK-NULL-SHA', ianaName: 'TLS_DHE_PSK_WITH_NULL_SHA', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'None', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x002e, name: 'RSA-PSK-NULL-SHA', ianaName: 'TLS_RSA_PSK_WITH_NULL_SHA', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'None', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x002f, name: 'AES128-SHA', ianaName: 'TLS_RSA_WITH_AES_128_CBC_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x0032, name: 'DHE-DSS-AES128-SHA', ianaName: 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA', keyExchange: 'DHE', authentication: 'DSS', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true },
  { code: 0x0033, name: 'DHE-RSA-AES128-SHA', ianaName: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x0034, name: 'ADH-AES128-SHA', ianaName: 'TLS_DH_anon_WITH_AES_128_CBC_SHA', keyExchange: 'DHE', authentication: 'None', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true },
  { code: 0x0035, name: 'AES256-SHA', ianaName: 'TLS_RSA_WITH_AES_256_CBC_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x0038, name: 'DHE-DSS-AES256-SHA', ianaName: 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA', keyExchange: 'DHE', authentication: 'DSS', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true },
  { code: 0x0039, name: 'DHE-RSA-AES256-SHA', ianaName: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x003a, name: 'ADH-AES256-SHA', ianaName: 'TLS_DH_anon_WITH_AES_256_CBC_SHA', keyExchange: 'DHE', authentication: 'None', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true },
  { code: 0x003b, name: 'NULL-SHA256', ianaName: 'TLS_RSA_WITH_NULL_SHA256', keyExchange: 'RSA', authentication: 'RSA', encryption: 'None', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', fips: true },
  { code: 0x003c, name: 'AES128-SHA256', ianaName: 'TLS_RSA_WITH_AES_128_CBC_SHA256', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', fips: true },
  { code: 0x003d, name: 'AES256-SHA256', ianaName: 'TLS_RSA_WITH_AES_256_CBC_SHA256', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', fips: true },
  { code: 0x0040, name: 'DHE-DSS-AES128-SHA256', ianaName: 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA256', keyExchange: 'DHE', authentication: 'DSS', encryption: 'AES(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', notDefault: true, fips: true },
  { code: 0x0041, name: 'CAMELLIA128-SHA', ianaName: 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: 'Camellia(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0x0044, name: 'DHE-DSS-CAMELLIA128-SHA', ianaName: 'TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA', keyExchange: 'DHE', authentication: 'DSS', encryption: 'Camellia(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0x0045, name: 'DHE-RSA-CAMELLIA128-SHA', ianaName: 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA', keyExchange: 'DHE', authentication: 'RSA', encryption: 'Camellia(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0x0046, name: 'ADH-CAMELLIA128-SHA', ianaName: 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA', keyExchange: 'DHE', authentication: 'None', encryption: 'Camellia(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0x0067, name: 'DHE-RSA-AES128-SHA256', ianaName: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', fips: true },
  { code: 0x006a, name: 'DHE-DSS-AES256-SHA256', ianaName: 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256', keyExchange: 'DHE', authentication: 'DSS', encryption: 'AES(256)', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', notDefault: true, fips: true },
  { code: 0x006b, name: 'DHE-RSA-AES256-SHA256', ianaName: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', fips: true },
  { code: 0x006c, name: 'ADH-AES128-SHA256', ianaName: 'TLS_DH_anon_WITH_AES_128_CBC_SHA256', keyExchange: 'DHE', authentication: 'None', encryption: 'AES(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', notDefault: true, fips: true },
  { code: 0x006d, name: 'ADH-AES256-SHA256', ianaName: 'TLS_DH_anon_WITH_AES_256_CBC_SHA256', keyExchange: 'DHE', authentication: 'None', encryption: 'AES(256)', mac: 'SHA256', prf: 'default', since: 'TLSv1.2', notDefault: true, fips: true },
  { code: 0x0081, name: 'GOST2001-GOST89-GOST89', ianaName: 'TLS_GOSTR341001_WITH_28147_CNT_IMIT', keyExchange: 'GOST', authentication: 'GOST01', encryption: 'eGOST2814789CNT', mac: 'GOST89MAC', prf: 'gost', since: 'TLSv1', streamsOnly: true, built: false },
  { code: 0x0083, name: 'GOST2001-NULL-GOST94', ianaName: 'TLS_GOSTR341001_WITH_NULL_GOSTR3411', keyExchange: 'GOST', authentication: 'GOST01', encryption: 'None', mac: 'GOST94', prf: 'gost', since: 'TLSv1', streamsOnly: true, built: false },
  { code: 0x0084, name: 'CAMELLIA256-SHA', ianaName: 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: 'Camellia(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0x0087, name: 'DHE-DSS-CAMELLIA256-SHA', ianaName: 'TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA', keyExchange: 'DHE', authentication: 'DSS', encryption: 'Camellia(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0x0088, name: 'DHE-RSA-CAMELLIA256-SHA', ianaName: 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA', keyExchange: 'DHE', authentication: 'RSA', encryption: 'Camellia(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0x0089, name: 'ADH-CAMELLIA256-SHA', ianaName: 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA', keyExchange: 'DHE', authentication: 'None', encryption: 'Camellia(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0x008a, name: 'PSK-RC4-SHA', ianaName: 'TLS_PSK_WITH_RC4_128_SHA', keyExchange: 'PSK', authentication: 'PSK', encryption: 'RC4(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', streamsOnly: true, notDefault: true, built: false },
  { code: 0x008b, name: 'PSK-3DES-EDE-CBC-SHA', ianaName: 'TLS_PSK_WITH_3DES_EDE_CBC_SHA', keyExchange: 'PSK', authentication: 'PSK', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true, built: false },
  { code: 0x008c, name: 'PSK-AES128-CBC-SHA', ianaName: 'TLS_PSK_WITH_AES_128_CBC_SHA', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x008d, name: 'PSK-AES256-CBC-SHA', ianaName: 'TLS_PSK_WITH_AES_256_CBC_SHA', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x008e, name: 'DHE-PSK-RC4-SHA', ianaName: 'TLS_DHE_PSK_WITH_RC4_128_SHA', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'RC4(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', streamsOnly: true, notDefault: true, built: false },
  { code: 0x008f, name: 'DHE-PSK-3DES-EDE-CBC-SHA', ianaName: 'TLS_DHE_PSK_WITH_3DES_EDE_CBC_SHA', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true, built: false },
  { code: 0x0090, name: 'DHE-PSK-AES128-CBC-SHA', ianaName: 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x0091, name: 'DHE-PSK-AES256-CBC-SHA', ianaName: 'TLS_DHE_PSK_WITH_AES_256_CBC_SHA', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x0092, name: 'RSA-PSK-RC4-SHA', ianaName: 'TLS_RSA_PSK_WITH_RC4_128_SHA', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'RC4(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', streamsOnly: true, notDefault: true, built: false },
  { code: 0x0093, name: 'RSA-PSK-3DES-EDE-CBC-SHA', ianaName: 'TLS_RSA_PSK_WITH_3DES_EDE_CBC_SHA', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, fips: true, built: false },
  { code: 0x0094, name: 'RSA-PSK-AES128-CBC-SHA', ianaName: 'TLS_RSA_PSK_WITH_AES_128_CBC_SHA', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x0095, name: 'RSA-PSK-AES256-CBC-SHA', ianaName: 'TLS_RSA_PSK_WITH_AES_256_CBC_SHA', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', fips: true },
  { code: 0x0096, name: 'SEED-SHA', ianaName: 'TLS_RSA_WITH_SEED_CBC_SHA', keyExchange: 'RSA', authentication: 'RSA', encryption: 'SEED(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, built: false },
  { code: 0x0099, name: 'DHE-DSS-SEED-SHA', ianaName: 'TLS_DHE_DSS_WITH_SEED_CBC_SHA', keyExchange: 'DHE', authentication: 'DSS', encryption: 'SEED(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, built: false },
  { code: 0x009a, name: 'DHE-RSA-SEED-SHA', ianaName: 'TLS_DHE_RSA_WITH_SEED_CBC_SHA', keyExchange: 'DHE', authentication: 'RSA', encryption: 'SEED(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, built: false },
  { code: 0x009b, name: 'ADH-SEED-SHA', ianaName: 'TLS_DH_anon_WITH_SEED_CBC_SHA', keyExchange: 'DHE', authentication: 'None', encryption: 'SEED(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, built: false },
  { code: 0x009c, name: 'AES128-GCM-SHA256', ianaName: 'TLS_RSA_WITH_AES_128_GCM_SHA256', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0x009d, name: 'AES256-GCM-SHA384', ianaName: 'TLS_RSA_WITH_AES_256_GCM_SHA384', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0x009e, name: 'DHE-RSA-AES128-GCM-SHA256', ianaName: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0x009f, name: 'DHE-RSA-AES256-GCM-SHA384', ianaName: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0x00a2, name: 'DHE-DSS-AES128-GCM-SHA256', ianaName: 'TLS_DHE_DSS_WITH_AES_128_GCM_SHA256', keyExchange: 'DHE', authentication: 'DSS', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true, fips: true },
  { code: 0x00a3, name: 'DHE-DSS-AES256-GCM-SHA384', ianaName: 'TLS_DHE_DSS_WITH_AES_256_GCM_SHA384', keyExchange: 'DHE', authentication: 'DSS', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true, fips: true },
  { code: 0x00a6, name: 'ADH-AES128-GCM-SHA256', ianaName: 'TLS_DH_anon_WITH_AES_128_GCM_SHA256', keyExchange: 'DHE', authentication: 'None', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true, fips: true },
  { code: 0x00a7, name: 'ADH-AES256-GCM-SHA384', ianaName: 'TLS_DH_anon_WITH_AES_256_GCM_SHA384', keyExchange: 'DHE', authentication: 'None', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true, fips: true },
  { code: 0x00a8, name: 'PSK-AES128-GCM-SHA256', ianaName: 'TLS_PSK_WITH_AES_128_GCM_SHA256', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0x00a9, name: 'PSK-AES256-GCM-SHA384', ianaName: 'TLS_PSK_WITH_AES_256_GCM_SHA384', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0x00aa, name: 'DHE-PSK-AES128-GCM-SHA256', ianaName: 'TLS_DHE_PSK_WITH_AES_128_GCM_SHA256', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0x00ab, name: 'DHE-PSK-AES256-GCM-SHA384', ianaName: 'TLS_DHE_PSK_WITH_AES_256_GCM_SHA384', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0x00ac, name: 'RSA-PSK-AES128-GCM-SHA256', ianaName: 'TLS_RSA_PSK_WITH_AES_128_GCM_SHA256', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0x00ad, name: 'RSA-PSK-AES256-GCM-SHA384', ianaName: 'TLS_RSA_PSK_WITH_AES_256_GCM_SHA384', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0x00ae, name: 'PSK-AES128-CBC-SHA256', ianaName: 'TLS_PSK_WITH_AES_128_CBC_SHA256', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AES(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0x00af, name: 'PSK-AES256-CBC-SHA384', ianaName: 'TLS_PSK_WITH_AES_256_CBC_SHA384', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AES(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', fips: true },
  { code: 0x00b0, name: 'PSK-NULL-SHA256', ianaName: 'TLS_PSK_WITH_NULL_SHA256', keyExchange: 'PSK', authentication: 'PSK', encryption: 'None', mac: 'SHA256', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0x00b1, name: 'PSK-NULL-SHA384', ianaName: 'TLS_PSK_WITH_NULL_SHA384', keyExchange: 'PSK', authentication: 'PSK', encryption: 'None', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', fips: true },
  { code: 0x00b2, name: 'DHE-PSK-AES128-CBC-SHA256', ianaName: 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA256', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AES(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0x00b3, name: 'DHE-PSK-AES256-CBC-SHA384', ianaName: 'TLS_DHE_PSK_WITH_AES_256_CBC_SHA384', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AES(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', fips: true },
  { code: 0x00b4, name: 'DHE-PSK-NULL-SHA256', ianaName: 'TLS_DHE_PSK_WITH_NULL_SHA256', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'None', mac: 'SHA256', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0x00b5, name: 'DHE-PSK-NULL-SHA384', ianaName: 'TLS_DHE_PSK_WITH_NULL_SHA384', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'None', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', fips: true },
  { code: 0x00b6, name: 'RSA-PSK-AES128-CBC-SHA256', ianaName: 'TLS_RSA_PSK_WITH_AES_128_CBC_SHA256', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0x00b7, name: 'RSA-PSK-AES256-CBC-SHA384', ianaName: 'TLS_RSA_PSK_WITH_AES_256_CBC_SHA384', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', fips: true },
  { code: 0x00b8, name: 'RSA-PSK-NULL-SHA256', ianaName: 'TLS_RSA_PSK_WITH_NULL_SHA256', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'None', mac: 'SHA256', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0x00b9, name: 'RSA-PSK-NULL-SHA384', ianaName: 'TLS_RSA_PSK_WITH_NULL_SHA384', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'None', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', fips: true },
  { code: 0x00ba, name: 'CAMELLIA128-SHA256', ianaName: 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'RSA', authentication: 'RSA', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0x00bd, name: 'DHE-DSS-CAMELLIA128-SHA256', ianaName: 'TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'DHE', authentication: 'DSS', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0x00be, name: 'DHE-RSA-CAMELLIA128-SHA256', ianaName: 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'DHE', authentication: 'RSA', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0x00bf, name: 'ADH-CAMELLIA128-SHA256', ianaName: 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'DHE', authentication: 'None', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0x00c0, name: 'CAMELLIA256-SHA256', ianaName: 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA256', keyExchange: 'RSA', authentication: 'RSA', encryption: 'Camellia(256)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0x00c3, name: 'DHE-DSS-CAMELLIA256-SHA256', ianaName: 'TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA256', keyExchange: 'DHE', authentication: 'DSS', encryption: 'Camellia(256)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0x00c4, name: 'DHE-RSA-CAMELLIA256-SHA256', ianaName: 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256', keyExchange: 'DHE', authentication: 'RSA', encryption: 'Camellia(256)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0x00c5, name: 'ADH-CAMELLIA256-SHA256', ianaName: 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256', keyExchange: 'DHE', authentication: 'None', encryption: 'Camellia(256)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0x00c6, name: 'TLS_SM4_GCM_SM3', ianaName: 'TLS_SM4_GCM_SM3', keyExchange: 'any', authentication: 'any', encryption: 'SM4GCM(128)', mac: 'AEAD', prf: 'sm3', since: 'TLSv1.3', notDefault: true, built: false },
  { code: 0x00c7, name: 'TLS_SM4_CCM_SM3', ianaName: 'TLS_SM4_CCM_SM3', keyExchange: 'any', authentication: 'any', encryption: 'SM4CCM(128)', mac: 'AEAD', prf: 'sm3', since: 'TLSv1.3', notDefault: true, built: false },
  { code: 0x1301, name: 'TLS_AES_128_GCM_SHA256', ianaName: 'TLS_AES_128_GCM_SHA256', keyExchange: 'any', authentication: 'any', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.3' },
  { code: 0x1302, name: 'TLS_AES_256_GCM_SHA384', ianaName: 'TLS_AES_256_GCM_SHA384', keyExchange: 'any', authentication: 'any', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.3' },
  { code: 0x1303, name: 'TLS_CHACHA20_POLY1305_SHA256', ianaName: 'TLS_CHACHA20_POLY1305_SHA256', keyExchange: 'any', authentication: 'any', encryption: 'CHACHA20/POLY1305(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.3' },
  { code: 0x1304, name: 'TLS_AES_128_CCM_SHA256', ianaName: 'TLS_AES_128_CCM_SHA256', keyExchange: 'any', authentication: 'any', encryption: 'AESCCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.3', notDefault: true, built: false },
  { code: 0x1305, name: 'TLS_AES_128_CCM_8_SHA256', ianaName: 'TLS_AES_128_CCM_8_SHA256', keyExchange: 'any', authentication: 'any', encryption: 'AESCCM8(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.3', notDefault: true, built: false },
  { code: 0xc006, name: 'ECDHE-ECDSA-NULL-SHA', ianaName: 'TLS_ECDHE_ECDSA_WITH_NULL_SHA', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'None', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc007, name: 'ECDHE-ECDSA-RC4-SHA', ianaName: 'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'RC4(128)', mac: 'SHA1', prf: 'default', since: 'TLSv1', streamsOnly: true, notDefault: true, built: false },
  { code: 0xc008, name: 'ECDHE-ECDSA-DES-CBC3-SHA', ianaName: 'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'TLSv1', notDefault: true, fips: true, built: false },
  { code: 0xc009, name: 'ECDHE-ECDSA-AES128-SHA', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc00a, name: 'ECDHE-ECDSA-AES256-SHA', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc010, name: 'ECDHE-RSA-NULL-SHA', ianaName: 'TLS_ECDHE_RSA_WITH_NULL_SHA', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'None', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc011, name: 'ECDHE-RSA-RC4-SHA', ianaName: 'TLS_ECDHE_RSA_WITH_RC4_128_SHA', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'RC4(128)', mac: 'SHA1', prf: 'default', since: 'TLSv1', streamsOnly: true, notDefault: true, built: false },
  { code: 0xc012, name: 'ECDHE-RSA-DES-CBC3-SHA', ianaName: 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', keyExchange: 'ECDHE', authentication: 'RSA', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'TLSv1', notDefault: true, fips: true, built: false },
  { code: 0xc013, name: 'ECDHE-RSA-AES128-SHA', ianaName: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc014, name: 'ECDHE-RSA-AES256-SHA', ianaName: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc015, name: 'AECDH-NULL-SHA', ianaName: 'TLS_ECDH_anon_WITH_NULL_SHA', keyExchange: 'ECDHE', authentication: 'None', encryption: 'None', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc016, name: 'AECDH-RC4-SHA', ianaName: 'TLS_ECDH_anon_WITH_RC4_128_SHA', keyExchange: 'ECDHE', authentication: 'None', encryption: 'RC4(128)', mac: 'SHA1', prf: 'default', since: 'TLSv1', streamsOnly: true, notDefault: true, built: false },
  { code: 0xc017, name: 'AECDH-DES-CBC3-SHA', ianaName: 'TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA', keyExchange: 'ECDHE', authentication: 'None', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'TLSv1', notDefault: true, fips: true, built: false },
  { code: 0xc018, name: 'AECDH-AES128-SHA', ianaName: 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA', keyExchange: 'ECDHE', authentication: 'None', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'TLSv1', notDefault: true, fips: true },
  { code: 0xc019, name: 'AECDH-AES256-SHA', ianaName: 'TLS_ECDH_anon_WITH_AES_256_CBC_SHA', keyExchange: 'ECDHE', authentication: 'None', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'TLSv1', notDefault: true, fips: true },
  { code: 0xc01a, name: 'SRP-3DES-EDE-CBC-SHA', ianaName: 'TLS_SRP_SHA_WITH_3DES_EDE_CBC_SHA', keyExchange: 'SRP', authentication: 'SRP', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, built: false },
  { code: 0xc01b, name: 'SRP-RSA-3DES-EDE-CBC-SHA', ianaName: 'TLS_SRP_SHA_RSA_WITH_3DES_EDE_CBC_SHA', keyExchange: 'SRP', authentication: 'RSA', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, built: false },
  { code: 0xc01c, name: 'SRP-DSS-3DES-EDE-CBC-SHA', ianaName: 'TLS_SRP_SHA_DSS_WITH_3DES_EDE_CBC_SHA', keyExchange: 'SRP', authentication: 'DSS', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true, built: false },
  { code: 0xc01d, name: 'SRP-AES-128-CBC-SHA', ianaName: 'TLS_SRP_SHA_WITH_AES_128_CBC_SHA', keyExchange: 'SRP', authentication: 'SRP', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3' },
  { code: 0xc01e, name: 'SRP-RSA-AES-128-CBC-SHA', ianaName: 'TLS_SRP_SHA_RSA_WITH_AES_128_CBC_SHA', keyExchange: 'SRP', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3' },
  { code: 0xc01f, name: 'SRP-DSS-AES-128-CBC-SHA', ianaName: 'TLS_SRP_SHA_DSS_WITH_AES_128_CBC_SHA', keyExchange: 'SRP', authentication: 'DSS', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0xc020, name: 'SRP-AES-256-CBC-SHA', ianaName: 'TLS_SRP_SHA_WITH_AES_256_CBC_SHA', keyExchange: 'SRP', authentication: 'SRP', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3' },
  { code: 0xc021, name: 'SRP-RSA-AES-256-CBC-SHA', ianaName: 'TLS_SRP_SHA_RSA_WITH_AES_256_CBC_SHA', keyExchange: 'SRP', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3' },
  { code: 0xc022, name: 'SRP-DSS-AES-256-CBC-SHA', ianaName: 'TLS_SRP_SHA_DSS_WITH_AES_256_CBC_SHA', keyExchange: 'SRP', authentication: 'DSS', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'SSLv3', notDefault: true },
  { code: 0xc023, name: 'ECDHE-ECDSA-AES128-SHA256', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AES(128)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0xc024, name: 'ECDHE-ECDSA-AES256-SHA384', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AES(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0xc027, name: 'ECDHE-RSA-AES128-SHA256', ianaName: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'AES(128)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0xc028, name: 'ECDHE-RSA-AES256-SHA384', ianaName: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'AES(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0xc02b, name: 'ECDHE-ECDSA-AES128-GCM-SHA256', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0xc02c, name: 'ECDHE-ECDSA-AES256-GCM-SHA384', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0xc02f, name: 'ECDHE-RSA-AES128-GCM-SHA256', ianaName: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'AESGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', fips: true },
  { code: 0xc030, name: 'ECDHE-RSA-AES256-GCM-SHA384', ianaName: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'AESGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', fips: true },
  { code: 0xc033, name: 'ECDHE-PSK-RC4-SHA', ianaName: 'TLS_ECDHE_PSK_WITH_RC4_128_SHA', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'RC4(128)', mac: 'SHA1', prf: 'default', since: 'TLSv1', streamsOnly: true, notDefault: true, built: false },
  { code: 0xc034, name: 'ECDHE-PSK-3DES-EDE-CBC-SHA', ianaName: 'TLS_ECDHE_PSK_WITH_3DES_EDE_CBC_SHA', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: '3DES(168)', mac: 'SHA1', prf: 'default', since: 'TLSv1', notDefault: true, fips: true, built: false },
  { code: 0xc035, name: 'ECDHE-PSK-AES128-CBC-SHA', ianaName: 'TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'AES(128)', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc036, name: 'ECDHE-PSK-AES256-CBC-SHA', ianaName: 'TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'AES(256)', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc037, name: 'ECDHE-PSK-AES128-CBC-SHA256', ianaName: 'TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'AES(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc038, name: 'ECDHE-PSK-AES256-CBC-SHA384', ianaName: 'TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'AES(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', fips: true },
  { code: 0xc039, name: 'ECDHE-PSK-NULL-SHA', ianaName: 'TLS_ECDHE_PSK_WITH_NULL_SHA', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'None', mac: 'SHA1', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc03a, name: 'ECDHE-PSK-NULL-SHA256', ianaName: 'TLS_ECDHE_PSK_WITH_NULL_SHA256', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'None', mac: 'SHA256', prf: 'default', since: 'TLSv1', fips: true },
  { code: 0xc03b, name: 'ECDHE-PSK-NULL-SHA384', ianaName: 'TLS_ECDHE_PSK_WITH_NULL_SHA384', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'None', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', fips: true },
  { code: 0xc050, name: 'ARIA128-GCM-SHA256', ianaName: 'TLS_RSA_WITH_ARIA_128_GCM_SHA256', keyExchange: 'RSA', authentication: 'RSA', encryption: 'ARIAGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc051, name: 'ARIA256-GCM-SHA384', ianaName: 'TLS_RSA_WITH_ARIA_256_GCM_SHA384', keyExchange: 'RSA', authentication: 'RSA', encryption: 'ARIAGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc052, name: 'DHE-RSA-ARIA128-GCM-SHA256', ianaName: 'TLS_DHE_RSA_WITH_ARIA_128_GCM_SHA256', keyExchange: 'DHE', authentication: 'RSA', encryption: 'ARIAGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc053, name: 'DHE-RSA-ARIA256-GCM-SHA384', ianaName: 'TLS_DHE_RSA_WITH_ARIA_256_GCM_SHA384', keyExchange: 'DHE', authentication: 'RSA', encryption: 'ARIAGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc056, name: 'DHE-DSS-ARIA128-GCM-SHA256', ianaName: 'TLS_DHE_DSS_WITH_ARIA_128_GCM_SHA256', keyExchange: 'DHE', authentication: 'DSS', encryption: 'ARIAGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc057, name: 'DHE-DSS-ARIA256-GCM-SHA384', ianaName: 'TLS_DHE_DSS_WITH_ARIA_256_GCM_SHA384', keyExchange: 'DHE', authentication: 'DSS', encryption: 'ARIAGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc05c, name: 'ECDHE-ECDSA-ARIA128-GCM-SHA256', ianaName: 'TLS_ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'ARIAGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc05d, name: 'ECDHE-ECDSA-ARIA256-GCM-SHA384', ianaName: 'TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'ARIAGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc060, name: 'ECDHE-ARIA128-GCM-SHA256', ianaName: 'TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'ARIAGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc061, name: 'ECDHE-ARIA256-GCM-SHA384', ianaName: 'TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'ARIAGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc06a, name: 'PSK-ARIA128-GCM-SHA256', ianaName: 'TLS_PSK_WITH_ARIA_128_GCM_SHA256', keyExchange: 'PSK', authentication: 'PSK', encryption: 'ARIAGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc06b, name: 'PSK-ARIA256-GCM-SHA384', ianaName: 'TLS_PSK_WITH_ARIA_256_GCM_SHA384', keyExchange: 'PSK', authentication: 'PSK', encryption: 'ARIAGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc06c, name: 'DHE-PSK-ARIA128-GCM-SHA256', ianaName: 'TLS_DHE_PSK_WITH_ARIA_128_GCM_SHA256', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'ARIAGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc06d, name: 'DHE-PSK-ARIA256-GCM-SHA384', ianaName: 'TLS_DHE_PSK_WITH_ARIA_256_GCM_SHA384', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'ARIAGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc06e, name: 'RSA-PSK-ARIA128-GCM-SHA256', ianaName: 'TLS_RSA_PSK_WITH_ARIA_128_GCM_SHA256', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'ARIAGCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc06f, name: 'RSA-PSK-ARIA256-GCM-SHA384', ianaName: 'TLS_RSA_PSK_WITH_ARIA_256_GCM_SHA384', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'ARIAGCM(256)', mac: 'AEAD', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc072, name: 'ECDHE-ECDSA-CAMELLIA128-SHA256', ianaName: 'TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc073, name: 'ECDHE-ECDSA-CAMELLIA256-SHA384', ianaName: 'TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'Camellia(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc076, name: 'ECDHE-RSA-CAMELLIA128-SHA256', ianaName: 'TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc077, name: 'ECDHE-RSA-CAMELLIA256-SHA384', ianaName: 'TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'Camellia(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1.2', notDefault: true },
  { code: 0xc094, name: 'PSK-CAMELLIA128-SHA256', ianaName: 'TLS_PSK_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'PSK', authentication: 'PSK', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1', notDefault: true },
  { code: 0xc095, name: 'PSK-CAMELLIA256-SHA384', ianaName: 'TLS_PSK_WITH_CAMELLIA_256_CBC_SHA384', keyExchange: 'PSK', authentication: 'PSK', encryption: 'Camellia(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', notDefault: true },
  { code: 0xc096, name: 'DHE-PSK-CAMELLIA128-SHA256', ianaName: 'TLS_DHE_PSK_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1', notDefault: true },
  { code: 0xc097, name: 'DHE-PSK-CAMELLIA256-SHA384', ianaName: 'TLS_DHE_PSK_WITH_CAMELLIA_256_CBC_SHA384', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'Camellia(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', notDefault: true },
  { code: 0xc098, name: 'RSA-PSK-CAMELLIA128-SHA256', ianaName: 'TLS_RSA_PSK_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1', notDefault: true },
  { code: 0xc099, name: 'RSA-PSK-CAMELLIA256-SHA384', ianaName: 'TLS_RSA_PSK_WITH_CAMELLIA_256_CBC_SHA384', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'Camellia(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', notDefault: true },
  { code: 0xc09a, name: 'ECDHE-PSK-CAMELLIA128-SHA256', ianaName: 'TLS_ECDHE_PSK_WITH_CAMELLIA_128_CBC_SHA256', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'Camellia(128)', mac: 'SHA256', prf: 'default', since: 'TLSv1', notDefault: true },
  { code: 0xc09b, name: 'ECDHE-PSK-CAMELLIA256-SHA384', ianaName: 'TLS_ECDHE_PSK_WITH_CAMELLIA_256_CBC_SHA384', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'Camellia(256)', mac: 'SHA384', prf: 'sha384', since: 'TLSv1', notDefault: true },
  { code: 0xc09c, name: 'AES128-CCM', ianaName: 'TLS_RSA_WITH_AES_128_CCM', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AESCCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc09d, name: 'AES256-CCM', ianaName: 'TLS_RSA_WITH_AES_256_CCM', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AESCCM(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc09e, name: 'DHE-RSA-AES128-CCM', ianaName: 'TLS_DHE_RSA_WITH_AES_128_CCM', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AESCCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc09f, name: 'DHE-RSA-AES256-CCM', ianaName: 'TLS_DHE_RSA_WITH_AES_256_CCM', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AESCCM(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a0, name: 'AES128-CCM8', ianaName: 'TLS_RSA_WITH_AES_128_CCM_8', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AESCCM8(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a1, name: 'AES256-CCM8', ianaName: 'TLS_RSA_WITH_AES_256_CCM_8', keyExchange: 'RSA', authentication: 'RSA', encryption: 'AESCCM8(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a2, name: 'DHE-RSA-AES128-CCM8', ianaName: 'TLS_DHE_RSA_WITH_AES_128_CCM_8', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AESCCM8(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a3, name: 'DHE-RSA-AES256-CCM8', ianaName: 'TLS_DHE_RSA_WITH_AES_256_CCM_8', keyExchange: 'DHE', authentication: 'RSA', encryption: 'AESCCM8(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a4, name: 'PSK-AES128-CCM', ianaName: 'TLS_PSK_WITH_AES_128_CCM', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AESCCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a5, name: 'PSK-AES256-CCM', ianaName: 'TLS_PSK_WITH_AES_256_CCM', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AESCCM(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a6, name: 'DHE-PSK-AES128-CCM', ianaName: 'TLS_DHE_PSK_WITH_AES_128_CCM', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AESCCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a7, name: 'DHE-PSK-AES256-CCM', ianaName: 'TLS_DHE_PSK_WITH_AES_256_CCM', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AESCCM(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a8, name: 'PSK-AES128-CCM8', ianaName: 'TLS_PSK_WITH_AES_128_CCM_8', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AESCCM8(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0a9, name: 'PSK-AES256-CCM8', ianaName: 'TLS_PSK_WITH_AES_256_CCM_8', keyExchange: 'PSK', authentication: 'PSK', encryption: 'AESCCM8(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0aa, name: 'DHE-PSK-AES128-CCM8', ianaName: 'TLS_PSK_DHE_WITH_AES_128_CCM_8', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AESCCM8(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0ab, name: 'DHE-PSK-AES256-CCM8', ianaName: 'TLS_PSK_DHE_WITH_AES_256_CCM_8', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'AESCCM8(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0ac, name: 'ECDHE-ECDSA-AES128-CCM', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AESCCM(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0ad, name: 'ECDHE-ECDSA-AES256-CCM', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AESCCM(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0ae, name: 'ECDHE-ECDSA-AES128-CCM8', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AESCCM8(128)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0af, name: 'ECDHE-ECDSA-AES256-CCM8', ianaName: 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'AESCCM8(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2', notDefault: true },
  { code: 0xc0b4, name: 'TLS_SHA256_SHA256', ianaName: 'TLS_SHA256_SHA256', keyExchange: 'any', authentication: 'any', encryption: 'None', mac: 'SHA256', prf: 'sha256', since: 'TLSv1.3', algorithmBits: 256, notDefault: true, built: false },
  { code: 0xc0b5, name: 'TLS_SHA384_SHA384', ianaName: 'TLS_SHA384_SHA384', keyExchange: 'any', authentication: 'any', encryption: 'None', mac: 'SHA384', prf: 'sha384', since: 'TLSv1.3', algorithmBits: 384, notDefault: true, built: false },
  { code: 0xc100, name: 'GOST2012-KUZNYECHIK-KUZNYECHIKOMAC', keyExchange: 'GOST18', authentication: 'GOST12', encryption: 'KUZNYECHIK', mac: 'KUZNYECHIKOMAC', prf: 'gost', since: 'TLSv1.2', streamsOnly: true, built: false },
  { code: 0xc101, name: 'GOST2012-MAGMA-MAGMAOMAC', keyExchange: 'GOST18', authentication: 'GOST12', encryption: 'MAGMA', mac: 'MAGMAOMAC', prf: 'gost', since: 'TLSv1.2', streamsOnly: true, built: false },
  { code: 0xc102, name: 'IANA-GOST2012-GOST8912-GOST8912', keyExchange: 'GOST', authentication: 'GOST12', encryption: 'eGOST2814789CNT12', mac: 'GOST89MAC12', prf: 'gost', since: 'TLSv1', streamsOnly: true, built: false },
  { code: 0xcca8, name: 'ECDHE-RSA-CHACHA20-POLY1305', ianaName: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', keyExchange: 'ECDHE', authentication: 'RSA', encryption: 'CHACHA20/POLY1305(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2' },
  { code: 0xcca9, name: 'ECDHE-ECDSA-CHACHA20-POLY1305', ianaName: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', keyExchange: 'ECDHE', authentication: 'ECDSA', encryption: 'CHACHA20/POLY1305(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2' },
  { code: 0xccaa, name: 'DHE-RSA-CHACHA20-POLY1305', ianaName: 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', keyExchange: 'DHE', authentication: 'RSA', encryption: 'CHACHA20/POLY1305(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2' },
  { code: 0xccab, name: 'PSK-CHACHA20-POLY1305', ianaName: 'TLS_PSK_WITH_CHACHA20_POLY1305_SHA256', keyExchange: 'PSK', authentication: 'PSK', encryption: 'CHACHA20/POLY1305(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2' },
  { code: 0xccac, name: 'ECDHE-PSK-CHACHA20-POLY1305', ianaName: 'TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256', keyExchange: 'ECDHEPSK', authentication: 'PSK', encryption: 'CHACHA20/POLY1305(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2' },
  { code: 0xccad, name: 'DHE-PSK-CHACHA20-POLY1305', ianaName: 'TLS_DHE_PSK_WITH_CHACHA20_POLY1305_SHA256', keyExchange: 'DHEPSK', authentication: 'PSK', encryption: 'CHACHA20/POLY1305(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2' },
  { code: 0xccae, name: 'RSA-PSK-CHACHA20-POLY1305', ianaName: 'TLS_RSA_PSK_WITH_CHACHA20_POLY1305_SHA256', keyExchange: 'RSAPSK', authentication: 'RSA', encryption: 'CHACHA20/POLY1305(256)', mac: 'AEAD', prf: 'sha256', since: 'TLSv1.2' },
  { code: 0xff85, name: 'LEGACY-GOST2012-GOST8912-GOST8912', keyExchange: 'GOST', authentication: 'GOST12', encryption: 'eGOST2814789CNT12', mac: 'GOST89MAC12', prf: 'gost', since: 'TLSv1', streamsOnly: true, built: false },
  { code: 0xff87, name: 'GOST2012-NULL-GOST12', keyExchange: 'GOST', authentication: 'GOST12', encryption: 'None', mac: 'GOST12_256', prf: 'gost', since: 'TLSv1', streamsOnly: true, built: false },
];

/** Every suite of OpenSSL 3.0's source, by ascending code point. */
export const cipherSuites: readonly CipherSuite[] = rows.map(suite);

/** A client's signal that it supports RFC 5746; not a suite. */
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

/** The version that introduced a suite, as the reference prints it: `TLSv1.0` for the protocol `TLSv1`. */
export function suiteVersion({ minVersion }: CipherSuite): string {
  return minVersion === Version.TLSv1 ? 'TLSv1.0' : versionName(minVersion);
}

/** Finds a suite by OpenSSL's or IANA's name. */
export function cipherSuiteNamed(name: string): CipherSuite | undefined {
  return byName.get(name);
}

function suite(row: Row): CipherSuite {
  const { encryption, since, until = since === 'TLSv1.3' ? since : 'TLSv1.2' } = row;
  const { strengthBits, algorithmBits, strength } = encryptions[encryption];
  const onDatagrams = !row.streamsOnly && since !== 'TLSv1.3';
  return {
    code: row.code,
    name: row.name,
    ianaName: row.ianaName,
    keyExchange: row.keyExchange,
    authentication: row.authentication,
    encryption,
    mac: row.mac,
    minVersion: Version[since],
    maxVersion: Version[until],
    minDtls: onDatagrams ? Version[since === 'TLSv1.2' ? 'DTLSv1.2' : 'DTLSv0.9'] : undefined,
    maxDtls: onDatagrams ? Version[until === 'TLSv1.1' ? 'DTLSv1' : 'DTLSv1.2'] : undefined,
    strengthBits,
    algorithmBits: row.algorithmBits ?? algorithmBits,
    strength,
    prf: row.prf,
    notDefault: row.notDefault ?? false,
    fips: row.fips ?? false,
    built: row.built ?? true,
  };
}
