import { createPrivateKey, KeyObject, X509Certificate } from 'node:crypto';
import { latin1, view } from '../../bytes/hex.ts';
import { pemBlocks } from '../../bytes/pem.ts';
import { needsPackage } from '../../crypto/primitives/post-quantum.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';
import type { SecurityLevel } from '../../handshake/flow/settings.ts';
import { minimumBits } from '../../handshake/policy/security-level.ts';
import { type Credential, checkCredential, checkKeyMatches, credential } from '../../x509/files/credential.ts';
import { firstKey } from '../../x509/files/load.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import type { FoundKey } from '../../x509/files/private-key.ts';
import { optionError, TlsError } from '../sockets/tls-error.ts';

/** PEM, or as bytes also DER. */
export type PemOrDer = string | Uint8Array;

/** A private key, encrypted or not. */
export type KeyInput = PemOrDer | KeyObject | { readonly pem: PemOrDer; readonly passphrase?: string | undefined };

export interface CredentialOptions {
  /** One private key, or one for each type of certificate. */
  readonly key?: KeyInput | readonly KeyInput[] | undefined;
  /** A certificate followed by its issuers, or several such chains, each with another type of key. */
  readonly cert?: PemOrDer | readonly PemOrDer[] | undefined;
  /** Passphrase of every encrypted key that has none of its own. */
  readonly passphrase?: string | undefined;
}

/**
 * credentialsFrom pairs each certificate with its key.
 * @throws {TlsError} ERR_SERVERHELLO_CREDENTIAL for one that is unreadable, does not match or is too weak for the level
 */
export function credentialsFrom(options: CredentialOptions, level: SecurityLevel): Credential[] {
  const keys = listOf(options.key).map((key) => readKey(key, options.passphrase));
  const chains = listOf(options.cert).map(readChain);
  if (keys.length > 0 && chains.length === 0) throw refused('key', 'there is no certificate for it');
  return chains.map((chain) => {
    try {
      const paired = credential(keyFor(chain, keys), chain);
      checkCredential(paired, minimumBits(level));
      return paired;
    } catch (error) {
      throw optionError('cert', error);
    }
  });
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** keyFor takes an only key even if it does not match, so that the error says which of the two is wrong. */
function keyFor([leaf]: readonly Uint8Array[], keys: readonly PrivateKey[]): PrivateKey {
  const [only, ...others] = keys;
  if (only === undefined) throw refused('cert', 'there is no private key for it');
  if (others.length === 0 || leaf === undefined) return only;
  const fitting = keys.find((key) => isFor(key, leaf));
  if (fitting === undefined) throw refused('cert', 'none of the private keys is for it');
  return fitting;
}

function isFor(key: PrivateKey, certificate: Uint8Array): boolean {
  try {
    checkKeyMatches(key, certificate);
    return true;
  } catch (error) {
    if (error instanceof LoadFailure) return false;
    throw error;
  }
}

function readKey(input: KeyInput, passphrase: string | undefined): PrivateKey {
  if (input instanceof KeyObject) return input;
  if (typeof input === 'object' && 'pem' in input) return readKey(input.pem, input.passphrase ?? passphrase);
  const secret = passphrase === undefined ? {} : { passphrase };
  try {
    if (typeof input === 'string' || isPem(input)) return createPrivateKey({ key: text(input), ...secret });
    return readDer(input, secret);
  } catch (error) {
    const { key, lines } = keyOfOtherForm(input, passphrase);
    if (key) return key;
    const missing = lines.find(({ extra }) => extra === needsPackage)?.extra;
    throw refused('key', missing ?? (error instanceof Error ? error.message : String(error)), error);
  }
}

/** keyOfOtherForm reads a key that Node itself cannot read, as the program does. */
function keyOfOtherForm(input: PemOrDer, passphrase: string | undefined): FoundKey {
  const content = typeof input === 'string' ? Buffer.from(input, 'latin1') : input;
  return firstKey(content, { ask: () => (passphrase === undefined ? undefined : Buffer.from(passphrase)) });
}

function readDer(bytes: Uint8Array, secret: { readonly passphrase?: string }): KeyObject {
  const failures: unknown[] = [];
  for (const type of ['pkcs8', 'sec1', 'pkcs1'] as const) {
    try {
      return createPrivateKey({ key: view(bytes), format: 'der', type, ...secret });
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0];
}

const certificateLabels: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE']);

/** readChain returns DER, leaf first. */
function readChain(input: PemOrDer): Uint8Array[] {
  const found =
    typeof input === 'string' || isPem(input)
      ? pemBlocks(text(input))
          .filter(({ label }) => certificateLabels.has(label))
          .map(({ der }) => der)
      : [input];
  if (found.length === 0) throw refused('cert', 'there is no certificate in it');
  try {
    return found.map((der) => Uint8Array.from(new X509Certificate(der).raw));
  } catch (error) {
    throw refused('cert', 'it cannot be read', error);
  }
}

function isPem(bytes: Uint8Array): boolean {
  return view(bytes).includes('-----BEGIN ');
}

function text(input: PemOrDer): string {
  return typeof input === 'string' ? input : latin1(input);
}

function refused(option: string, message: string, cause?: unknown): TlsError {
  return new TlsError('ERR_SERVERHELLO_CREDENTIAL', `${option}: ${message}`, { cause });
}
