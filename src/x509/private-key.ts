import { createPrivateKey, getCiphers, type KeyObject } from 'node:crypto';
import { elementAt, elementsOf, Tag } from '../bytes/der.ts';
import { view } from '../bytes/hex.ts';
import { type PemBlock, toPem } from '../bytes/pem.ts';
import { mlDsaKey } from '../crypto/mldsa-key.ts';
import type { PrivateKey } from '../crypto/signatures.ts';
import type { ErrorLine } from '../names/problems.ts';
import {
  badPadding,
  badPasswordRead,
  badPemDecrypt,
  badPkcs8Decrypt,
  noAnswer,
  noPassphrase,
  nothingToDecode,
  unsupportedAlgorithm,
  unsupportedEncryption,
  unusableBlock,
} from './error-lines.ts';
import type { Passphrase } from './passphrase.ts';

/** A private key, or the lines that the block leaves in the error queue. */
export type FoundKey =
  | { readonly key: PrivateKey; readonly lines?: never }
  | { readonly key?: never; readonly lines: readonly ErrorLine[] };

/** PKCS#8, encrypted PKCS#8 (RFC 5958), or a key in its type's own form, encrypted by RFC 1421's headers or not. */
export function keyFromPem(block: PemBlock, passphrase: Passphrase): FoundKey {
  const { label, headers, der, text } = block;
  if (label === encryptedLabel) return fromEncryptedPkcs8(der, text, passphrase, 'PEM');
  if (headers.some((line) => /^Proc-Type:.*ENCRYPTED/.test(line))) return fromEncryptedPem(block, passphrase);
  if (label.endsWith('PRIVATE KEY')) return tryKey(text, der) ?? unusable;
  // A public key is decoded and refused a second time as what it contains.
  if (label === 'PUBLIC KEY') return { lines: [unusableBlock(), unusableBlock()] };
  return label.endsWith(' PUBLIC KEY') || label.endsWith(' PARAMETERS') ? unusable : { lines: [] };
}

/** The same forms without their names: told apart by their first elements. */
export function keyFromDer({ tag, der }: { tag: number; der: Uint8Array }, passphrase: Passphrase): FoundKey {
  const label = tag === Tag.sequence ? labelOf(der) : undefined;
  if (label === 'CERTIFICATE') return { lines: [] };
  if (label === undefined) return unusable;
  const text = toPem(label, der);
  return label === encryptedLabel ? fromEncryptedPkcs8(der, text, passphrase, 'DER') : (tryKey(text, der) ?? unusable);
}

/** PKCS#8 that is not encrypted; undefined where it holds no key that we know. */
export function keyFromPkcs8(der: Uint8Array): PrivateKey | undefined {
  return tryKey(toPem('PRIVATE KEY', der), der)?.key;
}

const encryptedLabel = 'ENCRYPTED PRIVATE KEY';
const unusable: FoundKey = { lines: [unusableBlock()] };

/** Undefined where it is none of the forms. */
function labelOf(der: Uint8Array): string | undefined {
  let tags: number[];
  let version: number | undefined;
  try {
    const items = elementsOf(elementAt(der, 0).body);
    tags = items.map((item) => item.tag);
    version = items[0]?.body[0];
  } catch {
    return undefined;
  }
  const [first, second, third] = tags;
  if (first === Tag.sequence && second === Tag.octetString) return encryptedLabel;
  if (first === Tag.sequence && second === Tag.sequence && third === Tag.bitString) return 'CERTIFICATE';
  if (first !== Tag.integer) return undefined;
  if (second === Tag.sequence && third === Tag.octetString) return 'PRIVATE KEY';
  if (second === Tag.octetString && version === 1) return 'EC PRIVATE KEY';
  if (second !== Tag.integer || version === undefined) return undefined;
  return tags.length === 6 ? 'DSA PRIVATE KEY' : 'RSA PRIVATE KEY';
}

function tryKey(pem: string, der: Uint8Array): FoundKey | undefined {
  try {
    return { key: createPrivateKey(pem) };
  } catch {
    const key = mlDsaKey(der);
    return key && { key };
  }
}

function fromEncryptedPkcs8(der: Uint8Array, text: string, passphrase: Passphrase, form: 'PEM' | 'DER'): FoundKey {
  if (labelOf(der) !== encryptedLabel) return { lines: [nothingToDecode()] };
  // In PEM three decoders try in turn, and what none of them could use counts as one unusable block.
  const before = form === 'PEM' ? [unusableBlock()] : [];
  const password = passphrase.ask(form === 'PEM' ? 3 : 1);
  if (password === undefined) return { lines: [...before, ...noAnswer(), noPassphrase()] };
  const attempt = decrypt(text, password);
  if (attempt.key) return attempt;
  if (attempt.algorithm === 'unsupported') return { lines: before };
  return { lines: [...before, badPadding(), badPkcs8Decrypt(password.length === 0)] };
}

function fromEncryptedPem({ headers, text }: PemBlock, passphrase: Passphrase): FoundKey {
  const header = headers.map((line) => /^DEK-Info:\s*([^,\s]+)/.exec(line)?.[1]).find((name) => name !== undefined);
  const algorithm = header?.toUpperCase() ?? '';
  const legacyNumber = legacyCiphers.get(algorithm);
  if (legacyNumber === undefined && !getCiphers().includes(algorithm.toLowerCase()))
    return { lines: [unsupportedEncryption()] };
  const password = passphrase.ask(1);
  if (password === undefined) return { lines: [...noAnswer(), badPasswordRead()] };
  const attempt = decrypt(text, password);
  if (attempt.key) return attempt;
  return attempt.algorithm === 'unsupported'
    ? { lines: [unsupportedAlgorithm(algorithm, legacyNumber ?? 0), badPemDecrypt()] }
    : { lines: [badPadding(), badPemDecrypt()] };
}

/** Known to OpenSSL by name, with the number of the name, but only there with the legacy provider. */
const legacyCiphers: ReadonlyMap<string, number> = new Map([
  ['RC2-CBC', 4],
  ['DES-CBC', 8],
  ['BF-CBC', 11],
  ['CAST5-CBC', 18],
  ['SEED-CBC', 53],
]);

type Decrypted =
  | { readonly key: KeyObject; readonly algorithm?: never }
  | { readonly key?: never; readonly algorithm: 'supported' | 'unsupported' };

function decrypt(pem: string, password: Uint8Array): Decrypted {
  try {
    return { key: createPrivateKey({ key: pem, passphrase: view(password) }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return {
      algorithm: /EVP_UNSUPPORTED|UNSUPPORTED_ENCRYPTION|UNKNOWN_CIPHER/.test(code) ? 'unsupported' : 'supported',
    };
  }
}
