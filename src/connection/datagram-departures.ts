import { fragmentHeader, fragmentHeaderLength } from '../handshake/carriers/datagram-assembly.ts';
import { smallerRoom } from '../handshake/carriers/datagram-room.ts';
import type { KeyPhase } from '../handshake/flow/flow.ts';
import { HelloRequest } from '../messages/hello-request.ts';
import { Problem } from '../names/problems.ts';
import { dtlsVersionOf } from '../names/versions.ts';
import type { ConnectionIds } from '../record/inner-plaintext.ts';
import type { ReadProtection, WriteProtection } from '../record/protection.ts';
import type { ReadEpoch } from '../record/read-epoch.ts';
import { WriteEpoch } from '../record/write-epoch.ts';
import type { Departures } from './channel.ts';
import type { Observer } from './observer.ts';

export interface DatagramDeparturesOptions {
  /** The read direction, whose protection changes with the flight. */
  readonly reading: ReadEpoch;
  readonly tell: Observer;
  toPeer(datagrams: readonly Uint8Array[]): void;
  /** Milliseconds. */
  now(): number;
  /** Maximum bytes of content in a record. */
  readonly maxSendFragment: number;
  /** Bytes of a datagram without the headers of IP and UDP; the maximum for handshake messages. */
  readonly room: number;
  /** Milliseconds until a flight is sent again for the first time. */
  readonly initialTimeout: number;
}

/** What has become known of the path to the peer; absent: nothing new. */
export type PathChange = Partial<Pick<DatagramDeparturesOptions, 'room' | 'initialTimeout'>>;

/** The version that the reference reports for a record header in DTLS. */
export const reportedVersion = 0;

/** Bytes that the reference asks the socket for. */
export const readLength = 16717;

/** Bytes of a message header in TLS. */
const streamHeaderLength = 4;

/** The reference's limits for the timers of RFC 6347 section 4.2.4.1. The times are in milliseconds. */
const longestTimeout = 60_000;
const maxRetransmissions = 12;
/** Retransmissions of the peer within this time are answered once. */
const shortestPause = 250;
/** Twice the maximum lifetime of a datagram. */
const longestMemory = 240_000;
/** After this many time-outs without a flight the time-out begins anew. */
const idleTimeouts = 10;
/** Repetitions in vain before the datagrams become smaller (RFC 6347 section 4.1.1.1 suggests 2 or 3). */
const repetitionsPerSize = 3;

/** A part of a flight, kept for retransmission. */
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
 * DatagramDepartures numbers outgoing messages, splits them into datagrams, and keeps the last flight for
 * retransmission: when its timer expires (RFC 6347 section 4.2.4), and when the peer retransmits its own last flight.
 */
export class DatagramDepartures implements Departures {
  private readonly reading: ReadEpoch;
  private readonly tell: Observer;
  private readonly options: DatagramDeparturesOptions;
  private epoch = WriteEpoch.first();
  private nextIds: ConnectionIds | undefined;
  private maxFragment: number;
  private nextSequence = 0;
  private flight: Kept[] = [];
  /** True while messages are added to the kept flight. */
  private flightIsOpen = false;
  /** True once the peer has sent a message after the flight. */
  private flightIsAnswered = false;
  private datagram: Uint8Array[] = [];
  private length = 0;
  private initialTimeout: number;
  private timeout: number;
  private repetitions = 0;
  /** True once no record could be sent for want of a number. */
  private isSpent = false;
  /** Repetitions of the flight that the peer has caused. */
  private demanded = 0;
  /** Bytes of a datagram with handshake messages. */
  private room: number;
  private sentAt = 0;
  private answerDue: number | undefined;

  constructor(options: DatagramDeparturesOptions) {
    this.options = options;
    this.reading = options.reading;
    this.tell = options.tell;
    this.maxFragment = options.maxSendFragment;
    this.room = options.room;
    this.initialTimeout = options.initialTimeout;
    this.timeout = options.initialTimeout;
  }

  /** Time of the next retransmission on the clock of `now`; undefined once the flight is answered. */
  get deadline(): number | undefined {
    return this.answerDue;
  }

  /** True once a message of the peer has followed the flight. */
  get isAnswered(): boolean {
    return this.flightIsAnswered;
  }

  /** Continues the sequence numbers of a hello that passed the cookie exchange (RFC 6347 section 4.2.1). */
  begin({ message, record }: { readonly message: number; readonly record: number }): void {
    this.nextSequence = message;
    this.epoch = WriteEpoch.first(record);
  }

