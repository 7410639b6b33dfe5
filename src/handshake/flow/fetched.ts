/** Something was looked up over HTTP for a client. */
export interface Fetched {
  readonly what: 'ocsp' | 'crl';
  readonly url: string;
  /** `found`, or why not. */
  readonly result: string;
}
