import { readFileSync } from 'node:fs';
import { elementAt } from '../../bytes/der.ts';
import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { pemBlocks } from '../../bytes/pem.ts';
import { errorLines } from '../../diagnostics/error-lines.ts';
import { type Crl, readCrl } from '../../x509/crl.ts';
import { openStore } from '../../x509/store.ts';
import { trustedContent } from '../../x509/trusted-file.ts';
import type { PathCertificate } from '../../x509/verify/path-certificate.ts';
import { Stop } from '../output/stop.ts';

/** What the sentences about a file call its contents. */
interface Wanted {
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

function contentOf(file: string, { what, description }: Wanted, afterwards = ''): Uint8Array {
  const { content, lines } = openStore(file);
  if (content) return content;
  const named = description.includes(what) ? description : `${what} of ${description}`;
  const sentence = `Could not open file or uri for loading ${named} from ${file}\n`;
  throw new Stop(`${sentence}${errorLines(lines)}${afterwards}`);
}

/** Undefined for what is malformed. */
function sound<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}
