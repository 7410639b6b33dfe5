import { elementAt } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { isEncrypted, type PemBlock } from '../../bytes/pem.ts';
import { type Crl, readCrl } from '../certificates/crl.ts';
import { trustedCertificate } from '../certificates/trust-settings.ts';
import { fileContent } from '../files/file-content.ts';
import { type PathCertificate, pathCertificate } from '../verify/path-certificate.ts';

/** TrustedContent is the content of a file of trusted certificates. */
export interface TrustedContent {
  readonly certificates: readonly PathCertificate[];
  readonly crls: readonly Crl[];
}

/**
 * trustedContent decodes certificates, with their trust settings, and CRLs of a PEM or DER file. Other blocks are
 * ignored.
 * @throws {Malformed} for the first unreadable one
 */
export function trustedContent(content: Uint8Array): TrustedContent {
  return sorted(readersOf(content).map((read) => read()));
}

/** readableContent is trustedContent without unreadable elements; `unreadable` is their number. */
export function readableContent(content: Uint8Array): TrustedContent & { readonly unreadable: number } {
  const found = readersOf(content).map(readOrNothing);
  return { ...sorted(found), unreadable: found.filter((it) => it === undefined).length };
}

/**
 * lookedUpContent decodes a PEM file as for `-CAfile`.
 * @throws {Malformed} for the first unreadable block
 */
export function lookedUpContent(content: Uint8Array): TrustedContent {
  return sorted(lookupReadersOf(content).map((read) => read()));
}

/** contentBeforeFault decodes a PEM file up to the first unreadable block, as for the files of `-CApath`. */
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

/** lookupReadersOf ends the file at a line that begins with NUL, as C strings do in the reference. */
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

/** firstElement discards trailing bytes of a block. @throws {Malformed} */
function firstElement(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, elementAt(bytes, 0).end);
}

function withSettings(der: Uint8Array): PathCertificate {
  const { certificate, trust } = trustedCertificate(der);
  return pathCertificate(certificate, trust);
}

/** fromElement tries CRL before certificate, since DER has no label. @throws {Malformed} */
function fromElement(der: Uint8Array): Found {
  try {
    return readCrl(der);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return pathCertificate(der);
  }
}
