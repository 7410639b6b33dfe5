import type { Carrier, Incoming, Surroundings } from '../handshake/flow.ts';
import type { Settings } from '../handshake/settings.ts';
import type { AlertName } from '../names/alerts.ts';
import type { Handshakes } from './handshakes.ts';
import type { Observer } from './observer.ts';

/** What has come and is to be dealt with. `part`: of something that is not whole yet. */
export type Arrival =
  | { readonly what: 'message'; readonly message: Incoming }
  | { readonly what: 'changeCipherSpec' | 'alert' | 'data'; readonly content: Uint8Array }
  | { readonly what: 'part' };

/** What goes out, over one kind of transport. */
export interface Departures extends Carrier {
  data(version: number, plaintext: Uint8Array): void;
  /** At once. */
  alert(level: number, name: AlertName, version: number): void;
  raw(bytes: Uint8Array): void;
}

/** TLS over one kind of transport: what its bytes come to, and how what we say goes out. Every method may throw a Problem. */
export interface Channel {
  readonly departures: Departures;
  /** The reference's function, for the lines of what comes. */
  readonly where: string;
  /** Bytes that have come and wait for their turn. */
  readonly unread: number;
  /** A message has begun and not ended. */
  readonly midway: boolean;
  /** Milliseconds, while a flight waits for its answer; undefined: nothing ends by itself. */
  readonly deadline: number | undefined;
  /** As messages of this version of TLS are told. */
  toldVersion(version: number): number;
  /** A piece of a stream, or one datagram. */
  push(bytes: Uint8Array): void;
  next(handshakes: Handshakes): Arrival | undefined;
  expire(): void;
  /** The peer's FIN, once all before it has been read. @throws {Problem} where that is no end */
  ended(): void;
  /** The peer has our last flight. */
  answered(): void;
  /** No handshake goes on, and the messages of the next one are numbered anew. `finished`: one has been going on. */
  rest(finished?: 'finished'): void;
}

export interface ChannelOptions {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly tell: Observer;
  toPeer(parts: readonly Uint8Array[]): void;
}
