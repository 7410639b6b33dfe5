import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Crl } from '../certificates/crl.ts';
import type { PathCertificate } from '../verify/path-certificate.ts';
import type { TrustStore } from '../verify/run.ts';
import { nameHash } from './trust-store.ts';
import { contentBeforeFault, type TrustedContent } from './trusted-file.ts';

/** DirectoryTrustStore reads files named by subject hash (openssl-rehash(1)) from a directory on lookup. */
export class DirectoryTrustStore implements TrustStore {
  private readonly directory: string;
  private readonly certificates = new Map<string, readonly PathCertificate[]>();
  private readonly crls = new Map<string, readonly Crl[]>();

  constructor(directory: string) {
    this.directory = directory;
  }

  certificatesOf(subject: string): readonly PathCertificate[] {
    const found =
      this.certificates.get(subject) ??
      this.filesOf(subject, '').flatMap(({ certificates }) => certificates.filter((it) => it.subject === subject));
    // Misses are not cached: clients choose the names.
    if (found.length > 0) this.certificates.set(subject, found);
    return found;
  }

  crlsOf(issuer: string): readonly Crl[] {
    const found =
      this.crls.get(issuer) ??
      this.filesOf(issuer, 'r').flatMap(({ crls }) => crls.filter((it) => it.issuer === issuer));
    if (found.length > 0) this.crls.set(issuer, found);
    return found;
  }

  private filesOf(name: string, kind: '' | 'r'): TrustedContent[] {
    const found: TrustedContent[] = [];
    for (let number = 0; number < mostFiles; number++) {
      const content = fileIn(this.directory, `${nameHash(name)}.${kind}${number}`);
      if (content === undefined) break;
      found.push(contentBeforeFault(content));
    }
    return found;
  }
}

/** Limit of files with one hash. */
const mostFiles = 1000;

/** fileIn returns undefined for a file that cannot be read. */
export function fileIn(directory: string, name: string): Uint8Array | undefined {
  try {
    return readFileSync(join(directory, name));
  } catch {
    return undefined;
  }
}
