/** What a certificate is to be used for. */
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

/** Which trust settings count. */
export type TrustUse = 'compatible' | 'sslClient' | 'sslServer' | 'email' | 'timeStamping';

/** RFC 6460: the levels of security that are taken. */
export type SuiteB = '128 only' | '128' | '192';

/** What is asked of a chain. Everything is optional; what is absent is not checked. */
export interface VerifyParameters {
  readonly purpose?: Purpose;
  /** Default: what the purpose asks for. */
  readonly trust?: TrustUse;
  /** How many intermediates there may be; default 100. */
  readonly depth?: number;
  /** 0 to 5; default: none. */
  readonly authenticationLevel?: number;
  /** Milliseconds since 1970, instead of the clock; checked even with `noCheckTime`. */
  readonly atTime?: number;
  readonly noCheckTime?: boolean;
  /** One of them must be the certificate's. */
  readonly hosts?: readonly string[];
  readonly email?: string;
  /** 4 or 16 bytes. */
  readonly ip?: Uint8Array;
  /** Object identifiers that are acceptable; as in OpenSSL 3.0, none is when there are none. */
  readonly policies?: readonly string[];
  /** Default: when policies are named. */
  readonly policyCheck?: boolean;
  readonly explicitPolicy?: boolean;
  readonly inhibitAny?: boolean;
  readonly inhibitMap?: boolean;
  /** The watcher is told the policies of a chain that is in order. */
  readonly policyPrint?: boolean;
  readonly crlCheck?: boolean;
  /** With `crlCheck`: all of the chain. */
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

/** Security bits that an authentication level asks for; 0 asks for nothing. */
export function minimumBits({ authenticationLevel = -1 }: VerifyParameters): number {
  return authenticationLevel <= 0 ? 0 : (levels[Math.min(authenticationLevel, levels.length) - 1] ?? 0);
}

const levels = [80, 112, 128, 192, 256] as const;
