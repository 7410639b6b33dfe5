import { mayHaveIssued, namesFit } from './issued.ts';
import { fingerprint, type PathCertificate, sameCertificate } from './path-certificate.ts';
import { Refused, type Run, Verify } from './run.ts';
import { isCurrent } from './times.ts';
import { type Trust, trustOf } from './trust.ts';
import { chainNotBuilt, unknownSelf, unreadableKey } from './unusable-lines.ts';

/**
 * buildChain extends the chain of the run from its leaf to a trusted certificate, or reports the fault. At each step
 * the store comes first; after its first issuer, only the store is searched. There is no backtracking, so the work is
 * bounded by the depth times the number of certificates of one name.
 * @throws {Refused}
 */
export function buildChain(run: Run): void {
  const { chain, parameters } = run;
  const maximum = Math.min(parameters.depth ?? defaultDepth, deepest) + 1;
  const intermediates = new Intermediates(run.request.untrusted);
  let trust: Trust = 'untrusted';
  for (;;) {
    run.depth = chain.length - 1;
    const current = run.at(run.depth);
    const isFull = chain.length > maximum;
    const anchor = isFull ? undefined : trustedIssuer(run, current);
    if (anchor) refuseUnknownKey(run, current);
    if (anchor && (!current.selfSigned || sameCertificate(current, anchor))) {
      intermediates.close();
      const at = current.selfSigned ? run.depth : chain.length;
      chain[at] = anchor;
      if (current.selfSigned) run.untrusted = at;
      trust = newTrust(run, at);
      if (trust !== 'untrusted') break;
      if (!anchor.selfSigned) continue;
    }
    const issuer = isFull || current.selfSigned ? undefined : intermediates.take(run, current);
    if (issuer === undefined) {
      if (isFull || intermediates.closed) break;
      // The reference searches the store again, which finds nothing new but leaves error lines.
      intermediates.close();
      continue;
    }
    chain.push(issuer);
    run.untrusted++;
  }
  if (trust === 'untrusted' && chain.length <= maximum && chain.length === run.untrusted) trust = leafTrust(run);
  if (trust !== 'trusted') tellMissing(run, maximum);
}

/** refuseUnknownKey ends the build if an unreadable key leaves self-signature undecided. @throws {Refused} */
function refuseUnknownKey(run: Run, current: PathCertificate): void {
  if (current.keyKind !== undefined) return;
  run.left.push(...unknownSelf(current), chainNotBuilt());
  run.error = Verify.unspecified;
  throw new Refused();
}

const defaultDepth = 100;
const deepest = 2 ** 30;

/** newTrust evaluates the last added certificate. A rejection that the watcher ignores counts as `untrusted`. */
function newTrust(run: Run, at: number): Trust {
  const trust = trustOf(run.at(at), run.parameters);
  if (trust === 'rejected') {
    run.fault(Verify.rejected, at);
    return 'untrusted';
  }
  return trust === 'untrusted' && run.parameters.partialChain ? 'trusted' : trust;
}

/** leafTrust accepts a leaf that is itself in the store, for partial chains. */
function leafTrust(run: Run): Trust {
  if (!run.parameters.partialChain) return 'untrusted';
  const leaf = run.at(0);
  const { store } = run.request;
  run.left.push(...(store.takeFaults?.() ?? []));
  const match = store.certificatesOf(leaf.subject).find((it) => sameCertificate(it, leaf));
  // The reference discards the lines of this search.
  store.takeFaults?.();
  if (match === undefined) return 'untrusted';
  if (trustOf(match, run.parameters) === 'rejected') {
    run.fault(Verify.rejected, 0);
    return 'untrusted';
  }
  run.chain[0] = match;
  run.untrusted = 0;
  return 'trusted';
}

/** tellMissing reports the missing anchor, after the excessive length of a chain if the watcher ignores that. */
function tellMissing(run: Run, maximum: number): void {
  const depth = run.chain.length - 1;
  if (run.chain.length > maximum) run.fault(Verify.chainTooLong, depth);
  run.left.push(...unknownSelf(run.at(depth)));
  run.fault(missing(run), depth);
}

function missing({ chain, untrusted }: Run): number {
  if (chain.at(-1)?.selfSigned) return chain.length === 1 ? Verify.selfSignedLeaf : Verify.selfSignedInChain;
  return untrusted < chain.length ? Verify.unableToGetIssuer : Verify.unableToGetIssuerLocally;
}

function trustedIssuer(run: Run, subject: PathCertificate): PathCertificate | undefined {
  const { store } = run.request;
  const named = store.certificatesOf(subject.issuer);
  return best(run, subject, store.givesOnce ? named.filter((it) => isFree(run, subject, it)) : named);
}

/** isFree excludes certificates already in the chain; a self-issued leaf may find itself. */
function isFree({ chain }: Run, subject: PathCertificate, candidate: PathCertificate): boolean {
  return (subject.selfIssued && chain.length === 1) || !chain.some((it) => sameCertificate(it, candidate));
}

/** best returns the first candidate that is valid now, else the one with the latest expiry. */
function best(run: Run, subject: PathCertificate, candidates: readonly PathCertificate[]): PathCertificate | undefined {
  const { time } = run;
  let latest: PathCertificate | undefined;
  for (const candidate of candidates) {
    run.look(candidate);
    if (namesFit(candidate, subject)) run.left.push(...unreadableKey(candidate, 1));
    if (!mayHaveIssued(candidate, subject)) continue;
    if (isCurrent(candidate, time)) return candidate;
    if (latest === undefined || isValidLonger(candidate, latest)) latest = candidate;
  }
  return latest;
}

/** isValidLonger returns false for incomparable times. */
function isValidLonger(one: PathCertificate, other: PathCertificate): boolean {
  const [time, before] = [one.facts.comparableNotAfter, other.facts.comparableNotAfter];
  return time !== undefined && before !== undefined && time > before;
}

/** Intermediates has the untrusted certificates by subject and gives each once. */
class Intermediates {
  private readonly bySubject = new Map<string, PathCertificate[]>();
  private isClosed = false;

  constructor(certificates: readonly PathCertificate[]) {
    const seen = new Set<string>();
    for (const certificate of certificates) {
      const print = fingerprint(certificate);
      if (seen.has(print)) continue;
      seen.add(print);
      const known = this.bySubject.get(certificate.subject);
      if (known) known.push(certificate);
      else this.bySubject.set(certificate.subject, [certificate]);
    }
  }

  get closed(): boolean {
    return this.isClosed;
  }

  take(run: Run, subject: PathCertificate): PathCertificate | undefined {
    const named = this.isClosed ? undefined : this.bySubject.get(subject.issuer);
    if (named === undefined) return undefined;
    const free = named.filter((it) => isFree(run, subject, it));
    const issuer = best(run, subject, free);
    if (issuer) named.splice(named.indexOf(issuer), 1);
    return issuer;
  }

  /** close makes all later lookups fail. */
  close(): void {
    this.isClosed = true;
  }
}
