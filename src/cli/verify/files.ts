import { readFileSync } from 'node:fs';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { Crl } from '../../x509/certificates/crl.ts';
import { unusableBlock } from '../../x509/files/error-lines.ts';
import { openStore } from '../../x509/files/store.ts';
import { readableContent } from '../../x509/trust/trusted-file.ts';
import type { PathCertificate } from '../../x509/verify/path-certificate.ts';
import { Stop } from '../output/stop.ts';

/** Wanted is the content's name in error messages. */
interface Wanted {
  readonly what: 'cert' | 'certs' | 'CRLs';
  readonly description: string;
}

/** readLeaf reads the first certificate of a file, or of standard input. @throws {Stop} */
export function readLeaf(file: string | undefined): PathCertificate {
  const description = 'certificate file';
  const afterwards = `Unable to load ${description}\n`;
  const content = file === undefined ? readFileSync(0) : contentOf(file, { what: 'cert', description }, afterwards);
  const { certificates, unreadable } = readableContent(content);
  const [leaf] = certificates;
  if (leaf) return leaf;
  const lines = errorLines(Array.from({ length: unreadable }, unusableBlock));
  throw new Stop(`Could not read ${description} from ${file ?? '<stdin>'}\n${lines}${afterwards}`);
}

/** readCertificates reads all certificates of a file; at least one. @throws {Stop} */
export function readCertificates(file: string, description: string): readonly PathCertificate[] {
  const content = contentOf(file, { what: 'certs', description });
  const certificates = readableContent(content).certificates;
  if (certificates.length > 0) return certificates;
  throw new Stop(`Could not read any ${description} from ${file}\n`);
}

/** readCrls reads all lists of a file; at least one. @throws {Stop} */
export function readCrls(file: string): readonly Crl[] {
  const description = 'other CRLs';
  const { crls } = readableContent(contentOf(file, { what: 'CRLs', description }));
  if (crls.length > 0) return crls;
  throw new Stop(`Could not read any ${description} from ${file}\n`);
}

function contentOf(file: string, { what, description }: Wanted, afterwards = ''): Uint8Array {
  const { content, lines } = openStore(file);
  if (content) return content;
  const named = description.includes(what) ? description : `${what} of ${description}`;
  const sentence = `Could not open file or uri for loading ${named} from ${file}\n`;
  throw new Stop(`${sentence}${errorLines(lines)}${afterwards}`);
}
