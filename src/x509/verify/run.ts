import type { ErrorLine } from '../../names/problems.ts';
import type { Crl } from '../certificates/crl.ts';
import type { VerifyParameters } from './parameters.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { PolicyOutcome } from './policy-graph.ts';
import { unreadableExtensions } from './unusable-lines.ts';

/** Numbers of names/verify-errors.ts that checks give. */
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

/** Where trusted certificates and lists are found. */
export interface TrustStore {
  /** The certificates with this subject, in canonical form. */
  certificatesOf(subject: string): readonly PathCertificate[];
  /** The lists of this issuer, in canonical form. */
  crlsOf(issuer: string): readonly Crl[];
  /** A certificate of the store is not taken a second time for the same chain. */
  readonly givesOnce?: boolean;
  /** What the searches since the last call have left in the reference's error queue, the latest few lines. */
  takeFaults?(): readonly ErrorLine[];
}

/** What is verified, and with what. */
export interface VerifyRequest {
  readonly certificate: PathCertificate;
  /** Certificates that may become intermediates. */
  readonly untrusted: readonly PathCertificate[];
  readonly store: TrustStore;
  /** Lists beside those of the store. */
  readonly crls: readonly Crl[];
  readonly parameters: VerifyParameters;
  /** Of the leaf's SM2 signature: who has signed it. */
  readonly distinguishingId?: Uint8Array | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Told of every fault when it is found, and of every certificate that is in order, from the root down. Without it
   * the first fault ends the verification.
   * @returns whether to go on
   */
  watch?(check: Check): boolean;
}

/** What the watcher is told. */
export interface Check {
  readonly depth: number;
  /** `fault`: `error` was found; `passed`: nothing is wrong with this certificate, and `error` is that of another. */
  readonly ok: 'fault' | 'passed' | 'policies';
  readonly error: number;
  readonly certificate: PathCertificate | undefined;
  /** The chain is that of the issuer of a CRL. */
  readonly isCrlPath: boolean;
  readonly policies: PolicyOutcome | undefined;
}

/** The watcher does not want to go on. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** What is left of the work that one verification may cost, whatever the certificates say. */
export interface Budget {
  /** Of names with constraints. */
  comparisons: number;
  /** Chains of issuers of lists. */
  paths: number;
}

/** One verification under way: what the steps share. */
export class Run {
  readonly request: VerifyRequest;
  readonly parameters: VerifyParameters;
  /** The run whose CRL this one verifies. */
  readonly parent: Run | undefined;
  /** Leaf first. */
  readonly chain: PathCertificate[];
  /** How many of the chain, from the leaf on, did not come from the store. */
  untrusted = 1;
  depth = 0;
  /** The last fault: it stays, whatever the watcher says. */
  error: number = Verify.ok;
  policies: PolicyOutcome | undefined;
  /** The name of the leaf that was found to be one of `hosts`, one character a byte. */
  hostName: string | undefined;
  readonly budget: Budget;
  /** What searches of the store and wrong signatures have left in the reference's error queue. */
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

  /** Not for a chain that is asked for. @throws {Error} our own fault */
  at(depth: number): PathCertificate {
    const certificate = this.chain[depth];
    if (certificate === undefined) throw new Error(`no certificate at depth ${depth}`);
    return certificate;
  }

  /** Leaves a line for a certificate whose extensions cannot be read when it is first looked at. */
  look(certificate: PathCertificate): void {
    if (!certificate.isInvalid || this.seen.has(certificate)) return;
    this.seen.add(certificate);
    this.left.push(...unreadableExtensions(certificate));
  }

  /** Tells a fault of the certificate at this depth. @throws {Refused} */
  fault(error: number, depth = this.depth, certificate = this.chain[depth]): void {
    this.depth = depth;
    this.error = error;
    this.tell('fault', certificate);
  }

  /** @throws {Refused} */
  faultUnless(holds: boolean, error: number, depth = this.depth): void {
    if (!holds) this.fault(error, depth);
  }

  /** A fault of the chain, not of one of its certificates. @throws {Refused} */
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
