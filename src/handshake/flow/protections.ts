import { type AeadCipher, type Cipher, cipherOf } from '../../crypto/ciphers.ts';
import { type HashName, hashLength } from '../../crypto/primitives/hash.ts';
import type { Random } from '../../crypto/primitives/random.ts';
import { StreamCipher } from '../../crypto/stream.ts';
import { type KeyBlock, keyBlock, type ScheduleKind } from '../../keys/schedule12.ts';
import { type TrafficSecret, trafficKeys } from '../../keys/schedule13.ts';
import type { CipherSuite, Mac } from '../../names/cipher-suites.ts';
import { Version } from '../../names/versions.ts';
import { Aead12 } from '../../record/aead12.ts';
import { Aead13, type Padding } from '../../record/aead13.ts';
import { Cbc } from '../../record/cbc-protection.ts';
import { DeflatedWriting, InflatedReading } from '../../record/compression.ts';
import type { ReadProtection, WriteProtection } from '../../record/protection.ts';
import { hmacOf, type RecordMac, ssl3Mac } from '../../record/record-mac.ts';
import { StreamProtection } from '../../record/stream-cipher.ts';
import type { Settings } from './settings.ts';

/** The protections of a connection up to TLS 1.2, from the server's point of view. */
export interface Protections {
  readonly reading: ReadProtection;
  readonly writing: WriteProtection;
}

export interface Secrets12 {
  readonly version: number;
  readonly cipherSuite: CipherSuite;
  readonly prf: ScheduleKind;
  readonly master: Uint8Array;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
  readonly encryptThenMac: boolean;
  readonly compression: number;
  readonly settings: Pick<Settings, 'emptyFragments'>;
  /** Source of the IVs of records. */
  readonly random: Random;
}

/** RFC 5246 section 6.3 */
export function protections12(secrets: Secrets12): Protections {
  const { cipherSuite, version, prf, master, clientRandom, serverRandom } = secrets;
  const cipher = bulkCipher(cipherSuite);
  const lengths = { mac: macLength(cipherSuite), key: cipher.keyLength, iv: ivLength(cipher, version) };
  const block = keyBlock(prf, master, clientRandom, serverRandom, lengths);
  const reading = oneWay(secrets, cipher, block, 'client');
  const writing = oneWay(secrets, cipher, block, 'server');
  if (secrets.compression === 0) return { reading, writing };
  return { reading: new InflatedReading(reading), writing: new DeflatedWriting(writing) };
}

/** RFC 8446 section 7.3. Written records are padded according to `padding`. */
export function protection13(suite: CipherSuite, hash: HashName, secret: TrafficSecret, padding?: Padding): Aead13 {
  const cipher = bulkCipher(suite) as AeadCipher;
  const { key, iv } = trafficKeys(hash, secret, cipher.keyLength);
  return new Aead13(cipher, key, iv, padding);
}

/** The padding of `-record_padding`. */
export function paddingOf({ recordPadding, handshakePadding = recordPadding }: Settings): Padding {
  return { application: recordPadding, handshake: handshakePadding };
}

/** The hash of a suite's MAC; AEAD suites have none. */
function macHash({ mac }: CipherSuite): HashName | undefined {
  return macHashes[mac];
}

/** National MACs are in no build that we reproduce. */
const macHashes: Readonly<Record<Mac, HashName | undefined>> = {
  AEAD: undefined,
  MD5: 'md5',
  SHA1: 'sha1',
  SHA256: 'sha256',
  SHA384: 'sha384',
  GOST94: undefined,
  GOST89MAC: undefined,
  GOST89MAC12: undefined,
  GOST12_256: undefined,
  KUZNYECHIKOMAC: undefined,
  MAGMAOMAC: undefined,
};

/** True for block ciphers with a MAC, to which RFC 7366 applies. */
export function isCbc(suite: CipherSuite): boolean {
  return cipherOf(suite.encryption)?.kind === 'cbc';
}

function oneWay(
  { version, cipherSuite, encryptThenMac, settings, random }: Secrets12,
  cipher: Cipher,
  block: KeyBlock,
  side: 'client' | 'server',
) {
  const [key, iv, macKey] =
    side === 'client'
      ? [block.clientKey, block.clientIv, block.clientMac]
      : [block.serverKey, block.serverIv, block.serverMac];
  if (cipher.kind === 'aead') return new Aead12(cipher, key, iv);
  const mac = recordMac(cipherSuite, version, macKey);
  if (cipher.kind === 'cbc') {
    const { emptyFragments = true } = settings;
    const chained = version <= Version.TLSv1 ? { chainedIv: iv, emptyFragments } : {};
    return new Cbc({ cipher, key, mac, random, encryptThenMac, ssl3: version === Version.SSLv3, ...chained });
  }
  return new StreamProtection(mac, cipher.kind === 'stream' ? new StreamCipher(cipher, key) : undefined);
}

function recordMac(suite: CipherSuite, version: number, key: Uint8Array): RecordMac {
  const hash = macHash(suite) ?? 'sha1';
  if (version !== Version.SSLv3) return hmacOf(hash, key, macLength(suite));
  return ssl3Mac(hash === 'md5' ? 'md5' : 'sha1', key, macLength(suite));
}

function bulkCipher(suite: CipherSuite): Cipher {
  const cipher = cipherOf(suite.encryption);
  if (cipher === undefined) throw new Error(`${suite.encryption} is not in this OpenSSL`);
  return cipher;
}

function macLength(suite: CipherSuite): number {
  const hash = macHash(suite);
  return hash === undefined ? 0 : hashLength(hash);
}

/** From TLS 1.1 on records carry their own CBC IV. */
function ivLength(cipher: Cipher, version: number): number {
  if (cipher.kind === 'aead') return cipher.fixedIvLength;
  return cipher.kind === 'cbc' && version <= Version.TLSv1 ? cipher.blockLength : 0;
}
