import { createHash } from 'node:crypto';
import type { Crl } from '../certificates/crl.ts';
import { fingerprint, type PathCertificate } from '../verify/path-certificate.ts';
import type { TrustStore } from '../verify/run.ts';
import type { TrustedContent } from './trusted-file.ts';

/** MemoryTrustStore keeps trusted certificates and lists in memory, without duplicate certificates. */
export class MemoryTrustStore implements TrustStore {
  readonly givesOnce: boolean;
  private readonly certificates = new Map<string, PathCertificate[]>();
  private readonly crls = new Map<string, Crl[]>();
  private readonly seen = new Set<string>();

  /** `givesOnce`: see TrustStore. */
  constructor(content: Partial<TrustedContent> = {}, { givesOnce = false } = {}) {
    this.givesOnce = givesOnce;
    this.add(content);
  }

  add({ certificates = [], crls = [] }: Partial<TrustedContent>): void {
    for (const certificate of certificates) {
      const print = fingerprint(certificate);
      if (this.seen.has(print)) continue;
      this.seen.add(print);
      append(this.certificates, certificate.subject, certificate);
    }
    for (const crl of crls) append(this.crls, crl.issuer, crl);
  }

  certificatesOf(subject: string): readonly PathCertificate[] {
    return this.certificates.get(subject) ?? [];
  }

  crlsOf(issuer: string): readonly Crl[] {
    return this.crls.get(issuer) ?? [];
  }
}

/** lazyStore defers reading to the first lookup: a file with a hundred authorities dominates the start. */
export function lazyStore(read: () => TrustStore): TrustStore {
  let store: TrustStore | undefined;
  const opened = () => {
    store ??= read();
    return store;
  };
  return {
    certificatesOf: (subject) => opened().certificatesOf(subject),
    crlsOf: (issuer) => opened().crlsOf(issuer),
  };
}

/** joinStores concatenates the results of all stores. */
export function joinStores(stores: readonly TrustStore[]): TrustStore {
  return {
    certificatesOf: (subject) => stores.flatMap((it) => it.certificatesOf(subject)),
    crlsOf: (issuer) => stores.flatMap((it) => it.crlsOf(issuer)),
    takeFaults: () => stores.flatMap((it) => it.takeFaults?.() ?? []),
  };
}

/**
 * searchedStores returns the certificates of the first store that has any, and the lists of `held` plus those of the
 * first of `searched` that has any.
 */
export function searchedStores(held: readonly TrustStore[], searched: readonly TrustStore[]): TrustStore {
  return {
    certificatesOf: (subject) => firstFound([...held, ...searched], (it) => it.certificatesOf(subject)),
    crlsOf: (issuer) => [
      ...held.flatMap((it) => it.crlsOf(issuer)),
      ...firstFound(searched, (it) => it.crlsOf(issuer)),
    ],
    takeFaults: () => [...held, ...searched].flatMap((it) => it.takeFaults?.() ?? []),
  };
}

function firstFound<T>(stores: readonly TrustStore[], ask: (store: TrustStore) => readonly T[]): readonly T[] {
  for (const store of stores) {
    const found = ask(store);
    if (found.length > 0) return found;
  }
  return [];
}

/** nameHash returns the output of `openssl x509 -subject_hash` for a name in canonical form. */
export function nameHash(name: string): string {
  const digest = createHash('sha1').update(name, 'latin1').digest();
  return digest.readUInt32LE(0).toString(16).padStart(8, '0');
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}
