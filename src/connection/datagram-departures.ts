import { fragmentHeader, fragmentHeaderLength } from '../handshake/carriers/datagram-assembly.ts';
import type { KeyPhase } from '../handshake/flow/flow.ts';
import { Problem } from '../names/problems.ts';
import { dtlsVersionOf } from '../names/versions.ts';
import { datagramHeaderLength } from '../record/datagram-record.ts';
import type { ReadProtection, WriteProtection } from '../record/protection.ts';
import type { ReadEpoch } from '../record/read-epoch.ts';
import { WriteEpoch } from '../record/write-epoch.ts';
import type { Departures } from './channel.ts';
import type { Observer } from './observer.ts';

export interface DatagramDeparturesOptions {
  /** Where the protection of what comes in changes. */
  readonly reading: ReadEpoch;
  readonly tell: Observer;
  toPeer(datagrams: readonly Uint8Array[]): void;
  /** Milliseconds. */
  now(): number;
  /** Bytes of content in a record, at most. */
  readonly maxSendFragment: number;
  /** Bytes of a datagram without the headers of IP and UDP. Handshake messages keep to it. */
  readonly room: number;
}

/** What the reference tells as the version of a record's header on datagrams. */
export const untoldVersion = 0;

/** What it asks the socket for, in bytes. */
export const readLength = 16717;

/** In bytes, of a message on streams. */
const streamHeaderLength = 4;

/** RFC 6347 section 4.2.4.1, and the reference's patience. The times are in milliseconds. */
const firstTimeout = 1000;
const longestTimeout = 60_000;
const mostRepetitions = 12;
/** Repetitions of the peer's flight in quick succession are answered once. */
const shortestPause = 250;
/** Twice as long as a datagram may be on its way at most. */
const longestMemory = 240_000;

/** A part of a flight, as it is sent again. */
interface Kept {
  readonly type: number;
  readonly epoch: WriteEpoch;
  readonly version: number;
  /** A message's header and body, or a ChangeCipherSpec. */
  readonly content: Uint8Array;
  /** The message's number; undefined for a ChangeCipherSpec. */
  readonly sequence: number | undefined;
}

/**
 * DatagramDepartures number what is sent on datagrams, cut it to their size, and keep the last flight to send it again:
 * when its timer runs out (RFC 6347 section 4.2.4), and when the peer repeats its own last flight.
 */
export class DatagramDepartures implements Departures {
  private readonly reading: ReadEpoch;
  private readonly tell: Observer;
  private readonly options: DatagramDeparturesOptions;
  private epoch = new WriteEpoch();
  private maxFragment: number;
  private nextSequence = 0;
  private flight: Kept[] = [];
  /** What is sent now belongs to the kept flight. */
  private flightIsOpen = false;
  /** The peer has sent a message since. */
  private flightIsAnswered = false;
  private datagram: Uint8Array[] = [];
  private length = 0;
  private timeout = firstTimeout;
  private repetitions = 0;
  private sentAt = 0;
  private answerDue: number | undefined;

  constructor(options: DatagramDeparturesOptions) {
    this.options = options;
    this.reading = options.reading;
    this.tell = options.tell;
    this.maxFragment = options.maxSendFragment;
  }

  /** When the flight is sent again, on the clock of `now`; undefined: it has been answered. */
  get deadline(): number | undefined {
    return this.answerDue;
  }

  /** The numbers go on from those of a hello that has been greeted (RFC 6347 section 4.2.1). */
  begin({ message, record }: { readonly message: number; readonly record: number }): void {
    this.nextSequence = message;
    this.epoch = new WriteEpoch(0, undefined, record);
  }

  /**
   * A handshake is over; the next one numbers its messages anew. Only the side that sent the last flight sends it again
   * on demand: if that is the peer, ours is forgotten (RFC 6347 section 4.2.4).
   */
  handshakeOver(): void {
    this.nextSequence = 0;
    if (this.flightIsAnswered) this.forgetFlight();
    this.answered();
  }

  message(type: number, version: number, bytes: Uint8Array): Uint8Array {
    const sequence = this.nextSequence++;
    const body = bytes.subarray(streamHeaderLength);
    const header = fragmentHeader({ type: bytes[0] ?? 0, length: body.length, sequence });
    const content = Buffer.concat([header, body]);
    this.keep({ type, epoch: this.epoch, version: dtlsVersionOf(version), content, sequence });
    return content;
  }

