import type { CertificateWish } from '../handshake/flow/client-certificate-requests.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import type { Problem } from '../names/problems.ts';

/**
 * Engine is a connection without socket, clock and printing. All effects happen inside the calls; nothing is
 * asynchronous.
 */
export interface Engine {
  /** Processes bytes from the peer; in DTLS one call is one datagram, and `path` is where it came from. `wait`: feed no more before `resume('peer')`. */
  feed(bytes: Uint8Array, path?: Path): 'more' | 'wait';
  /** Reports the peer's FIN. */
  end(): void;
  /**
   * Sends application data, or buffers it until the handshake is done. `wait`: write no more before
   * `resume('application')`.
   */
  write(plaintext: Uint8Array): 'more' | 'wait';
  /**
   * Sends close_notify, our half only, after all data written and after a handshake in progress. `wait`: it is sent later,
   * and `resume('application')` follows then. Before the first handshake it is sent later too, but `wait` is returned only
   * where data is buffered.
   */
  shutdown(): 'more' | 'wait';
  /** Ends the connection by this problem: its alert is sent, unless close_notify was sent before. */
  fail(problem: Problem): void;
  /** Reports that the transport has room again after `toPeer` returned false. */
  drained(): void;
  /** Reports that the application has room again after `toApplication` returned false. */
  consumed(): void;
  /** Reports that the deadline has passed. */
  expire(): void;
  /** Milliseconds on the clock of `now()`; defined while a timer runs. */
  readonly deadline: number | undefined;
  /** True during a lookup; bytes fed meanwhile are processed afterwards. */
  readonly awaitsAnswer: boolean;
  /**
   * Starts a renegotiation. `certificate`: also requests the client's certificate.
   * @throws {Problem} wrongSslVersion in TLS 1.3
   */
  renegotiate(options: { certificate?: CertificateWish }): void;
  /** @throws {Problem} wrongSslVersion below TLS 1.3 */
  updateKeys(options: { requestPeer: boolean }): void;
  /** @throws {Problem} wrongSslVersion below TLS 1.3, extensionNotReceived when the client did not offer it */
  requestCertificate(): void;
  /** Sends unprotected bytes to the peer: the P key, and faults in tests. */
  sendRaw(bytes: Uint8Array): void;
  /**
   * Keying material of RFC 5705 and RFC 8446 section 7.5; undefined when the label is reserved or no handshake is done.
   */
  exportKeyingMaterial(label: string, length: number, context?: Uint8Array): Uint8Array | undefined;
}

/** Path is where a datagram came from: an opaque value of the transport, returned to it by `follow`. */
export type Path = object;

export interface Doors {
  /** One stream's bytes, or one datagram a part. False: no more until `drained()`. */
  toPeer(parts: readonly Uint8Array[]): boolean;
  /** False: no more until `consumed()`. */
  toApplication(plaintext: Uint8Array): boolean;
  /** Reports where the newest authentic record with a connection id came from (RFC 9146 section 6). */
  follow?(path: Path): void;
  /**
   * Early data of a client (RFC 8446 section 2.3), before `established`, up to the configured limit and without
   * backpressure.
   */
  earlyData(plaintext: Uint8Array): void;
  /** Ends a 'wait'. */
  resume(side: 'peer' | 'application'): void;
  /** Half-RTT data may be written, before `established`. */
  writable(): void;
  /** A handshake is done. Later calls report a renegotiation, or the client's answer to a later certificate request. */
  established(info: SessionInfo): void;
  /** A record without application data was processed after the handshake: the reference's `Read BLOCK`. */
  idle(): void;
  /**
   * The read direction has ended; except for `closed` and `truncated` the write direction too. Called once, and once
   * more when writing fails after those two.
   */
  ended(reason: Ending): void;
}

/** The way in which a connection ended. */
export type Ending =
  /** close_notify was received; we may still write. */
  | { readonly how: 'closed' }
  /** A FIN was received without close_notify; we may still write. No alert has been sent; `fail` sends it. */
  | { readonly how: 'truncated'; readonly problem: Problem }
  /** The peer broke a rule or sent a fatal alert. Our alert, if any, has been sent. */
  | { readonly how: 'failed'; readonly problem: Problem }
  /** An internal error: internal_error was sent, the stack is kept. */
  | { readonly how: 'crashed'; readonly error: Error };
