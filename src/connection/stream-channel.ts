import type { Settings } from '../handshake/settings.ts';
import { StreamAssembly } from '../handshake/stream-assembly.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { Version } from '../names/versions.ts';
import { ReadHalf } from '../record/read-half.ts';
import { type Expectation, type OpenedRecord, RecordReader, type WireRecord } from '../record/record-reader.ts';
import type { Arrival, Channel, ChannelOptions } from './channel.ts';
import type { Handshakes } from './handshakes.ts';
import { messageLimit } from './message-limit.ts';
import type { Observer } from './observer.ts';
import { Outgoing } from './outgoing.ts';

/** Records of a stream: whatever is not as it must be is a Problem. */
export class StreamChannel implements Channel {
  readonly where = 'ssl3_read_bytes';
  /** A stream has no timers of its own. */
  readonly deadline: number | undefined = undefined;
  readonly departures: Outgoing;
  private readonly settings: Settings;
  private readonly tell: Observer;
  private readonly reader: RecordReader;
  private readonly assembly = new StreamAssembly();

  constructor({ settings, tell, toPeer }: ChannelOptions) {
    this.settings = settings;
    this.tell = tell;
    this.reader = new RecordReader(new ReadHalf(), tell);
    this.departures = new Outgoing({
      readHalf: this.reader.half,
      tell,
      toPeer,
      maxSendFragment: settings.maxSendFragment,
    });
  }

  get unread(): number {
    return this.reader.unread;
  }

  get midway(): boolean {
    return this.assembly.midway;
  }

  toldVersion(version: number): number {
    return version;
  }

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  next(handshakes: Handshakes): Arrival | undefined {
    const { header } = this.assembly;
    if (header !== undefined) this.checkHeader(header, handshakes);
    const message = this.assembly.next();
    return message === undefined ? this.nextRecord(handshakes) : { what: 'message', message };
  }

  expire(): void {}

  ended(): void {
    this.reader.ended();
    if (!this.settings.ignoreUnexpectedEof) throw new Problem('unexpectedEofWhileReading', 'ssl3_read_n');
  }

  answered(): void {}

  rest(): void {}

  private nextRecord(handshakes: Handshakes): Arrival | undefined {
    const { agreedVersion, established } = handshakes;
    const expectation = {
      recordVersion: agreedVersion === Version['TLSv1.3'] ? undefined : agreedVersion,
      firstHandshake: established === undefined,
    };
    const header = this.reader.nextHeader(expectation);
    const record = header && this.reader.next(header);
    if (record === undefined) return undefined;
    const opened = this.open(record, expectation, handshakes);
    if (opened === undefined) return { what: 'part' };
    if (opened.hidden) this.tell.inner?.('read', opened.type, handshakes.version);
    return this.content(record, opened, handshakes);
  }

  /** Undefined for a record of rejected early data, which is skipped (RFC 8446 section 4.2.10). */
  private open(record: WireRecord, expectation: Expectation, { latest }: Handshakes): OpenedRecord | undefined {
    const early = latest?.earlyData;
    if (early?.fate !== 'undecryptable') return this.reader.open(record, expectation);
    const opened = this.reader.openIfGenuine(record, expectation);
    if (opened === undefined) early.take(record.body.length);
    else if (opened.hidden && latest) latest.earlyData = undefined;
    return opened;
  }

  private content(record: WireRecord, { type, content, hidden }: OpenedRecord, handshakes: Handshakes): Arrival {
    if (record.sslv2) {
      const hello = { type: ClientHello.type, body: content, bytes: content, endsRecord: true } as const;
      return { what: 'message', message: { ...hello, sslv2: true } };
    }
    if (this.midway && type !== ContentType.handshake) this.refuseInterruption(type, handshakes);
    if (handshakes.agreedVersion === undefined) this.checkFirst(type, record.version, handshakes);
    switch (type) {
      case ContentType.handshake:
        this.assembly.push(content);
        return { what: 'part' };
      case ContentType.alert:
        return { what: 'alert', content };
      case ContentType.changeCipherSpec:
        return { what: 'changeCipherSpec', content };
      case ContentType.applicationData:
        return { what: 'data', content };
      default:
        throw new Problem('unexpectedRecord', this.where, { bytes: hidden ? content : record.header });
    }
  }

  /** Before a version is agreed on only handshake messages have a meaning; the answer is in the record's version. */
  private checkFirst(type: number, version: number, { latest }: Handshakes): void {
    if (type === ContentType.handshake || type === ContentType.changeCipherSpec) return;
    if (latest) latest.context = { ...latest.context, version };
    throw new Problem('unexpectedMessage', this.where);
  }

  private refuseInterruption(type: number, { agreedVersion }: Handshakes): void {
    if (agreedVersion === Version['TLSv1.3']) throw new Problem('mixedHandshakeAndNonHandshakeData', this.where);
    if (type === ContentType.changeCipherSpec) throw new Problem('ccsReceivedEarly', this.where);
  }

  /** What can be refused as soon as a message's type and length are known. */
  private checkHeader(
    { type, length }: { readonly type: number; readonly length: number },
    handshakes: Handshakes,
  ): void {
    if (!handshakes.expects(type) && !this.settings.toleratesBroken)
      throw new Problem('unexpectedMessage', 'ossl_statem_server_read_transition');
    if (length > messageLimit(type)) throw new Problem('excessiveMessageSize', 'read_state_machine');
  }
}
