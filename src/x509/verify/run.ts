import type { ErrorLine } from '../../names/problems.ts';
import type { Crl } from '../certificates/crl.ts';
import type { VerifyParameters } from './parameters.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { PolicyOutcome } from './policy-graph.ts';
import { unreadableExtensions } from './unusable-lines.ts';

/** Verify has the numbers of names/verify-errors.ts that checks report. */
export const Verify = {
  ok: 0,
  unspecified: 1,
  unableToGetIssuer: 2,
  unableToGetCrl: 3,
  undecodableIssuerKey: 6,
  certificateSignature: 7,
  crlSignature: 8,
  notYetValid: 9,
  expired: 10,
  crlNotYetValid: 11,
  crlExpired: 12,
  faultyNotBefore: 13,
  faultyNotAfter: 14,
  faultyThisUpdate: 15,
  faultyNextUpdate: 16,
  selfSignedLeaf: 18,
  selfSignedInChain: 19,
  unableToGetIssuerLocally: 20,
  unableToVerifyLeaf: 21,
  chainTooLong: 22,
  revoked: 23,
  pathLength: 25,
  invalidPurpose: 26,
  rejected: 28,
  noCertSign: 32,
  unhandledCritical: 34,
  noCrlSign: 35,
  unhandledCriticalCrl: 36,
  invalidNonAuthority: 37,
  proxyPathLength: 38,
  noDigitalSignature: 39,
  proxyNotAllowed: 40,
  invalidExtension: 41,
  invalidPolicyExtension: 42,
  noExplicitPolicy: 43,
  differentCrlScope: 44,
  unnestedResource: 46,
  permittedViolation: 47,
  excludedViolation: 48,
  subtreeBounds: 49,
  unsupportedConstraintType: 51,
  unsupportedNameSyntax: 53,
  crlPath: 54,
  suiteBVersion: 56,
  suiteBAlgorithm: 57,
  suiteBCurve: 58,
  suiteBSignature: 59,
  suiteBLevel: 60,
  suiteBMixed: 61,
  hostMismatch: 62,
  emailMismatch: 63,
  ipMismatch: 64,
  leafKeyTooSmall: 66,
  authorityKeyTooSmall: 67,
  digestTooWeak: 68,
  proxyName: 72,
  invalidAuthority: 79,
  explicitCurve: 94,
} as const;

/** TrustStore finds trusted certificates and lists. */
export interface TrustStore {
  /** The certificates with this subject, in canonical form. */
  certificatesOf(subject: string): readonly PathCertificate[];
  /** The lists of this issuer, in canonical form. */
  crlsOf(issuer: string): readonly Crl[];
  /** A certificate of the store is used once in a chain. */
  readonly givesOnce?: boolean;
  /** takeFaults returns the latest lines that searches since the last call have left in the reference's error queue. */
  takeFaults?(): readonly ErrorLine[];
}

/** VerifyRequest is the input of a verification. */
export interface VerifyRequest {
  readonly certificate: PathCertificate;
  /** Certificates that may become intermediates. */
  readonly untrusted: readonly PathCertificate[];
  readonly store: TrustStore;
  /** Lists beside those of the store. */
  readonly crls: readonly Crl[];
  readonly parameters: VerifyParameters;
  /** Signer's identifier for the leaf's SM2 signature. */
  readonly distinguishingId?: Uint8Array | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * watch is called for every fault when it is found, and for every valid certificate, from the root down. Without it
   * the first fault ends the verification.
   * @returns true to go on
   */
  watch?(check: Check): boolean;
}

/** Check is a report to the watcher. */
export interface Check {
  readonly depth: number;
  /** `fault`: `error` was found; `passed`: this certificate is valid, and `error` is the last fault's or 0. */
  readonly ok: 'fault' | 'passed' | 'policies';
  readonly error: number;
  readonly certificate: PathCertificate | undefined;
  /** The chain belongs to the issuer of a CRL. */
  readonly isCrlPath: boolean;
  readonly policies: PolicyOutcome | undefined;
}

/** Refused ends the verification. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Budget is the remaining work of one verification, to bound hostile chains. */
export interface Budget {
  /** Comparisons of names with constraints. */
  comparisons: number;
  /** Chains of issuers of lists. */
  paths: number;
}

/** Run is the state of one verification. */
export class Run {
  readonly request: VerifyRequest;
  readonly parameters: VerifyParameters;
  /** The run whose CRL this one verifies. */
  readonly parent: Run | undefined;
  /** Leaf first. */
  readonly chain: PathCertificate[];
  /** Number of certificates, from the leaf, that did not come from the store. */
  untrusted = 1;
  depth = 0;
  /** The last fault, kept even if the watcher ignores it. */
  error: number = Verify.ok;
  policies: PolicyOutcome | undefined;
  /** The leaf's name that matches one of `hosts`, one character a byte. */
  hostName: string | undefined;
  readonly budget: Budget;
  /** Lines that searches of the store and wrong signatures have left in the reference's error queue. */
  readonly left: ErrorLine[];
  private readonly seen: Set<PathCertificate>;

  constructor(request: VerifyRequest, parent?: Run) {
    this.request = request;
    this.parameters = request.parameters;
    this.parent = parent;
    this.chain = [request.certificate];
    this.budget = parent?.budget ?? { comparisons: 2 ** 21, paths: 100 };
    this.left = parent?.left ?? [];
    this.seen = parent?.seen ?? new Set();
  }

  /** Milliseconds since 1970; undefined: times are not checked. */
  get time(): number | undefined {
    const { atTime, noCheckTime } = this.parameters;
    return atTime ?? (noCheckTime ? undefined : this.request.now());
  }

  /** at returns the certificate at a depth. @throws {Error} beyond the chain, a bug */
  at(depth: number): PathCertificate {
    const certificate = this.chain[depth];
    if (certificate === undefined) throw new Error(`no certificate at depth ${depth}`);
    return certificate;
  }

  /** look adds a line for an invalid certificate on its first use. */
  look(certificate: PathCertificate): void {
    if (!certificate.isInvalid || this.seen.has(certificate)) return;
    this.seen.add(certificate);
    this.left.push(...unreadableExtensions(certificate));
  }

  /** fault reports a fault of the certificate at this depth. @throws {Refused} */
  fault(error: number, depth = this.depth, certificate = this.chain[depth]): void {
    this.depth = depth;
    this.error = error;
    this.tell('fault', certificate);
  }

  /** @throws {Refused} */
  faultUnless(holds: boolean, error: number, depth = this.depth): void {
    if (!holds) this.fault(error, depth);
  }

  /** faultOfChain reports a fault without a certificate. @throws {Refused} */
  faultOfChain(error: number): void {
    this.error = error;
    this.tell('fault', undefined);
  }

  /** @throws {Refused} */
  passed(depth: number): void {
    this.depth = depth;
    this.tell('passed', this.at(depth));
  }

  /** @throws {Refused} */
  tellPolicies(): void {
    this.tell('policies', undefined);
  }

  private tell(ok: Check['ok'], certificate: PathCertificate | undefined): void {
    const { depth, error, policies } = this;
    const check = { depth, ok, error, certificate, isCrlPath: this.parent !== undefined, policies };
    const goOn = this.request.watch?.(check) ?? ok !== 'fault';
    if (!goOn) throw new Refused();
  }
}
