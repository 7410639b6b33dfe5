import type { Incoming, KeyPhase } from '../handshake/flow/flow.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import type { Surroundings } from '../handshake/flow/surroundings.ts';
import type { Problem } from '../names/problems.ts';
import type { ConnectionIds } from '../record/inner-plaintext.ts';
import type { ReadProtection, WriteProtection } from '../record/protection.ts';
import type { Path } from './engine.ts';
import type { Observer } from './observer.ts';

/** Content is the opened content of one record. The bytes are views. */
export interface Content {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** The record's header as received. */
  readonly header: Uint8Array;
  /** The version in the header. */
  readonly version: number;
  /** True when the type was encrypted (RFC 8446 section 5.2). */
  readonly hidden: boolean;
  /** True for application data under the keys that a handshake has replaced. */
  readonly isFromBefore?: boolean | undefined;
}

/** Arrival is one received item to process. */
export type Arrival =
  | { readonly what: 'message'; readonly message: Incoming }
  | { readonly what: 'content'; readonly content: Content }
  /** A ChangeCipherSpec in DTLS, where it may be early or lost. `lost`: records under the new keys imply it. */
  | { readonly what: 'keysChange'; readonly lost: boolean };

/** Stage is the connection's progress as far as a channel needs it. */
export interface Stage {
  /** The current version of messages and records, one of TLS. */
  readonly version: number;
  /** Undefined before negotiation. */
  readonly agreedVersion: number | undefined;
  /** True once a first handshake is done. */
  readonly open: boolean;
  /** True during a handshake. */
  readonly busy: boolean;
  /** True while records that do not decrypt are rejected early data and skipped (RFC 8446 section 4.2.10). */
  readonly skipsEarlyData: boolean;
  /** True when a message of this type is acceptable now. */
  expects(type: number): boolean;
  /** Counts the bytes of a skipped record. @throws {Problem} when there are too many */
  skipped(length: number): void;
  /** Ends skipping, once a record has decrypted. */
  endSkipping(): void;
}

/** Departures is the write side of one kind of transport. Versions are those of TLS. */
export interface Departures {
  /** Adds a whole handshake message with its header to the flight. Returns its bytes as hashed in the transcript. */
  message(type: number, version: number, bytes: Uint8Array): Uint8Array;
  /** Adds other content, a ChangeCipherSpec, to the flight. */
  signal(type: number, version: number, content: Uint8Array): void;
  /** Sends content outside of any flight at once, after the buffered part of a flight. */
  content(type: number, version: number, content: Uint8Array): void;
  protectReading(phase: KeyPhase, protection: ReadProtection): void;
  protectWriting(phase: KeyPhase, protection: WriteProtection): void;
  /** Sets the connection ids of the next epoch. */
  identify?(ids: ConnectionIds | undefined): void;
  limitFragments(length: number): void;
  limitReading(length: number): void;
  /** Sends unprotected bytes at once. */
  raw(bytes: Uint8Array): void;
  /** Ends the flight and sends it. */
  flush(): void;
}

/** Postponing buffers content until it can be processed. Excess content is dropped, as if lost. */
export interface Postponing {
  keyChange(): void;
  data(content: Content): void;
}

/** Channel turns the bytes of one kind of transport into arrivals. Every method may throw a Problem. */
export interface Channel {
  readonly departures: Departures;
  /** The reference's function, for the error lines about received content. */
  readonly where: string;
  /** Bytes received and not yet processed. */
  readonly unread: number;
  /** True while a partial message is buffered. */
  readonly midway: boolean;
  /** Milliseconds; defined while a flight awaits its answer. */
  readonly deadline: number | undefined;
  /** The version reported to observers for one of TLS. */
  toldVersion(version: number): number;
  /** A piece of a stream, or one datagram and where it came from. */
  push(bytes: Uint8Array, path?: Path): void;
  /** Undefined when more bytes are needed. */
  next(stage: Stage): Arrival | undefined;
  /** Adds handshake content to the message under assembly. */
  assemble(content: Content, stage: Stage): void;
  /** Set when content may arrive out of order or get lost; content at the wrong time is then no fault. */
  readonly unordered?: Postponing;
  expire(): void;
  /**
   * Processes the peer's FIN, once everything before it has been read. Returns the fault; undefined when it counts as
   * close_notify.
   */
  ended(): Problem | undefined;
  /** Reports a message of the peer, which acknowledges our last flight. */
  answered(): void;
  /** Reports application data outside a handshake, which confirms that the peer has completed the last one. */
  confirmed(): void;
  /** Reports that no handshake is active; message numbers restart. `finished`: one was active until now. */
  rest(finished?: 'finished'): void;
}

export interface ChannelOptions {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly tell: Observer;
  toPeer(parts: readonly Uint8Array[]): void;
  /** Reports where the newest authentic record with a connection id came from. */
  follow(path: Path): void;
}
