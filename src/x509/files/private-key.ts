import { createPrivateKey, createPublicKey, getCiphers, type KeyObject } from 'node:crypto';
import { elementAt, elementsOf, Tag } from '../../bytes/der.ts';
import { view } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { isEncrypted, type PemBlock, toPem } from '../../bytes/pem.ts';
import { lacksMlDsa, MlDsaKey, mlDsaKey } from '../../crypto/mldsa-key.ts';
import { needsPackage } from '../../crypto/primitives/post-quantum.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { Structure } from '../asn1/structure.ts';
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
import type { Askable } from './passphrase.ts';
import { decryptWithPassword } from './password-encryption.ts';

/** FoundKey is a private key, or the lines that the block leaves in the error queue. */
export type FoundKey =
  | { readonly key: PrivateKey; readonly lines?: never }
  | { readonly key?: never; readonly lines: readonly ErrorLine[] };

/** keyFromPem decodes a key, also one encrypted by RFC 1421's headers. The label limits the forms to detect. */
export function keyFromPem(block: PemBlock, passphrase: Askable): FoundKey {
  const { label, der } = block;
  if (isEncrypted(block) && label.endsWith('PRIVATE KEY')) return fromEncryptedPem(block, passphrase);
  const isOpen = openLabels.has(label);
  const form = formOf(der);
  if (form === encryptedForm && isOpen) return fromEncryptedPkcs8(der, passphrase, 'PEM');
  if (label === encryptedForm && form === undefined) return { lines: [nothingToDecode()] };
  if (form !== undefined && (form === 'PRIVATE KEY' ? isOpen : formLabels[form]?.includes(label)))
    return tryKey(der, form) ?? unusable;
  // The reference decodes and refuses a public key twice.
  if (label === 'PUBLIC KEY') return { lines: [unusableBlock(), unusableBlock()] };
  return isOpen ? unusable : { lines: [] };
}

/** keyFromDer detects the form of a key by its first elements. */
export function keyFromDer({ tag, der }: { tag: number; der: Uint8Array }, passphrase: Askable): FoundKey {
  const form = tag === Tag.sequence ? formOf(der) : undefined;
  if (form === 'CERTIFICATE') return { lines: [] };
  if (form === undefined) return unusable;
  return form === encryptedForm ? fromEncryptedPkcs8(der, passphrase, 'DER') : (tryKey(der, form) ?? unusable);
}

/** keyFromPkcs8 decodes unencrypted PKCS#8; undefined for an unknown key. */
export function keyFromPkcs8(der: Uint8Array): FoundKey | undefined {
  return tryKey(der, 'PRIVATE KEY');
}

/** publicKeyInfo returns the SubjectPublicKeyInfo of a private key. */
export function publicKeyInfo(key: PrivateKey): Uint8Array {
  return key instanceof MlDsaKey ? key.publicKeyInfo : createPublicKey(key).export({ type: 'spki', format: 'der' });
}

const encryptedForm = 'ENCRYPTED PRIVATE KEY';
const unusable: FoundKey = { lines: [unusableBlock()] };

/** Labels under which OpenSSL detects PKCS #8, including those of other kinds. */
const openLabels: ReadonlySet<string> = new Set([
  'PRIVATE KEY',
  encryptedForm,
  'PUBLIC KEY',
  ...['RSA', 'DSA', 'EC', 'SM2'].map((kind) => `${kind} PRIVATE KEY`),
  ...['RSA', 'DSA'].map((kind) => `${kind} PUBLIC KEY`),
  ...['DH', 'X9.42 DH', 'DSA', 'EC', 'SM2'].map((kind) => `${kind} PARAMETERS`),
]);

