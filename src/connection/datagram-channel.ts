import { DatagramAssembly, type Fragment, fragmentsOf } from '../handshake/carriers/datagram-assembly.ts';
import { datagramRoom } from '../handshake/carriers/datagram-room.ts';
import { changeCipherSpecType } from '../handshake/flow/states.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { Finished } from '../messages/finished.ts';
import { Problem } from '../names/problems.ts';
import { dtlsVersionOf, Version } from '../names/versions.ts';
import { type DatagramRecord, recordsOf, sequenceOf } from '../record/datagram-record.ts';
import { maxCiphertext, maxPlaintext } from '../record/limits.ts';
import { ReadEpoch } from '../record/read-epoch.ts';
import type { Arrival, Channel, ChannelOptions, Content, Postponing, Stage } from './channel.ts';
import { DatagramDepartures, readLength, reportedVersion } from './datagram-departures.ts';
import type { Path } from './engine.ts';
import { messageLimit } from './message-limit.ts';
import type { Observer } from './observer.ts';

/**
 * DatagramChannel reads records in datagrams (RFC 6347). Bytes that do not belong to the association are silently
 * discarded, as anybody can send them with the peer's address.
 *
 * The cookie exchange happens before (handshake/carriers/datagram-greeting.ts): the first datagram holds the hello with
 * its cookie.
 */
export class DatagramChannel implements Channel, Postponing {
  readonly where = 'dtls1_read_bytes';
  readonly departures: DatagramDepartures;
  readonly unordered: Postponing = this;
  private readonly tell: Observer;
  private readonly listens: boolean;
  private readonly reading = new ReadEpoch();
  /** Bytes of our connection ids. */
  private readonly idLength: number;
  private readonly follow: (path: Path) => void;
  /** The addresses that records with a connection id came from; undefined without any. */
  private readonly paths: WeakMap<DatagramRecord, Path> | undefined;
  private readonly assembly = new DatagramAssembly(messageLimit);
  private records: DatagramRecord[] = [];
  /** Records of the next epoch, received before its keys. */
  private ahead: DatagramRecord[] = [];
  /** Application data that overtook the end of its handshake. */
  private early: Content[] = [];
  /** True when ChangeCipherSpec was received early. */
  private keysWillChange = false;
  private began = false;

  constructor({ settings, surroundings, tell, toPeer, follow }: ChannelOptions) {
    this.idLength = surroundings.connectionId?.length ?? 0;
    this.follow = follow;
    this.paths = this.idLength > 0 ? new WeakMap() : undefined;
    this.tell = tell;
    this.listens = settings.datagrams?.listens === true;
    this.departures = new DatagramDepartures({
      reading: this.reading,
      tell,
      toPeer,
      now: surroundings.now,
      maxSendFragment: settings.maxSendFragment,
      room: datagramRoom(settings.datagrams, surroundings.peer),
      initialTimeout: settings.datagrams?.initialTimeout ?? usualTimeout,
    });
  }

  get deadline(): number | undefined {
    return this.departures.deadline;
  }

  get unread(): number {
    return this.records.reduce((sum, { body }) => sum + body.length, 0);
  }

  get midway(): boolean {
    return this.assembly.midway;
  }

  toldVersion(version: number): number {
    return dtlsVersionOf(version);
  }

  push(datagram: Uint8Array, path?: Path): void {
    if (this.began || !this.listens) this.tell.read?.(datagram, readLength);
    for (const record of recordsOf(datagram, this.idLength)) {
      this.records.push(record);
      if (path !== undefined && record.connectionId !== undefined) this.paths?.set(record, path);
    }
  }

  next(stage: Stage): Arrival | undefined {
    if (this.keysChange(stage)) return this.changeKeys();
    const message = this.assembly.take();
    if (message !== undefined) return { what: 'message', message };
    const content = (stage.busy ? undefined : this.early.shift()) ?? this.nextContent(stage);
    return content && { what: 'content', content };
  }

  assemble({ bytes, header }: Content, stage: Stage): void {
    for (const fragment of fragmentsOf(bytes)) this.fragment(fragment, header, stage);
  }