  /**
   * Ends a handshake; the next one restarts message numbers. Only the sender of the last flight retransmits it on
   * demand: if that is the peer, our flight is dropped (RFC 6347 section 4.2.4).
   */
  handshakeOver(): void {
    this.nextSequence = 0;
    this.reading.forgetPrevious();
    if (this.flightIsAnswered) this.forgetFlight();
    this.flightIsAnswered = true;
    this.answerDue = undefined;
  }

  /** Takes other values for the flights to come, and for repetitions the room. */
  adapt({ room = this.room, initialTimeout = this.initialTimeout }: PathChange): void {
    this.room = room;
    this.initialTimeout = initialTimeout;
  }

  message(type: number, version: number, bytes: Uint8Array): Uint8Array {
    // HelloRequest begins a handshake, and may be sent again before the client's answer.
    if (bytes[0] === HelloRequest.type) this.nextSequence = 0;
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

  /** Sends one datagram per record, so that one write arrives in one piece. */
  content(type: number, version: number, content: Uint8Array): void {
    const most = Math.min(this.maxFragment, this.epoch.maxContent);
    let at = 0;
    do {
      const part = content.subarray(at, at + most);
      this.makeRoom(this.epoch, part.length);
      this.record(this.epoch, type, dtlsVersionOf(version), part);
      this.leave();
      at += most;
    } while (at < content.length);
  }

  /** @throws {Problem} after the last epoch, which must not wrap (RFC 6347 section 4.1) */
  protectReading(_phase: KeyPhase, protection: ReadProtection): void {
    if (this.reading.isLast) throw new Problem('noRenegotiation', 'dtls1_reset_seq_numbers');
    this.reading.use(protection, this.nextIds?.ours);
  }

  /** @throws {Problem} after the last epoch */
  protectWriting(_phase: KeyPhase, protection: WriteProtection): void {
    if (this.epoch.isLast) throw new Problem('noRenegotiation', 'dtls1_reset_seq_numbers');
    this.epoch = this.epoch.next(protection, this.nextIds?.theirs);
  }

  identify(ids: ConnectionIds | undefined): void {
    this.nextIds = ids;
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
    if (this.repetitions === 0 || this.isLongAgo) this.timeout = this.initialTimeout;
    this.repetitions = 0;
    this.demanded = 0;
    this.sent();
  }

  /**
   * Notes that a message of the peer has followed the flight. The timer runs on: the rest of the peer's flight may be lost
   * ("Partial reads do not cause state transitions or timer resets", RFC 6347 section 4.2.4).
   */
  answered(): void {
    this.flightIsAnswered = true;
  }

  /** Retransmits the flight. @throws {Problem} after too many retransmissions */
  expire(): void {
    this.repetitions++;
    if (this.repetitions > maxRetransmissions) throw new Problem('readTimeoutExpired', 'dtls1_check_timeout_num');
    this.timeout = Math.min(this.timeout * 2, longestTimeout);
    if (this.repetitions % repetitionsPerSize === 0) this.room = smallerRoom(this.room);
    this.retransmit();
  }

  /**
   * Answers the peer's retransmission of its last flight: ours was lost, unless it is still in flight. Before there are keys
   * anybody can send such a retransmission, so that the answers have a limit.
   */
  repeat(): void {
    const age = this.options.now() - this.sentAt;
    if (age < shortestPause || age >= longestMemory || this.flightIsOpen) return;
    if (++this.demanded <= maxRetransmissions) this.retransmit();
  }

  /** Drops the flight, which the peer has received completely. */
  forgetFlight(): void {
    this.flight = [];
  }

  private get isLongAgo(): boolean {
    return this.options.now() - this.sentAt >= idleTimeouts * this.timeout;
  }

  private keep(kept: Kept): void {
    if (!this.flightIsOpen) this.flight = [];
    this.flightIsOpen = true;
    this.flightIsAnswered = false;
    this.answerDue = undefined;
    this.flight.push(kept);
    this.write(kept);
  }

  private retransmit(): void {
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

  /** Makes room for more than `least` bytes of content, in a new datagram if necessary. Returns the bytes available. */
  private makeRoom(epoch: WriteEpoch, least: number): number {
    const { room } = this;
    if (room - this.length - epoch.overhead <= least) this.leave();
    return room - this.length - epoch.overhead;
  }

  /** @throws {Problem} when the epoch has no number left for a record, as they must not wrap (RFC 6347 section 4.1) */
  private record(epoch: WriteEpoch, type: number, version: number, content: Uint8Array): void {
    // What follows the failure, such as a word about it, cannot be sent either.
    if (this.isSpent) return;
    if (epoch.isSpent) {
      this.isSpent = true;
      throw new Problem('sequenceCtrWrapped', 'tls_increment_sequence_ctr');
    }
    const record = epoch.seal(type, version, content);
    this.tell.record?.('write', record.subarray(0, epoch.headerLength), type, reportedVersion);
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
