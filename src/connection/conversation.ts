import type { CertificateWish } from '../handshake/certificate-requests.ts';
import type { Established } from '../handshake/established.ts';
import type { AlertName } from '../names/alerts.ts';

/**
 * The rules of TLS over one kind of transport, as the engine drives them. Every method may throw a Problem; who calls
 * turns it into the end of the conversation.
 */
export interface Conversation {
  /** The newest finished handshake. */
  readonly established: Established | undefined;
  /** A slow answer of our own side is waited for. */
  readonly awaitsAnswer: boolean;
  /** Nothing more is read. */
  readonly closed: boolean;
  /** Bytes that have come and wait for their turn. */
  readonly unread: number;
  /** Application data may be sent: not before the handshake, nor within a renegotiation. */
  readonly writable: boolean;
  /** Milliseconds on the clock of the surroundings, after which `expire` is due; undefined: nothing ends by itself. */
  readonly deadline: number | undefined;
  /** A piece of a stream, or one datagram. */
  push(bytes: Uint8Array): void;
  /** Deals with one message or one record; false when there is none. */
  step(): boolean;
  expire(): void;
  /** The peer's FIN, once all before it has been read. */
  peerEnded(): void;
  send(plaintext: Uint8Array): void;
  sendRaw(bytes: Uint8Array): void;
  sendAlert(level: 'warning' | 'fatal', name: AlertName): void;
  /** The end by a problem: the alert, if the problem has one, and the state that the reference shows then. */
  abandon(alert: AlertName | undefined): void;
  updateKeys(request: { readonly requestPeer: boolean }): void;
  renegotiate(certificate: CertificateWish | undefined): void;
  requestCertificate(): void;
}
