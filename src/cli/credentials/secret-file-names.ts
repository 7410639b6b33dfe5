import { readFileSync, statSync } from 'node:fs';
import type { Given } from '../arguments/given.ts';
import { optionNamed } from '../options/index.ts';
import { echKeyFiles } from './ech-settings.ts';
import { defaultFile, secondDefaultFile } from './identities.ts';

/** LoadedFiles are the files that a configuration has named. */
export interface LoadedFiles {
  readonly keys: readonly string[];
  readonly certificates: readonly string[];
}

/**
 * secretFileNames returns the files that the web modes never serve: sources of private keys, passwords, pre-shared
 * keys, sessions, SRP verifiers and random bytes, and targets of secrets, named by an option or in a configuration; our
 * other files that hold a private key as well; and the default files.
 */
export function secretFileNames(given: readonly Given[], configured: LoadedFiles | undefined): string[] {
  const { keys = [], certificates = [] } = configured ?? {};
  const ours = [...given.filter(namesFile).flatMap(({ value }) => pathsOf(String(value))), ...certificates];
  return [
    ...given.flatMap(secretsOf),
    ...aloneWithKeys(given),
    ...echKeyFiles(given),
    ...keys,
    ...ours.filter(holdsPrivateKey),
    defaultFile,
    secondDefaultFile,
  ];
}

/**
 * captureFileNames returns the captures, which may continue in further files: their secrets decrypt the connections.
 */
export function captureFileNames(given: readonly Given[]): string[] {
  return given.filter(({ name, value }) => name === 'pcapng' && value !== '-').map(({ value }) => String(value));
}

function secretsOf({ name, value }: Given): string[] {
  const text = String(value);
  if (secretFiles.has(name)) return pathsOf(text);
  if (name === 'rand') return text.split(':');
  const isFile = (name === 'pass' || name === 'dpass') && text.startsWith('file:');
  return isFile ? [text.substring('file:'.length)] : [];
}

const secretFiles = new Set([
  'key',
  'key2',
  'dkey',
  'xkey',
  'keylogfile',
  'psk_file',
  'psk_session',
  'srpvfile',
  'writerand',
]);

/** aloneWithKeys returns certificates without key options, whose key is in the same file, in any format. */
function aloneWithKeys(given: readonly Given[]): string[] {
  return pairs.flatMap(([key, certificate]) => {
    const keys = given.filter(({ name }) => name === key);
    const certificates = given.filter(({ name }) => name === certificate);
    // Each extended certificate has its own key, or none.
    return keys.length < certificates.length ? certificates.flatMap(({ value }) => pathsOf(String(value))) : [];
  });
}

const pairs = [
  ['key', 'cert'],
  ['key2', 'cert2'],
  ['dkey', 'dcert'],
  ['xkey', 'xcert'],
] as const;

function namesFile({ name }: Given): boolean {
  const takes = optionNamed(name)?.takes;
  return takes === 'infile' || takes === 'uri';
}

/** holdsPrivateKey recognizes PEM, and PKCS#12 by its start: SEQUENCE, then INTEGER 3 (RFC 7292 section 4). */
function holdsPrivateKey(path: string): boolean {
  try {
    const file = statSync(path);
    if (!file.isFile() || file.size > longestFile) return false;
    const content = readFileSync(path, 'latin1');
    return content.includes('PRIVATE KEY-----') || pkcs12.test(content);
  } catch {
    return false;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: DER.
const pkcs12 = /^0(?:[\x00-\x7f]|\x80|\x81.|\x82..|\x83.{3}|\x84.{4})\x02\x01\x03/s;

/** Maximum bytes of a file that is searched. */
const longestFile = 1 << 24;

/** pathsOf treats a `file:` URI also as a file name. */
function pathsOf(uri: string): string[] {
  const [, path] = /^file:(?:\/\/(?:localhost)?(?=\/))?(.*)$/is.exec(uri) ?? [];
  return path === undefined ? [uri] : [uri, path];
}
