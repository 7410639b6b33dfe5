import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { loadCertificate, loadPrivateKey } from '../src/x509/files/load.ts';
import { LoadFailure } from '../src/x509/files/load-failure.ts';
import { publicKeyInfo } from '../src/x509/files/private-key.ts';

/**
 * Recipe is a file with a key, or with a key and a certificate, made by the reference: `words` are the arguments of
 * `openssl` before the name of the new file. `change` then modifies the file.
 */
export interface Recipe {
  readonly name: string;
  readonly words: readonly string[];
  readonly change?: (made: Buffer) => Uint8Array;
}

const folder = mkdtempSync(join(tmpdir(), 'serverhello-containers-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);

/**
 * agreeAbout asserts that the program loads the same from the file as the reference: the same key and a certificate, or
 * nothing.
 */
export function agreeAbout({ words, change = (made) => made }: Recipe): void {
  const made = path('made');
  rmSync(made, { force: true });
  // An unsupported recipe leaves no file to compare.
  openssl(...words, '-out', made);
  const content = existing(made);
  if (content === undefined) return;
  writeFileSync(made, change(content));
  assert.deepEqual(ours(made), reference(made));
}

interface Loaded {
  /** SubjectPublicKeyInfo in hexadecimal; undefined without a key. */
  readonly key: string | undefined;
  readonly hasCertificate: boolean;
}

function reference(file: string): Loaded {
  const key = openssl('pkey', '-in', file, '-passin', 'pass:secret', '-pubout', '-outform', 'DER');
  const listed = openssl('storeutl', '-noout', '-certs', '-passin', 'pass:secret', file).toString();
  const hasCertificate = /Total found: [1-9]/.test(listed);
  return { key: key.length > 0 ? key.toString('hex') : undefined, hasCertificate };
}

function ours(file: string): Loaded {
  const request = { file, description: 'a container', password: Buffer.from('secret') };
  const key = orNothing(() => loadPrivateKey(request));
  const certificate = orNothing(() => loadCertificate(request));
  return {
    key: key && Buffer.from(publicKeyInfo(key)).toString('hex'),
    hasCertificate: certificate !== undefined,
  };
}

function orNothing<T>(load: () => T): T | undefined {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    return undefined;
  }
}

function existing(file: string): Buffer | undefined {
  try {
    const content = readFileSync(file);
    return content.length > 0 ? content : undefined;
  } catch {
    return undefined;
  }
}

function openssl(...words: readonly string[]): Buffer {
  return spawnSync('openssl', words, { stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 }).stdout;
}

const secret = ['-passout', 'pass:secret'];
const few = ['-iter', '3'];

/** Arguments for each kind of key; a key is made once, in PKCS #8 and PEM. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  RSA: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  'RSA-PSS': ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:1024'],
  'restricted RSA-PSS': [
    ...['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:1024'],
    ...['-pkeyopt', 'rsa_pss_keygen_md:sha256', '-pkeyopt', 'rsa_pss_keygen_saltlen:20'],
  ],
  ...Object.fromEntries(
    ['P-256', 'P-384', 'P-521', 'secp256k1', 'brainpoolP256r1', 'sect283k1', 'SM2'].map((curve) => [
      curve,
      ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`],
    ]),
  ),
  'P-256, written out': [
    ...['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    ...['-pkeyopt', 'ec_param_enc:explicit'],
  ],
  Ed25519: ['-algorithm', 'ED25519'],
  Ed448: ['-algorithm', 'ED448'],
  X25519: ['-algorithm', 'X25519'],
  X448: ['-algorithm', 'X448'],
  DH: ['-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048'],
  DSA: [],
};

const madeKeys = new Map<string, string>();

/** keyFile returns the file of a key of this kind. */
function keyFile(kind: string): string {
  const known = madeKeys.get(kind);
  if (known !== undefined) return known;
  const file = path(`key ${madeKeys.size}`);
  if (kind === 'DSA') openssl('dsaparam', '-noout', '-genkey', '1024', '-out', file);
  else openssl('genpkey', ...(kinds[kind] ?? []), '-out', file);
  madeKeys.set(kind, file);
  return file;
}

/** certificateFile returns a certificate for the P-256 key. */
function certificateFile(): string {
  const file = path('certificate');
  if (existing(file) === undefined) {
    openssl('req', '-x509', '-key', keyFile('P-256'), '-subj', '/CN=a', '-days', '30', '-out', file);
  }
  return file;
}

const modes = ['CBC', 'CFB', 'CFB8', 'OFB', 'CTR', 'ECB', 'GCM'];
const families = ['AES-128', 'AES-192', 'AES-256', 'ARIA-128', 'ARIA-192', 'ARIA-256', 'CAMELLIA-128', 'CAMELLIA-192'];
const ciphers = [
  ...[...families, 'CAMELLIA-256', 'SM4', 'SEED', 'DES'].flatMap((family) => modes.map((mode) => `${family}-${mode}`)),
  ...['DES-EDE3-CBC', 'DES-EDE', 'RC2-CBC', 'RC2-40-CBC', 'RC4', 'BF-CBC', 'CAST5-CBC'],
];
const schemes = ['MD5-DES', 'SHA1-DES', 'MD5-RC2-64', 'SHA1-RC2-64', 'SHA1-3DES', 'SHA1-2DES', 'SHA1-RC2-40'].map(
  (name) => `PBE-${name}`,
);
const hashes = [
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256', 'sha3-224', 'sha3-256'],
  ...['sha3-384', 'sha3-512', 'sm3', 'ripemd160', 'blake2b512', 'blake2s256', 'md4', 'whirlpool'],
];
const functions = ['MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA512-224', 'SHA512-256'];

const pkcs12 = (name: string, ...how: readonly string[]): Recipe => ({
  name: `PKCS #12, ${name}`,
  get words() {
    const files = ['-inkey', keyFile('P-256'), '-in', certificateFile()];
    return ['pkcs12', '-export', ...files, ...secret, ...few, ...how];
  },
});

/** key converts a key of this kind with the `openssl` arguments in `how`. */
const key = (name: string, kind: string, ...how: readonly string[]): Recipe => ({
  name,
  get words() {
    return [...how, '-in', keyFile(kind)];
  },
});

const encrypted = (name: string, ...how: readonly string[]) =>
  key(`encrypted PKCS #8, ${name}`, 'P-256', 'pkcs8', '-topk8', ...secret, ...how);

/** Recipes without a MAC are left out: we load these, and OpenSSL 3.0 does not. */
export const containerRecipes: readonly Recipe[] = [
  ...Object.keys(kinds).flatMap((kind) => [
    key(`${kind} in PKCS #8`, kind, 'pkcs8', '-topk8', '-nocrypt'),
    key(`${kind} in PKCS #8 in DER`, kind, 'pkcs8', '-topk8', '-nocrypt', '-outform', 'DER'),
    key(`${kind} in encrypted PKCS #8`, kind, 'pkcs8', '-topk8', ...secret, ...few),
    key(`${kind} in encrypted PKCS #8 in DER`, kind, 'pkcs8', '-topk8', '-outform', 'DER', ...secret, ...few),
    key(`${kind} in its own form`, kind, 'pkey', '-traditional'),
    key(`${kind} in its own form in DER`, kind, 'pkey', '-traditional', '-outform', 'DER'),
    key(`${kind} in its own form, encrypted`, kind, 'pkey', '-traditional', '-aes128', ...secret),
  ]),
  ...['aes192', 'aes256', 'camellia128', 'aria256', 'des3', 'des', 'seed', 'sm4', 'bf', 'rc2'].map((cipher) =>
    key(`an EC key encrypted by ${cipher}`, 'P-256', 'ec', `-${cipher}`, ...secret),
  ),
  ...['MSBLOB', 'PVK'].map((form) => key(`RSA in ${form}`, 'RSA', 'rsa', '-outform', form, '-pvk-none')),
  ...ciphers.map((cipher) => encrypted(cipher, '-v2', cipher, ...few)),
  ...schemes.map((scheme) => encrypted(scheme, '-v1', scheme, ...few)),
  ...functions.map((name) =>
    encrypted(`PBKDF2 with ${name}`, '-v2', 'AES-128-CBC', '-v2prf', `hmacWith${name}`, ...few),
  ),
  encrypted('scrypt', '-scrypt', '-scrypt_N', '16'),
  ...[...ciphers, ...schemes, 'NONE'].map((cipher) => pkcs12(cipher, '-keypbe', cipher, '-certpbe', cipher)),
  ...hashes.map((hash) => pkcs12(`a MAC of ${hash}`, '-macalg', hash)),
  pkcs12('of old', '-legacy'),
  pkcs12('many iterations', '-iter', '20000'),
];

const asText = (change: (text: string) => string) => (made: Buffer) =>
  Buffer.from(change(made.toString('latin1')), 'latin1');
const inLines = (change: (lines: string[]) => string[]) =>
  asText((text) => `${change(text.split('\n').slice(0, -1)).join('\n')}\n`);
const body = (change: (line: string, index: number) => string) =>
  inLines((lines) => lines.map((line, index) => (line.startsWith('-----') ? line : change(line, index))));
const reflowed = (width: number) =>
  inLines((lines) => {
    const [first = '', ...others] = lines;
    const last = others.pop() ?? '';
    return [first, ...(others.join('').match(new RegExp(`.{1,${width}}`, 'g')) ?? []), last];
  });
const inserted = (at: number, ...added: readonly string[]) => inLines((lines) => lines.toSpliced(at, 0, ...added));
const otherLabel = (label: string) =>
  asText((text) => text.replaceAll(/(BEGIN|END) [A-Z0-9 ]+-----/g, `$1 ${label}-----`));

/** Changes that people and programs make to PEM, tolerable or not. */
const changes: Readonly<Record<string, (made: Buffer) => Uint8Array>> = {
  'as it is': (made) => made,
  'blank behind the first line': asText((text) => text.replace('-----\n', '----- \n')),
  'control character behind the first line': asText((text) => text.replace('-----\n', '-----\x01\n')),
  'junk behind the first line': asText((text) => text.replace('-----\n', '-----x\n')),
  'blank behind the last line': asText((text) => `${text.trimEnd()} \n`),
  'junk behind the last line': asText((text) => `${text.trimEnd()}x\n`),
  'last line without an end': asText((text) => text.trimEnd()),
  'last line cut short': asText((text) => `${text.trimEnd().slice(0, -1)}\n`),
  'CR LF': asText((text) => text.replaceAll('\n', '\r\n')),
  'indented first line': asText((text) => ` ${text}`),
  'indented last line': asText((text) => text.replace('-----END', ' -----END')),
  'indented body': body((line) => `  ${line}`),
  'blanks behind the lines': body((line) => `${line}  `),
  'blanks in the lines': body((line) => `${line.slice(0, 9)} ${line.slice(9)}`),
  'byte order mark': asText((text) => `\xef\xbb\xbf${text}`),
  'text before': asText((text) => `some: text\n\n${text}`),
  'text on the first line': asText((text) => `x${text}`),
  'NUL before': asText((text) => `\0${text}`),
  'empty line behind the first': inserted(1, ''),
  'two empty lines behind the first': inserted(1, '', ''),
  'empty line in the middle': inserted(2, ''),
  'empty line before the last': inserted(-1, ''),
  'short header': inserted(1, 'A: b', ''),
  'long header': inserted(1, 'Comment: something', ''),
  'header without an empty line': inserted(1, 'A: b'),
  'header of a clear text': inserted(1, 'Proc-Type: 4,MIC-CLEAR', ''),
  'other Base64': body((line) => line.replaceAll('+', '-').replaceAll('/', '_')),
  'letter that is none': body((line, index) => (index === 2 ? `*${line.slice(1)}` : line)),
  'hyphen in the middle': body((line, index) => (index === 2 ? `-${line}` : line)),
  'no padding': asText((text) => text.replaceAll('=', '')),
  'too much padding': inserted(-1, '===='),
  'padding in the middle': body((line, index) => (index === 2 ? `${line.slice(0, -1)}=` : line)),
  'lines of 4': reflowed(4),
  'lines of 76': reflowed(76),
  'lines of 300': reflowed(300),
  'one line': reflowed(100_000),
  'no last line': inLines((lines) => lines.slice(0, -1)),
  'nothing inside': inLines((lines) => [lines[0] ?? '', lines.at(-1) ?? '']),
  'more behind the content': inserted(-1, 'AAAA'),
  'first line twice': inLines((lines) => [lines[0] ?? '', ...lines]),
  'last line of another kind': asText((text) => text.replace('END ', 'END X')),
  ...Object.fromEntries(
    [
      ...['PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'ANY PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'FOO'],
      ...['DSA PRIVATE KEY', 'PUBLIC KEY', 'EC PARAMETERS', 'CERTIFICATE', 'X509 CERTIFICATE', 'PKCS12'],
    ].map((label) => [`label ${label}`, otherLabel(label)]),
  ),
};

export const pemRecipes: readonly Recipe[] = Object.entries(changes).flatMap(([name, change]): Recipe[] => [
  { ...key(`PKCS #8, ${name}`, 'RSA', 'pkcs8', '-topk8', '-nocrypt'), change },
  { ...key(`EC key, ${name}`, 'P-256', 'pkey', '-traditional'), change },
  { ...key(`encrypted PKCS #8, ${name}`, 'P-256', 'pkcs8', '-topk8', ...secret, ...few), change },
  {
    name: `certificate, ${name}`,
    get words() {
      return ['x509', '-in', certificateFile()];
    },
    change,
  },
]);
