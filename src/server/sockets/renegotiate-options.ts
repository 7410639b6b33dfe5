/** What a renegotiation is to do besides. */
export interface RenegotiateOptions {
  /** Asks the client for its certificate. */
  readonly requestCert?: boolean;
}
