import { createPrivateKey, type KeyObject } from 'node:crypto';
import { equal } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { pemBlocks, toPem } from '../../bytes/pem.ts';
import { decode } from '../../bytes/wire.ts';
import { knowsHpkeSuite } from '../../crypto/hpke.ts';
import { hpkeKem } from '../../crypto/hpke-kem.ts';
import { type EchConfig, EchConfigContents, EchConfigList, echVersion } from '../../messages/ech-config.ts';

/** EchKey is a private key with the configuration that publishes it (RFC 9849 section 4). */
export interface EchKey {
  readonly config: EchConfig;
  readonly contents: EchConfigContents;
  readonly privateKey: KeyObject;
  /** The configuration is sent as retry configuration after a failed decryption. */
  readonly forRetry: boolean;
}

/** BadEchKeys reports a file without a usable ECH key pair. */
export class BadEchKeys extends Error {
  override readonly name = 'BadEchKeys';
}

/**
 * echKeysFromPem reads a PEM file (RFC 9934 section 2): a private key followed by a list of configurations.
 * Configurations for other keys, and of unknown versions, are skipped; later blocks are ignored.
 * @throws {BadEchKeys} also if no configuration is for the key
 */
export function echKeysFromPem(text: string, { forRetry }: Pick<EchKey, 'forRetry'>): EchKey[] {
  const [key, list] = pemBlocks(text);
  if (key === undefined || !key.label.endsWith('PRIVATE KEY')) throw new BadEchKeys('there is no private key');
  if (list?.label !== 'ECHCONFIG') throw new BadEchKeys('there is no ECHCONFIG behind the private key');
  const privateKey = privateKeyIn(toPem(key.label, key.der, key.headers));
  const keys = configsIn(list.der)
    .filter(({ contents }) => isFor(contents, privateKey))
    .map((it) => ({ ...it, privateKey, forRetry }));
  if (keys.length === 0) throw new BadEchKeys('no configuration is for the private key');
  return keys;
}

function privateKeyIn(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new BadEchKeys('the private key cannot be read');
  }
}

function configsIn(list: Uint8Array): Pick<EchKey, 'config' | 'contents'>[] {
  try {
    const known = decode(EchConfigList, list).filter(({ version }) => version === echVersion);
    return known.map((config) => ({ config, contents: decode(EchConfigContents, config.contents) }));
  } catch (error) {
    if (error instanceof Malformed) throw new BadEchKeys(`the ECHCONFIG is malformed: ${error.message}`);
    throw error;
  }
}

function isFor({ kem, publicKey, cipherSuites }: EchConfigContents, privateKey: KeyObject): boolean {
  const ours = hpkeKem(kem)?.publicKey(privateKey);
  return ours !== undefined && equal(ours, publicKey) && cipherSuites.some((it) => knowsHpkeSuite({ kem, ...it }));
}
