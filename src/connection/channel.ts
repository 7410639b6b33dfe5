import type { Incoming, KeyPhase } from '../handshake/flow/flow.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import type { Surroundings } from '../handshake/flow/surroundings.ts';
import type { Problem } from '../names/problems.ts';
import type { ReadProtection, WriteProtection } from '../record/protection.ts';
import type { Observer } from './observer.ts';

/** Content is the inside of one record, opened. The bytes are views. */
export interface Content {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** The record's header as it came. */
  readonly header: Uint8Array;
  /** The version in that header. */
  readonly version: number;
  /** The type stood under the protection (RFC 8446 section 5.2). */
  readonly hidden: boolean;
}

/** Arrival is one thing that has come and is to be dealt with. */
export type Arrival =
  | { readonly what: 'message'; readonly message: Incoming }
  | { readonly what: 'content'; readonly content: Content }
  /** The turn of a ChangeCipherSpec, where it may come early or get lost. `lost`: records under the new keys imply it. */
  | { readonly what: 'keysChange'; readonly lost: boolean };

/** Stage is how far the connection has come, to the extent that a channel has to know. */
export interface Stage {
  /** The version of messages and records at the moment, one of TLS. */
  readonly version: number;
  /** Undefined while none is agreed on. */
  readonly agreedVersion: number | undefined;
  /** A first handshake is done. */
  readonly open: boolean;
  /** A handshake goes on. */
  readonly busy: boolean;
  /** Records that do not open are rejected early data and skipped (RFC 8446 section 4.2.10). */
  readonly skipsEarlyData: boolean;
  /** A message of this type may come now. */
  expects(type: number): boolean;
  /** A record of so many bytes was skipped. @throws {Problem} when it is too much */
  skipped(length: number): void;
  /** A record has opened: nothing is skipped any more. */
  endSkipping(): void;
}

/** Departures take what goes out over one kind of transport. Versions are those of TLS. */
export interface Departures {
  /** A whole handshake message of the flight, with its header. Answers it as it counts in the transcript. */
  message(type: number, version: number, bytes: Uint8Array): Uint8Array;
  /** Other content of the flight: a ChangeCipherSpec. */
  signal(type: number, version: number, content: Uint8Array): void;
  /** Content that belongs to no flight: it leaves at once, with what waits for the end of its flight. */
  content(type: number, version: number, content: Uint8Array): void;
  protectReading(phase: KeyPhase, protection: ReadProtection): void;
  protectWriting(phase: KeyPhase, protection: WriteProtection): void;
  limitFragments(length: number): void;
  limitReading(length: number): void;
  /** Bytes past all protection, at once. */
  raw(bytes: Uint8Array): void;
  /** Ends the flight: it leaves now. */
  flush(): void;
}

/** Postponing keeps content until its turn. What does not fit is dropped, as if it had got lost. */
export interface Postponing {
  keyChange(): void;
  data(content: Content): void;
}

/** Channel turns the bytes of one kind of transport into arrivals. Every method may throw a Problem. */
export interface Channel {
  readonly departures: Departures;
  /** The reference's function, for the lines of what comes. */
  readonly where: string;
  /** Bytes that have come and wait for their turn. */
  readonly unread: number;
  /** Messages that have begun to come and have not been handed out. */
  readonly midway: boolean;
  /** Milliseconds, while a flight waits for its answer; undefined: nothing ends by itself. */
  readonly deadline: number | undefined;
  /** The version that observers are told for one of TLS. */
  toldVersion(version: number): number;
  /** A piece of a stream, or one datagram. */
  push(bytes: Uint8Array): void;
  /** Undefined: more bytes are needed. */
  next(stage: Stage): Arrival | undefined;
  /** Handshake content, of which messages are made. */
  assemble(content: Content, stage: Stage): void;
  /** Content may overtake what was sent before it, and get lost; what comes at the wrong time is then no fault. */
  readonly unordered?: Postponing;
  expire(): void;
  /** The peer's FIN, once all before it has been read. The fault that it is; undefined where it counts as close_notify. */
  ended(): Problem | undefined;
  /** A message has come: the peer has our last flight. */
  answered(): void;
  /** Application data has come with no handshake going on: the peer has done with the last one. */
  confirmed(): void;
  /** No handshake goes on, and the messages of the next one are numbered anew. `finished`: one has been going on. */
  rest(finished?: 'finished'): void;
}

export interface ChannelOptions {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly tell: Observer;
  toPeer(parts: readonly Uint8Array[]): void;
}
