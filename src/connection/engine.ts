import type { CertificateWish } from '../handshake/flow/certificate-requests.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import type { Problem } from '../names/problems.ts';

/** A conversation without socket, clock and printing. Everything happens inside the calls; nothing is asynchronous. */
export interface Engine {
  /** Bytes from the peer; on datagrams one call is one datagram. `wait`: feed no more before `resume('peer')`. */
  feed(bytes: Uint8Array): 'more' | 'wait';
  /** The peer's FIN. */
  end(): void;
  /** From the application; taken before the handshake is done too, and sent then. `wait`: until `resume('application')`. */
  write(plaintext: Uint8Array): 'more' | 'wait';
  /**
   * Sends close_notify, our half only, behind everything that was written. `wait`: a handshake has to be done first;
   * `resume('application')` tells when it is sent.
   */
  shutdown(): 'more' | 'wait';
  /** Ends the conversation by this problem: its alert is sent, unless close_notify went before. */
  fail(problem: Problem): void;
  /** The transport took all that was given to it after `toPeer` had returned false. */
  drained(): void;
  /** The application took all that was given to it after `toApplication` had returned false. */
  consumed(): void;
  /** The deadline has passed. */
  expire(): void;
  /** Milliseconds on the clock of `now()`, if something is being waited for that ends by itself. */
  readonly deadline: number | undefined;
  /** Something is looked up; what is fed meanwhile is processed afterwards. */
  readonly awaitsAnswer: boolean;
  /**
   * `certificate`: the client is asked for its certificate too.
   * @throws {Problem} wrongSslVersion in TLS 1.3
   */
  renegotiate(options: { certificate?: CertificateWish }): void;
  /** @throws {Problem} wrongSslVersion below TLS 1.3 */
  updateKeys(options: { requestPeer: boolean }): void;
  /** @throws {Problem} wrongSslVersion below TLS 1.3, extensionNotReceived when the client did not offer it */
  requestCertificate(): void;
  /** Bytes straight to the peer, past all protection: the P key, and faults in tests. */
  sendRaw(bytes: Uint8Array): void;
  /** Keying material of RFC 5705 and RFC 8446 section 7.5; undefined when the label is reserved or it is too early. */
  exportKeyingMaterial(label: string, length: number, context?: Uint8Array): Uint8Array | undefined;
}

export interface Doors {
  /** One stream's bytes, or one datagram a part. False: no more until `drained()`. */
  toPeer(parts: readonly Uint8Array[]): boolean;
  /** False: no more until `consumed()`. */
  toApplication(plaintext: Uint8Array): boolean;
  /** Early data of a client (RFC 8446 section 2.3), before `established`. As much as the settings allow, whatever is answered. */
  earlyData(plaintext: Uint8Array): void;
  /** A 'wait' is over. */
  resume(side: 'peer' | 'application'): void;
  /** Half-RTT data may be written, before `established`. */
  writable(): void;
  /** After the first time: a renegotiation is done, or the client has answered a later request for its certificate. */
  established(info: SessionInfo): void;
  /** A record was processed that held no application data, after the handshake: the reference's `Read BLOCK`. */
  idle(): void;
  /**
   * The conversation is over for reading; after anything but `closed` and `truncated` for writing too. Comes once, and once
   * more where the writing fails after those two.
   */
  ended(reason: Ending): void;
}

/** How a conversation came to its end. */
export type Ending =
  /** close_notify came; we may still write. */
  | { readonly how: 'closed' }
  /** A FIN came without close_notify; we may still write. No alert has been sent, `fail` does that. */
  | { readonly how: 'truncated'; readonly problem: Problem }
  /** A rule was broken, by the peer's bytes or by an alert of the peer. The alert, if any, has been sent. */
  | { readonly how: 'failed'; readonly problem: Problem }
  /** Our own fault: internal_error was sent, the stack is kept. */
  | { readonly how: 'crashed'; readonly error: Error };
