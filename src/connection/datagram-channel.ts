import { DatagramAssembly, type Fragment, fragmentsOf } from '../handshake/datagram-assembly.ts';
import { datagramRoom } from '../handshake/datagram-room.ts';
import { changeCipherSpecType } from '../handshake/states.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { Finished } from '../messages/finished.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { dtlsVersionOf, Version } from '../names/versions.ts';
import { type DatagramRecord, recordsOf } from '../record/datagram-record.ts';
import { maxCiphertext, maxPlaintext } from '../record/limits.ts';
import { ReadEpoch } from '../record/read-epoch.ts';
import type { Arrival, Channel, ChannelOptions } from './channel.ts';
import { DatagramOutgoing, readLength, untoldVersion } from './datagram-outgoing.ts';
import type { Handshakes } from './handshakes.ts';
import { messageLimit } from './message-limit.ts';
import type { Observer } from './observer.ts';

/**
 * Records in datagrams (RFC 6347). What cannot be meant for us is passed over in silence, as anybody can send it in the
 * peer's name.
 *
 * The client has been greeted before (handshake/datagram-greeting.ts): the first datagram holds its hello with a cookie.
 */
export class DatagramChannel implements Channel {
  readonly where = 'dtls1_read_bytes';
  readonly midway = false;
  readonly departures: DatagramOutgoing;
  private readonly tell: Observer;
  private readonly listens: boolean;
  private readonly reading = new ReadEpoch();
  private readonly assembly = new DatagramAssembly(messageLimit);
  private records: DatagramRecord[] = [];
  /** Of the next epoch, whose keys are not there yet. */
  private ahead: DatagramRecord[] = [];
  /** Application data that has overtaken the end of its handshake. */
  private early: Uint8Array[] = [];
  /** ChangeCipherSpec has come before its turn. */
  private keysWillChange = false;
  private began = false;

  constructor({ settings, surroundings, tell, toPeer }: ChannelOptions) {
    this.tell = tell;
    this.listens = settings.datagrams?.listens === true;
    this.departures = new DatagramOutgoing({
      reading: this.reading,
      tell,
      toPeer,
      now: () => surroundings.now(),
      maxSendFragment: settings.maxSendFragment,
      room: datagramRoom(settings.datagrams, surroundings.peer),
    });
  }

  get deadline(): number | undefined {
    return this.departures.deadline;
  }

  get unread(): number {
    return this.records.reduce((sum, { body }) => sum + body.length, 0);
  }

  toldVersion(version: number): number {
    return dtlsVersionOf(version);
  }

  push(datagram: Uint8Array): void {
    if (this.began || !this.listens) this.tell.read?.(datagram, readLength);
    for (const record of recordsOf(datagram)) this.records.push(record);
  }

  next(handshakes: Handshakes): Arrival | undefined {
    if (this.keysChange(handshakes)) return { what: 'changeCipherSpec', content: Uint8Array.of(1) };
    const message = this.assembly.take();
    if (message !== undefined) return { what: 'message', message };
    const early = handshakes.busy ? undefined : this.early.shift();
    if (early !== undefined) return { what: 'data', content: early };
    const held = this.takeAhead();
    const record = held ?? this.records.shift();
    if (record === undefined) return undefined;
    const arrival = held === undefined ? this.record(record, handshakes) : this.open(record, handshakes);
    return arrival ?? this.next(handshakes);
  }

  expire(): void {
    this.departures.expire();
    this.tell.note?.('flightRepeated', {});
  }

  /** Datagrams have no end: whoever calls this has given up on the peer. */
  ended(): void {}

  answered(): void {
    this.departures.answered();
  }

  rest(finished?: 'finished'): void {
    this.assembly.restart();
    if (finished === undefined) return;
    this.departures.handshakeOver();
    this.keysWillChange = false;
  }

  /** ChangeCipherSpec may get lost or be overtaken: a record under the new keys says the same. */
  private keysChange(handshakes: Handshakes): boolean {
    if (!this.keysWillChange && this.ahead.length === 0) return false;
    if (!handshakes.expects(changeCipherSpecType)) return false;
    const version = this.toldVersion(handshakes.version);
    if (this.keysWillChange) this.tell.message?.('read', ContentType.changeCipherSpec, version, Uint8Array.of(1));
    this.keysWillChange = false;
    return true;
  }

  /** A record that came before the keys to open it. */
  private takeAhead(): DatagramRecord | undefined {
    return this.ahead[0]?.epoch === this.reading.number ? this.ahead.shift() : undefined;
  }

  private record(record: DatagramRecord, handshakes: Handshakes): Arrival | undefined {
    if (this.began || !this.listens) this.tell.record?.('read', record.header, record.type, untoldVersion);
    if (!this.isOurs(record, handshakes)) return undefined;
    if (record.epoch !== this.reading.number + 1) return this.open(record, handshakes);
    if (handshakes.busy && this.ahead.length < mostAhead) this.ahead.push(record);
    return undefined;
  }

  private isOurs({ type, version, body }: DatagramRecord, { agreedVersion }: Handshakes): boolean {
    if (version >>> 8 !== Version.DTLSv1 >>> 8 || body.length > maxCiphertext) return false;
    // An alert may come from a client that did not understand our version.
    return agreedVersion === undefined || type === ContentType.alert || version === this.toldVersion(agreedVersion);
  }

  private open(record: DatagramRecord, handshakes: Handshakes): Arrival | undefined {
    const content = this.reading.open(record)?.content;
    if (content === undefined) return undefined;
    if (content.length > (this.reading.protected ? this.reading.maxContent : maxPlaintext)) {
      if (this.reading.protected) throw new Problem('dataLengthTooLong', 'dtls1_process_record');
      return undefined;
    }
    switch (record.type) {
      case ContentType.handshake:
        for (const fragment of fragmentsOf(content)) this.fragment(record, fragment, handshakes);
        return { what: 'part' };
      case ContentType.alert:
        return { what: 'alert', content };
      case ContentType.changeCipherSpec:
        if (handshakes.busy && content.length === 1 && content[0] === 1) this.keysWillChange = true;
        return { what: 'part' };
      case ContentType.applicationData:
        return this.applicationData(content, handshakes);
      default:
        return { what: 'part' };
    }
  }

  private fragment(record: DatagramRecord, fragment: Fragment, { busy }: Handshakes): void {
    if (!this.began) {
      if (fragment.type !== ClientHello.type) return;
      this.began = true;
      this.assembly.restart(fragment.sequence);
      this.departures.begin({ message: fragment.sequence, record: record.sequence });
    }
    const isRepetition = busy ? fragment.sequence === this.assembly.next - 1 : fragment.type === Finished.type;
    if (!isRepetition) this.assembly.push(fragment);
    else if (fragment.offset === 0) this.departures.repeat();
  }

  /** In a renegotiation data goes on; what comes under the new keys waits for their Finished. */
  private applicationData(content: Uint8Array, handshakes: Handshakes): Arrival {
    if (!this.reading.protected) return { what: 'part' };
    if (handshakes.takesData) {
      if (!handshakes.busy) this.departures.forgetFlight();
      return { what: 'data', content };
    }
    if (this.early.length < mostAhead) this.early.push(content);
    return { what: 'part' };
  }
}

/** Records that are kept before their turn. */
const mostAhead = 8;
