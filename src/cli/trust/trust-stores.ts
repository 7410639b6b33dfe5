import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** TrustStores are the stores that the options name. */
export interface TrustStores {
  /** Anchors for client certificates: `-verifyCAfile` and its variants, otherwise as `locations`. */
  readonly verify: TrustStore;
  /** Source of our own chains: `-chainCAfile` and its variants, otherwise as `locations`. */
  readonly chain: TrustStore;
  /** `-CAfile` and its variants, or the system's places without them. */
  readonly locations: TrustStore;
  /** Subjects (DER) of the certificates in `-CAfile`, each once, for the certificate request. */
  readonly authorityNames: readonly Uint8Array[];
}

/** ConfiguredPlaces are the locations in a configuration file. */
export interface ConfiguredPlaces {
  readonly stores: Pick<
    Options,
    'chainCAfile' | 'chainCApath' | 'chainCAstore' | 'verifyCAfile' | 'verifyCApath' | 'verifyCAstore'
  >;
  /** Sources of the names in a certificate request without a `-CAfile`. */
  readonly names: readonly NamesPlace[];
}

export interface NamesPlace {
  readonly kind: 'file' | 'directory' | 'uri';
  readonly value: string;
}

/** trustStores opens the stores in the reference's order, for its first error. @throws {Stop} */
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

/** verifyLocations uses the system's places only without all three options. */
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

/** namedStores returns undefined without a name. @throws {LoadFailure} */
function namedStores({ file, directory, uri }: StoreNames): TrustStore | undefined {
  if (file === undefined && directory === undefined && uri === undefined) return undefined;
  const held = file === undefined ? [] : [fileStore(file)];
  const searched = directory === undefined ? [] : directoryStores(directory);
  return searchedStores(held, [...searched, ...(uri === undefined ? [] : [uriStore(uri)])]);
}

/** fileStore reads a file with at least one certificate or list. @throws {LoadFailure} */
export function fileStore(file: string): TrustStore {
  const found = soundLookup(lookupContent(file));
  if (found && found.certificates.length + found.crls.length > 0) return new MemoryTrustStore(found);
  throw new LoadFailure('', [nothingFound]);
}

/** directoryStores makes stores of a list of directories with hashed names. */
export function directoryStores(list: string): TrustStore[] {
  return list
    .split(delimiter)
    .filter((it) => it !== '')
    .map((it) => new DirectoryTrustStore(it));
}

/** uriStore opens a file, or a directory with hashed names, whose content is read on demand. @throws {LoadFailure} */
export function uriStore(uri: string): TrustStore {
  const { content, lines } = openStore(uri);
  if (content === undefined) throw new LoadFailure('', lines);
  const path = pathOf(uri);
  return content.length === 0 ? new DirectoryUriStore(path) : new FileUriStore(readableContent(content));
}

/** Places are where a system keeps the authorities that it trusts. */
interface Places {
  readonly file: string;
  readonly directory: string;
  /** Certificates in PEM, as Node finds them: asked where neither the file nor the directory is there. */
  readonly ofNode: () => readonly string[];
}

/** Those of OpenSSL on Debian. Node asks other systems from 22.15 on. */
const usualPlaces: Places = {
  file: '/usr/lib/ssl/cert.pem',
  directory: '/usr/lib/ssl/certs',
  ofNode: certificatesOfNode,
};

/** The module is loaded when it is needed, as it costs some milliseconds. */
function certificatesOfNode(): readonly string[] {
  const tls: object = process.getBuiltinModule('node:tls');
  return 'getCACertificates' in tls && typeof tls.getCACertificates === 'function'
    ? tls.getCACertificates('system')
    : [];
}

/** systemStores returns the default places, or those in the environment. */
export function systemStores({ SSL_CERT_FILE, SSL_CERT_DIR }: NodeJS.ProcessEnv, places = usualPlaces) {
  const [file, directory] = [SSL_CERT_FILE ?? places.file, SSL_CERT_DIR ?? places.directory];
  const isNamed = SSL_CERT_FILE !== undefined || SSL_CERT_DIR !== undefined;
  const isElsewhere = () => !isNamed && !existsSync(file) && !existsSync(directory);
  return {
    file: () => lazyStore(() => (isElsewhere() ? storeOfNode(places) : storeIn(file))),
    directories: () => directoryStores(directory),
    /** A list of directories is not a URI. */
    store: () => new DirectoryUriStore(directory),
  };
}

function storeOfNode({ ofNode }: Places): TrustStore {
  return new MemoryTrustStore(lookedUpContent(Buffer.from(ofNode().join('\n'))));
}

/** storeIn allows a missing file. */
function storeIn(file: string): TrustStore {
  try {
    return new MemoryTrustStore(lookedUpContent(readFileSync(file)));
  } catch {
    return new MemoryTrustStore();
  }
}

/**
 * authorityNames is empty with `-no_ca_names`, which leaves the choice to the client; SRP excludes the names of
 * `-CAfile`.
 */
function authorityNames(
  { CAfile, srpvfile, no_ca_names }: Options,
  configured: readonly NamesPlace[],
): readonly Uint8Array[] {
  if (no_ca_names) return [];
  const ofOption = CAfile === undefined || srpvfile !== undefined ? [] : subjectsOf([readFileSync(CAfile)]);
  return ofOption.length > 0 ? ofOption : subjectsOf(stopping('', () => configured.flatMap(contentsOf)));
}

/** subjectsOf returns each name once. */
function subjectsOf(contents: readonly Uint8Array[]): readonly Uint8Array[] {
  const names = new Map<string, Uint8Array>();
  for (const { subject, facts } of contents.flatMap((it) => contentBeforeFault(it).certificates)) {
    if (!names.has(subject)) names.set(subject, Uint8Array.from(facts.subject.der));
  }
  return [...names.values()];
}

/** contentsOf reads all files of a directory, whatever their names. @throws {LoadFailure} */
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
    // A directory can be opened, and is empty.
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

/** soundLookup returns undefined for malformed content. */
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
