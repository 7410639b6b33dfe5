/** Purpose is the intended use of a certificate. */
export type Purpose =
  | 'sslclient'
  | 'sslserver'
  | 'nssslserver'
  | 'smimesign'
  | 'smimeencrypt'
  | 'crlsign'
  | 'any'
  | 'ocsphelper'
  | 'timestampsign';

/** TrustUse selects the trust settings that apply. */
export type TrustUse = 'compatible' | 'sslClient' | 'sslServer' | 'email' | 'timeStamping';

/** SuiteB is the accepted levels of security (RFC 6460). */
export type SuiteB = '128 only' | '128' | '192';

/** VerifyParameters are the requirements on a chain; absent ones are not checked. */
export interface VerifyParameters {
  readonly purpose?: Purpose;
  /** Default: the use of the purpose. */
  readonly trust?: TrustUse;
  /** Maximum number of intermediates; default 100. */
  readonly depth?: number;
  /** 0 to 5; default: none. */
  readonly authenticationLevel?: number;
  /** Milliseconds since 1970, instead of the clock; checked even with `noCheckTime`. */
  readonly atTime?: number;
  readonly noCheckTime?: boolean;
  /** The certificate must match one of them. */
  readonly hosts?: readonly string[];
  readonly email?: string;
  /** 4 or 16 bytes. */
  readonly ip?: Uint8Array;
  /** Acceptable object identifiers; as in OpenSSL 3.0, an empty list accepts none. */
  readonly policies?: readonly string[];
  /** Default: true if `policies` has any. */
  readonly policyCheck?: boolean;
  readonly explicitPolicy?: boolean;
  readonly inhibitAny?: boolean;
  readonly inhibitMap?: boolean;
  /** The watcher receives the policies of a valid chain. */
  readonly policyPrint?: boolean;
  readonly crlCheck?: boolean;
  /** Checks the whole chain, not only the leaf. */
  readonly crlCheckAll?: boolean;
  readonly extendedCrl?: boolean;
  readonly useDeltas?: boolean;
  readonly ignoreCritical?: boolean;
  readonly strict?: boolean;
  readonly allowProxyCertificates?: boolean;
  readonly partialChain?: boolean;
  readonly checkSelfSignature?: boolean;
  readonly suiteB?: SuiteB;
}

/** minimumBits returns the security bits that an authentication level requires; 0 for none. */
export function minimumBits({ authenticationLevel = -1 }: VerifyParameters): number {
  return authenticationLevel <= 0 ? 0 : (levels[Math.min(authenticationLevel, levels.length) - 1] ?? 0);
}

const levels = [80, 112, 128, 192, 256] as const;
