import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Malformed } from '../../bytes/malformed.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import { openStore, systemFault } from '../../x509/files/store.ts';
import { DirectoryTrustStore } from '../../x509/trust/directory-trust-store.ts';
import { lazyStore, MemoryTrustStore, searchedStores } from '../../x509/trust/trust-store.ts';
import {
  contentBeforeFault,
  lookedUpContent,
  readableContent,
  type TrustedContent,
} from '../../x509/trust/trusted-file.ts';
import { DirectoryUriStore, FileUriStore } from '../../x509/trust/uri-trust-store.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { failureText } from '../credentials/identities.ts';
import type { Options } from '../options/index.ts';
import { Stop } from '../output/stop.ts';

/** The stores that the options name. */
export interface TrustStores {
  /** Of anchors for the certificates of clients: `-verifyCAfile` and its kin, otherwise as `locations`. */
  readonly verify: TrustStore;
  /** What our own chains are built from: `-chainCAfile` and its kin, otherwise as `locations`. */
  readonly chain: TrustStore;
  /** `-CAfile` and its kin, or the places of the system when none of them is given. */
  readonly locations: TrustStore;
  /** Subjects (DER) of the certificates in `-CAfile`, each once, for the request of a certificate. */
  readonly authorityNames: readonly Uint8Array[];
}

/** Places that a configuration file names. */
export interface ConfiguredPlaces {
  readonly stores: Pick<
    Options,
    'chainCAfile' | 'chainCApath' | 'chainCAstore' | 'verifyCAfile' | 'verifyCApath' | 'verifyCAstore'
  >;
  /** Whose subjects a certificate request names where `-CAfile` names none. */
  readonly names: readonly NamesPlace[];
}

export interface NamesPlace {
  readonly kind: 'file' | 'directory' | 'uri';
  readonly value: string;
}

/** Opens the stores in the reference's order, for what it says first. @throws {Stop} */
export function trustStores(
  given: Options,
  environment: NodeJS.ProcessEnv,
  places: ConfiguredPlaces = { stores: {}, names: [] },
): TrustStores {
  const options = { ...places.stores, ...given };
  const locations = stopping('', () => verifyLocations(options, environment));
  const { verifyCAfile, verifyCApath, verifyCAstore, chainCAfile, chainCApath, chainCAstore } = options;
  const named = stopping('Error loading store locations\n', () => ({
    verify: namedStores({ file: verifyCAfile, directory: verifyCApath, uri: verifyCAstore }),
    chain: namedStores({ file: chainCAfile, directory: chainCApath, uri: chainCAstore }),
  }));
  return {
    verify: named.verify ?? locations,
    chain: named.chain ?? locations,
    locations,
    authorityNames: authorityNames(options, places.names),
  };
}

/** The places of the system count only where none of the three options is given. */
function verifyLocations(options: Options, environment: NodeJS.ProcessEnv): TrustStore {
  const named = namedStores({ file: options.CAfile, directory: options.CApath, uri: options.CAstore });
  if (named !== undefined) return named;
  const system = systemStores(environment);
  return searchedStores(options['no-CAfile'] ? [] : [system.file()], [
    ...(options['no-CApath'] ? [] : system.directories()),
    ...(options['no-CAstore'] ? [] : [system.store()]),
  ]);
}

interface StoreNames {
  readonly file: string | undefined;
  readonly directory: string | undefined;
  readonly uri: string | undefined;
}

/** Undefined where nothing is named. @throws {LoadFailure} */
function namedStores({ file, directory, uri }: StoreNames): TrustStore | undefined {
  if (file === undefined && directory === undefined && uri === undefined) return undefined;
  const held = file === undefined ? [] : [fileStore(file)];
  const searched = directory === undefined ? [] : directoryStores(directory);
  return searchedStores(held, [...searched, ...(uri === undefined ? [] : [uriStore(uri)])]);
}

/** A file of certificates and lists; at least one. @throws {LoadFailure} */
export function fileStore(file: string): TrustStore {
  const found = soundLookup(lookupContent(file));
  if (found && found.certificates.length + found.crls.length > 0) return new MemoryTrustStore(found);
  throw new LoadFailure('', [nothingFound]);
}

