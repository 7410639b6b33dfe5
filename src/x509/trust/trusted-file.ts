import { elementAt } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { isEncrypted, type PemBlock } from '../../bytes/pem.ts';
import { type Crl, readCrl } from '../certificates/crl.ts';
import { trustedCertificate } from '../certificates/trust-settings.ts';
import { fileContent } from '../files/file-content.ts';
import { type PathCertificate, pathCertificate } from '../verify/path-certificate.ts';

/** What a file of trusted certificates holds. */
export interface TrustedContent {
  readonly certificates: readonly PathCertificate[];
  readonly crls: readonly Crl[];
}

/**
 * Certificates, with their trust settings, and CRLs of a PEM or DER file. Other blocks are left out.
 * @throws {Malformed} for the first that cannot be read
 */
export function trustedContent(content: Uint8Array): TrustedContent {
  return sorted(readersOf(content).map((read) => read()));
}

/** The same of those that can be read; `unreadable` is the number of the others. */
export function readableContent(content: Uint8Array): TrustedContent & { readonly unreadable: number } {
  const found = readersOf(content).map(readOrNothing);
  return { ...sorted(found), unreadable: found.filter((it) => it === undefined).length };
}

/**
 * A file that is looked up as a whole, which is PEM, as for `-CAfile`.
 * @throws {Malformed} for the first block that cannot be read
 */
export function lookedUpContent(content: Uint8Array): TrustedContent {
  return sorted(lookupReadersOf(content).map((read) => read()));
}

/** The same up to the first block that cannot be read, as for the files of `-CApath`. */
export function contentBeforeFault(content: Uint8Array): TrustedContent {
  const found: Found[] = [];
  for (const read of lookupReadersOf(content)) {
    const it = readOrNothing(read);
    if (it === undefined) break;
    found.push(it);
  }
  return sorted(found);
}

type Found = PathCertificate | Crl | 'other';
/** @throws {Malformed} */
type Reader = () => Found;

function readersOf(content: Uint8Array): Reader[] {
  const file = fileContent(content);
  return file.form === 'PEM'
    ? file.blocks.map((block) => () => fromBlock(block))
    : file.elements.map(
        ({ der }) =>
          () =>
            fromElement(der),
      );
}

/** Lines are read as a C program reads them, for whom a file ends with a line that begins with NUL. */
function lookupReadersOf(content: Uint8Array): Reader[] {
  const end = content[0] === 0 ? 0 : Buffer.from(content).indexOf('\n\0');
  const file = fileContent(end < 0 ? content : content.subarray(0, end));
  if (file.form !== 'PEM') return [];
  return file.blocks.map((block) => () => {
    if (block !== 'unreadable' && block.headers.length > 0) throw new Malformed('headers');
    return fromBlock(block);
  });
}

function readOrNothing(read: Reader): Found | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}

function sorted(found: readonly (Found | undefined)[]): TrustedContent {
  const read = found.filter((it) => it !== undefined && it !== 'other');
  return {
    certificates: read.filter((it) => 'facts' in it),
    crls: read.filter((it) => 'entries' in it),
  };
}

function fromBlock(block: PemBlock | 'unreadable'): Found {
  if (block === 'unreadable') throw new Malformed('no Base64');
  if (isEncrypted(block)) throw new Malformed('encrypted');
  const { label, der } = block;
  switch (label) {
    case 'CERTIFICATE':
    case 'X509 CERTIFICATE':
      return pathCertificate(firstElement(der));
    case 'TRUSTED CERTIFICATE':
      return withSettings(der);
    case 'X509 CRL':
      return readCrl(firstElement(der));
    default:
      return 'other';
  }
}

/** What follows in a block, nobody looks at. @throws {Malformed} */
function firstElement(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, elementAt(bytes, 0).end);
}

function withSettings(der: Uint8Array): PathCertificate {
  const { certificate, trust } = trustedCertificate(der);
  return pathCertificate(certificate, trust);
}

/** DER has no label: what is no CRL is a certificate. */
function fromElement(der: Uint8Array): Found {
  try {
    return readCrl(der);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return pathCertificate(der);
  }
}
