import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Malformed } from '../bytes/malformed.ts';
import type { Crl } from './crl.ts';
import { nameHash } from './trust-store.ts';
import { type TrustedContent, trustedContent } from './trusted-file.ts';
import type { PathCertificate } from './verify/path-certificate.ts';
import type { TrustStore } from './verify/run.ts';

/** A directory with a file for each name, called by its hash (openssl-rehash(1)); read when a name is asked for. */
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
    // Not of names without: clients name whom they like.
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
      const content = contentOf(join(this.directory, `${nameHash(name)}.${kind}${number}`));
      if (content === undefined) break;
      found.push(content);
    }
    return found;
  }
}

/** Names that share their hash. */
const mostFiles = 1000;

/** Undefined for a file that cannot be read. */
export function contentOf(path: string): TrustedContent | undefined {
  let content: Uint8Array;
  try {
    content = readFileSync(path);
  } catch {
    return undefined;
  }
  try {
    return trustedContent(content);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { certificates: [], crls: [] };
  }
}