/** A list of directories with hashed names. */
export function directoryStores(list: string): TrustStore[] {
  return list
    .split(delimiter)
    .filter((it) => it !== '')
    .map((it) => new DirectoryTrustStore(it));
}

/** A file, or a directory with hashed names. What is in it is only looked at when it is needed. @throws {LoadFailure} */
export function uriStore(uri: string): TrustStore {
  const { content, lines } = openStore(uri);
  if (content === undefined) throw new LoadFailure('', lines);
  const path = pathOf(uri);
  return content.length === 0 ? new DirectoryUriStore(path) : new FileUriStore(readableContent(content));
}

/** What is trusted when nothing is named: the places of OpenSSL on Debian, or those that the environment names. */
export function systemStores({ SSL_CERT_FILE = systemFile, SSL_CERT_DIR = systemDirectory }: NodeJS.ProcessEnv) {
  return {
    file: () => systemFileStore(SSL_CERT_FILE),
    directories: () => directoryStores(SSL_CERT_DIR),
    /** A list of directories is no URI. */
    store: () => new DirectoryUriStore(SSL_CERT_DIR),
  };
}

const systemFile = '/usr/lib/ssl/cert.pem';
const systemDirectory = '/usr/lib/ssl/certs';

/** It need not be there. */
function systemFileStore(file: string): TrustStore {
  return lazyStore(() => {
    try {
      return new MemoryTrustStore(lookedUpContent(readFileSync(file)));
    } catch {
      return new MemoryTrustStore();
    }
  });
}

/** `-no_ca_names` leaves the choice to the client; users of `-srpvfile` are not asked, whatever `-CAfile` says. */
function authorityNames(
  { CAfile, srpvfile, no_ca_names }: Options,
  configured: readonly NamesPlace[],
): readonly Uint8Array[] {
  if (no_ca_names) return [];
  const ofOption = CAfile === undefined || srpvfile !== undefined ? [] : subjectsOf([readFileSync(CAfile)]);
  return ofOption.length > 0 ? ofOption : subjectsOf(stopping('', () => configured.flatMap(contentsOf)));
}

/** Each name once. */
function subjectsOf(contents: readonly Uint8Array[]): readonly Uint8Array[] {
  const names = new Map<string, Uint8Array>();
  for (const { subject, facts } of contents.flatMap((it) => contentBeforeFault(it).certificates)) {
    if (!names.has(subject)) names.set(subject, Uint8Array.from(facts.subject.der));
  }
  return [...names.values()];
}

/** Of a directory all files, whatever they are called. @throws {LoadFailure} */
function contentsOf({ kind, value }: NamesPlace): Uint8Array[] {
  if (kind === 'file') return [lookupContent(value)];
  const path = pathOf(value);
  if (kind === 'uri') {
    const { content, lines } = openStore(value);
    if (content === undefined) throw new LoadFailure('', lines);
    if (content.length > 0) return [content];
  }
  return readdirSync(path).map((name) => lookupContent(join(path, name)));
}

function pathOf(uri: string): string {
  return uri.replace(/^file:(?:\/\/(?:localhost)?)?/i, '');
}

function lookupContent(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const { errno, text } = systemFault(error);
    // A directory can be opened, and has nothing in it.
    if (errno === isDirectory) return new Uint8Array(0);
    throw new LoadFailure('', cannotLookUp(file, errno, text));
  }
}

const isDirectory = 21;

function cannotLookUp(file: string, errno: number, text: string): ErrorLine[] {
  const bio = { library: 32, function: 'BIO_new_file' };
  const isMissing = errno === 2;
  return [
    { library: 2, reason: errno, text, function: 'BIO_new_file', extra: `calling fopen(${file}, r)` },
    isMissing ? { ...bio, reason: 128, text: 'no such file' } : { ...bio, reason: 0x80002, text: 'system lib' },
    { library: 11, reason: 0x80002, text: 'system lib', function: 'X509_load_cert_crl_file_ex' },
  ];
}

const nothingFound: ErrorLine = {
  library: 11,
  reason: 136,
  text: 'no certificate or crl found',
  function: 'X509_load_cert_crl_file_ex',
};

/** Undefined for what is malformed. */
function soundLookup(content: Uint8Array): TrustedContent | undefined {
  try {
    return lookedUpContent(content);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}

function stopping<T>(sentence: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    throw new Stop(`${sentence}${failureText(error)}`);
  }
}