  signal(type: number, version: number, content: Uint8Array): void {
    this.keep({ type, epoch: this.epoch, version: dtlsVersionOf(version), content, sequence: undefined });
  }

  /** A datagram for each record: what is written in one piece arrives in one. */
  content(type: number, version: number, content: Uint8Array): void {
    let at = 0;
    do {
      const part = content.subarray(at, at + this.maxFragment);
      this.makeRoom(this.epoch, part.length);
      this.record(this.epoch, type, dtlsVersionOf(version), part);
      this.leave();
      at += this.maxFragment;
    } while (at < content.length);
  }

  protectReading(_phase: KeyPhase, protection: ReadProtection): void {
    this.reading.use(protection);
  }

  protectWriting(_phase: KeyPhase, protection: WriteProtection): void {
    this.epoch = this.epoch.next(protection);
  }

  limitFragments(length: number): void {
    this.maxFragment = Math.min(length, this.options.maxSendFragment);
  }

  limitReading(length: number): void {
    this.reading.maxContent = length;
  }

  raw(bytes: Uint8Array): void {
    this.leave();
    this.datagram.push(bytes);
    this.leave();
  }

  flush(): void {
    this.leave();
    if (!this.flightIsOpen) return;
    this.flightIsOpen = false;
    this.timeout = firstTimeout;
    this.repetitions = 0;
    this.sent();
  }

  /** Something new has come from the peer: it has our flight. */
  answered(): void {
    this.answerDue = undefined;
    this.flightIsAnswered = true;
  }

  /** Nothing came in time. @throws {Problem} when that has happened too often */
  expire(): void {
    this.repetitions++;
    if (this.repetitions > mostRepetitions) throw new Problem('readTimeoutExpired', 'dtls1_check_timeout_num');
    this.timeout = Math.min(this.timeout * 2, longestTimeout);
    this.sendAgain();
  }

  /** The peer has repeated its last flight: ours did not arrive, unless it is on its way still. */
  repeat(): void {
    const age = this.options.now() - this.sentAt;
    if (age >= shortestPause && age < longestMemory && !this.flightIsOpen) this.sendAgain();
  }

  /** The peer has all of the last flight. */
  forgetFlight(): void {
    this.flight = [];
  }

  private keep(kept: Kept): void {
    if (!this.flightIsOpen) this.flight = [];
    this.flightIsOpen = true;
    this.flightIsAnswered = false;
    this.answerDue = undefined;
    this.flight.push(kept);
    this.write(kept);
  }

  private sendAgain(): void {
    for (const kept of this.flight) this.write(kept);
    this.leave();
    this.sent();
  }

  private sent(): void {
    this.sentAt = this.options.now();
    this.answerDue = this.flight.length > 0 ? this.sentAt + this.timeout : undefined;
  }

  private write({ type, epoch, version, content, sequence }: Kept): void {
    if (sequence === undefined) {
      this.makeRoom(epoch, fragmentHeaderLength);
      this.record(epoch, type, version, content);
      this.tell.message?.('write', type, version, content);
      return;
    }
    const body = content.subarray(fragmentHeaderLength);
    const message = { type: content[0] ?? 0, length: body.length, sequence };
    let offset = 0;
    do {
      const room = Math.min(this.makeRoom(epoch, fragmentHeaderLength), this.maxFragment) - fragmentHeaderLength;
      const part = body.subarray(offset, offset + room);
      const header = fragmentHeader(message, { offset, length: part.length });
      this.record(epoch, type, version, Buffer.concat([header, part]));
      offset += room;
    } while (offset < body.length);
    this.tell.message?.('write', type, version, content);
  }

  /** Answers how much content the datagram still takes, in bytes: more than `least`, if need be in a new one. */
  private makeRoom(epoch: WriteEpoch, least: number): number {
    const { room } = this.options;
    if (room - this.length - epoch.overhead <= least) this.leave();
    return room - this.length - epoch.overhead;
  }

  private record(epoch: WriteEpoch, type: number, version: number, content: Uint8Array): void {
    const record = epoch.seal(type, version, content);
    this.tell.record?.('write', record.subarray(0, datagramHeaderLength), type, untoldVersion);
    this.datagram.push(record);
    this.length += record.length;
  }

  private leave(): void {
    if (this.datagram.length === 0) return;
    const datagram = Buffer.concat(this.datagram);
    this.datagram = [];
    this.length = 0;
    this.tell.write?.(datagram);
    this.options.toPeer([datagram]);
  }
}
