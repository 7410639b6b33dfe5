import { readFileSync } from 'node:fs';
import { elementAt } from '../../bytes/der.ts';
import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { pemBlocks } from '../../bytes/pem.ts';
import { errorLines } from '../../diagnostics/error-lines.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { type Crl, readCrl } from '../../x509/crl.ts';
import { openStore, systemFault } from '../../x509/store.ts';
import { DirectoryTrustStore, MemoryTrustStore } from '../../x509/trust-store.ts';
import { trustedContent } from '../../x509/trusted-file.ts';
import type { PathCertificate } from '../../x509/verify/path-certificate.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { Stop } from '../stop.ts';

/** What the sentences about a file call its contents. */
export interface Wanted {
  readonly what: 'cert' | 'certs' | 'CRLs';
  readonly description: string;
}

/** The first certificate of a file, or of standard input. @throws {Stop} */
export function readLeaf(file: string | undefined): PathCertificate {
  const description = 'certificate file';
  const afterwards = `Unable to load ${description}\n`;
  const content = file === undefined ? readFileSync(0) : contentOf(file, { what: 'cert', description }, afterwards);
  const [leaf] = sound(() => trustedContent(content).certificates) ?? [];
  if (leaf) return leaf;
  throw new Stop(`Could not read ${description} from ${file ?? '<stdin>'}\n${afterwards}`);
}

/** All certificates of a file; at least one. @throws {Stop} */
export function readCertificates(file: string, description: string): readonly PathCertificate[] {
  const content = contentOf(file, { what: 'certs', description });
  const certificates = sound(() => trustedContent(content).certificates) ?? [];
  if (certificates.length > 0) return certificates;
  throw new Stop(`Could not read any ${description} from ${file}\n`);
}

/** All lists of a file; at least one. @throws {Stop} */
export function readCrls(file: string): readonly Crl[] {
  const description = 'other CRLs';
  const crls = crlsIn(contentOf(file, { what: 'CRLs', description }));
  if (crls.length > 0) return crls;
  throw new Stop(`Could not read any ${description} from ${file}\n`);
}

function crlsIn(content: Uint8Array): readonly Crl[] {
  const blocks = pemBlocks(latin1(content)).filter(({ label }) => label === 'X509 CRL');
  const ders = blocks.length > 0 ? blocks.map(({ der }) => der) : firstElement(content);
  return sound(() => ders.map(readCrl)) ?? [];
}

function firstElement(content: Uint8Array): Uint8Array[] {
  return sound(() => [content.subarray(0, elementAt(content, 0).end)]) ?? [];
}

/** `-CAfile`: certificates and lists; at least one. @throws {Stop} */
export function fileStore(file: string): TrustStore {
  const content = lookupContent(file);
  const found = sound(() => trustedContent(content));
  if (found && found.certificates.length + found.crls.length > 0) return new MemoryTrustStore(found);
  throw new Stop(`Error loading file ${file}\n${errorLines([nothingFound])}`);
}

/** `-CAstore`: a directory with hashed names, or a file. @throws {Stop} */
export function uriStore(uri: string): TrustStore {
  const { content, lines } = openStore(uri);
  if (content === undefined) throw new Stop(`Error loading store URI ${uri}\n${errorLines(lines)}`);
  const path = uri.replace(/^file:(?:\/\/(?:localhost)?)?/i, '');
  if (content.length === 0) return new DirectoryTrustStore(path);
  return new MemoryTrustStore(sound(() => trustedContent(content)) ?? {});
}

/** The file of the system, if it is there. */
export function systemFileStore(file: string): TrustStore {
  try {
    return new MemoryTrustStore(trustedContent(readFileSync(file)));
  } catch {
    return new MemoryTrustStore();
  }
}

function contentOf(file: string, { what, description }: Wanted, afterwards = ''): Uint8Array {
  const { content, lines } = openStore(file);
  if (content) return content;
  const named = description.includes(what) ? description : `${what} of ${description}`;
  const sentence = `Could not open file or uri for loading ${named} from ${file}\n`;
  throw new Stop(`${sentence}${errorLines(lines)}${afterwards}`);
}

function lookupContent(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const { errno, text } = systemFault(error);
    throw new Stop(`Error loading file ${file}\n${errorLines(cannotLookUp(file, errno, text))}`);
  }
}

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
function sound<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}