  expire(): void {
    this.departures.expire();
    this.tell.note?.('flightRepeated', {});
  }

  /** Datagrams have no end: the caller has abandoned the peer. */
  ended(): undefined {}

  keyChange(): void {
    this.keysWillChange = true;
  }

  data(content: Content): void {
    if (this.reading.protected && this.early.length < mostAhead) this.early.push(content);
  }

  answered(): void {
    this.departures.answered();
  }

  confirmed(): void {
    this.departures.forgetFlight();
  }

  rest(finished?: 'finished'): void {
    this.assembly.restart();
    if (finished === undefined) return;
    this.departures.handshakeOver();
    this.keysWillChange = false;
  }

  /**
   * True when the peer has changed keys. ChangeCipherSpec may get lost or be overtaken: a record under the new keys
   * implies it.
   */
  private keysChange(stage: Stage): boolean {
    return (this.keysWillChange || this.ahead.length > 0) && stage.expects(changeCipherSpecType);
  }

  private changeKeys(): Arrival {
    const lost = !this.keysWillChange;
    this.keysWillChange = false;
    return { what: 'keysChange', lost };
  }

  private nextContent(stage: Stage): Content | undefined {
    for (;;) {
      const held = this.takeAhead();
      const record = held ?? this.records.shift();
      if (record === undefined) {
        // An array that was emptied keeps its memory.
        this.records = [];
        return undefined;
      }
      const content = held === undefined ? this.look(record, stage) : this.open(record);
      if (content !== undefined) return content;
    }
  }

  /** Returns a buffered record once the keys of its epoch are in force. */
  private takeAhead(): DatagramRecord | undefined {
    return this.ahead[0]?.epoch === this.reading.number ? this.ahead.shift() : undefined;
  }

  private look(record: DatagramRecord, stage: Stage): Content | undefined {
    if (this.began || !this.listens) this.tell.record?.('read', record.header, record.type, reportedVersion);
    if (record.version >>> 8 !== Version.DTLSv1 >>> 8 || record.body.length > maxCiphertext) return undefined;
    if (record.epoch !== this.reading.number + 1) return this.open(record);
    if (stage.busy && this.ahead.length < mostAhead) this.ahead.push(record);
    return undefined;
  }

  private open(record: DatagramRecord): Content | undefined {
    const opened = this.reading.open(record);
    if (opened === undefined) return undefined;
    const path = opened.isNewest ? this.paths?.get(record) : undefined;
    if (path !== undefined) this.follow(path);
    const { type, content: bytes } = opened;
    const isTooLong = bytes.length > (this.reading.protected ? this.reading.maxContent : maxPlaintext);
    if (isTooLong && this.reading.protected) throw new Problem('dataLengthTooLong', 'dtls1_process_record');
    const { header, version } = record;
    return isTooLong ? undefined : { type, bytes, header, version, hidden: false, isFromBefore: opened.isFromBefore };
  }

  private fragment(fragment: Fragment, header: Uint8Array, { busy }: Stage): void {
    if (!this.began && fragment.type !== ClientHello.type) return;
    if (!this.began) this.begin(fragment, header);
    const isRepetition = busy ? fragment.sequence === this.assembly.next - 1 : fragment.type === Finished.type;
    // The peer's next flight shows that it has the whole of ours.
    const isMissed = !busy || !this.departures.isAnswered;
    if (isRepetition && isMissed && fragment.offset === 0) this.departures.repeat();
    if (!isRepetition && this.assembly.push(fragment) === 'tooLong')
      throw new Problem('excessiveMessageSize', 'dtls1_preprocess_fragment');
  }

  /** Continues the sequence numbers of the hello that passed the cookie exchange. */
  private begin({ sequence }: Fragment, header: Uint8Array): void {
    this.began = true;
    this.assembly.restart(sequence);
    this.departures.begin({ message: sequence, record: sequenceOf(header) });
  }
}

/** Milliseconds (RFC 6347 section 4.2.4.1). */
const usualTimeout = 1000;

/** Maximum number of records buffered for the next epoch. */
const mostAhead = 8;
