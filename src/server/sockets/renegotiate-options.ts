/** Options of a renegotiation. */
export interface RenegotiateOptions {
  /** Requests the client's certificate. */
  readonly requestCert?: boolean;
}