/** Labels under which a type's own form is detected. */
const formLabels: Readonly<Record<string, readonly string[]>> = {
  'RSA PRIVATE KEY': ['PRIVATE KEY', encryptedForm, 'PUBLIC KEY', 'RSA PRIVATE KEY', 'RSA PUBLIC KEY'],
  'DSA PRIVATE KEY': [
    'PRIVATE KEY',
    encryptedForm,
    'PUBLIC KEY',
    'DSA PRIVATE KEY',
    'DSA PUBLIC KEY',
    'DSA PARAMETERS',
  ],
  'EC PRIVATE KEY': ['PRIVATE KEY', encryptedForm, 'PUBLIC KEY', 'EC PRIVATE KEY', 'EC PARAMETERS'],
};

/** formOf returns undefined for an unknown form. */
function formOf(der: Uint8Array): string | undefined {
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
  if (first === Tag.sequence && second === Tag.octetString) return encryptedForm;
  if (first === Tag.sequence && second === Tag.sequence && third === Tag.bitString) return 'CERTIFICATE';
  if (first !== Tag.integer) return undefined;
  if (second === Tag.sequence && third === Tag.octetString) return 'PRIVATE KEY';
  if (second === Tag.octetString && version === 1) return 'EC PRIVATE KEY';
  if (second !== Tag.integer || version === undefined) return undefined;
  return tags.length === 6 ? 'DSA PRIVATE KEY' : 'RSA PRIVATE KEY';
}

function tryKey(der: Uint8Array, form: string): FoundKey | undefined {
  try {
    return { key: createPrivateKey(toPem(form, der)) };
  } catch {
    const key = mlDsaKey(der);
    if (key) return { key };
    return lacksMlDsa(der) ? { lines: [{ ...unusableBlock(), extra: needsPackage }] } : undefined;
  }
}

function fromEncryptedPkcs8(der: Uint8Array, passphrase: Askable, container: 'PEM' | 'DER'): FoundKey {
  // OpenSSL tries three decoders for PEM and reports their failure as one unusable block.
  const before = container === 'PEM' ? [unusableBlock()] : [];
  const password = passphrase.ask(container === 'PEM' ? 3 : 1);
  if (password === undefined) return { lines: [...before, ...noAnswer(), noPassphrase()] };
  const attempt = decrypt(toPem(encryptedForm, der), password);
  if (attempt.key) return attempt;
  // Node may support the encryption but not the key.
  const opened = openPkcs8(der, password);
  if ('bytes' in opened) return tryKey(opened.bytes, 'PRIVATE KEY') ?? { lines: before };
  if (attempt.algorithm === 'unsupported') return { lines: before };
  return { lines: [...before, badPadding(), badPkcs8Decrypt(password.length === 0)] };
}

/** EncryptedPrivateKeyInfo of RFC 5958 section 3. */
function openPkcs8(der: Uint8Array, password: Uint8Array): ReturnType<typeof decryptWithPassword> {
  try {
    const info = new Structure(der).sequence('EncryptedPrivateKeyInfo');
    const algorithm = info.sequence('encryptionAlgorithm');
    return decryptWithPassword(algorithm, info.take('encryptedData', Tag.octetString).body, password);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { fault: 'wrong' };
  }
}

function fromEncryptedPem({ label, headers, der }: PemBlock, passphrase: Askable): FoundKey {
  const header = headers.map((line) => /^DEK-Info:\s*([^,\s]+)/.exec(line)?.[1]).find((name) => name !== undefined);
  const algorithm = header?.toUpperCase() ?? '';
  const legacyNumber = legacyCiphers.get(algorithm);
  if (legacyNumber === undefined && !getCiphers().includes(algorithm.toLowerCase()))
    return { lines: [unsupportedEncryption()] };
  const password = passphrase.ask(1);
  if (password === undefined) return { lines: [...noAnswer(), badPasswordRead()] };
  const attempt = decrypt(toPem(label, der, headers), password);
  if (attempt.key) return attempt;
  return attempt.algorithm === 'unsupported'
    ? { lines: [unsupportedAlgorithm(algorithm, legacyNumber ?? 0), badPemDecrypt()] }
    : { lines: [badPadding(), badPemDecrypt()] };
}

/** Ciphers of OpenSSL's legacy provider, with the number of their name. */
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
