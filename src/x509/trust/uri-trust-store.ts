import { readdirSync } from 'node:fs';
import type { ErrorLine } from '../../names/problems.ts';
import type { TrustStore } from '../verify/run.ts';
import { fileIn } from './directory-trust-store.ts';
import { MemoryTrustStore, nameHash } from './trust-store.ts';
import { readableContent, type TrustedContent } from './trusted-file.ts';

/*
 * Stores of `-CAstore`. The reference restricts every search to one name, which files do not support: a file is read as
 * a whole, and a line stays in the error queue. Loaded certificates are found without a search; every lookup of lists
 * searches.
 */

/** FileUriStore searches a file that has been decoded. */
export class FileUriStore implements TrustStore {
  private readonly content: Partial<TrustedContent>;
  private readonly loaded = new MemoryTrustStore();
  private readonly faults = new SearchFaults();
  private isLoaded = false;

  constructor(content: Partial<TrustedContent>) {
    this.content = content;
  }

  certificatesOf(subject: string): ReturnType<TrustStore['certificatesOf']> {
    if (this.loaded.certificatesOf(subject).length === 0) this.search();
    return this.loaded.certificatesOf(subject);
  }

  crlsOf(issuer: string): ReturnType<TrustStore['crlsOf']> {
    this.search();
    return this.loaded.crlsOf(issuer);
  }

  takeFaults(): readonly ErrorLine[] {
    return this.faults.take();
  }

  private search(): void {
    this.faults.add();
    if (!this.isLoaded) this.loaded.add(this.content);
    this.isLoaded = true;
  }
}

/** DirectoryUriStore searches the files of a directory that are named by the hash of a name (openssl-rehash(1)). */
export class DirectoryUriStore implements TrustStore {
  private readonly directory: string;
  private readonly loaded = new MemoryTrustStore();
  private readonly faults = new SearchFaults();
  /** Number of files by hash. */
  private readonly counts = new Map<string, number>();

  constructor(directory: string) {
    this.directory = directory;
  }

  certificatesOf(subject: string): ReturnType<TrustStore['certificatesOf']> {
    if (this.loaded.certificatesOf(subject).length === 0) this.search(subject);
    return this.loaded.certificatesOf(subject);
  }

  crlsOf(issuer: string): ReturnType<TrustStore['crlsOf']> {
    this.search(issuer);
    return this.loaded.crlsOf(issuer);
  }

  takeFaults(): readonly ErrorLine[] {
    return this.faults.take();
  }

  private search(name: string): void {
    const hash = nameHash(name);
    const count = this.counts.get(hash) ?? this.load(hash);
    // Misses are not cached: clients choose the names.
    if (count > 0) this.counts.set(hash, count);
    for (let file = 0; file < count; file++) this.faults.add();
  }

  /** @returns the number of files */
  private load(hash: string): number {
    const names = filesIn(this.directory).filter((it) => isCalledBy(hash, it));
    const contents = names.map((it) => fileIn(this.directory, it)).filter((it) => it !== undefined);
    for (const content of contents) this.loaded.add(readableContent(content));
    return contents.length;
  }
}

/** SearchFaults counts error lines, bounded as the reference's queue is. */
class SearchFaults {
  private count = 0;

  add(): void {
    this.count = Math.min(this.count + 1, mostFaults);
  }

  take(): readonly ErrorLine[] {
    const lines = Array.from({ length: this.count }, () => noSearchInFile);
    this.count = 0;
    return lines;
  }
}

const mostFaults = 15;

const noSearchInFile: ErrorLine = {
  library: 57,
  reason: 222,
  text: 'search only supported for directories',
  function: 'file_set_ctx_params',
};

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** isCalledBy matches the hash, a dot, the letter r for lists, and a number. */
function isCalledBy(hash: string, name: string): boolean {
  return name.substring(0, hash.length).toLowerCase() === hash && /^\.r?\d+$/.test(name.substring(hash.length));
}
