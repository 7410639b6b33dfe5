import { StreamAssembly } from '../handshake/carriers/stream-assembly.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { Problem } from '../names/problems.ts';
import { Version } from '../names/versions.ts';
import { ReadHalf } from '../record/read-half.ts';
import { type Expectation, type OpenedRecord, RecordReader, type WireRecord } from '../record/record-reader.ts';
import type { Arrival, Channel, ChannelOptions, Content, Stage } from './channel.ts';
import { messageLimit } from './message-limit.ts';
import type { Observer } from './observer.ts';
import { StreamDepartures } from './stream-departures.ts';

/** StreamChannel reads the records of a stream: every violation is a Problem. */
export class StreamChannel implements Channel {
  readonly where = 'ssl3_read_bytes';
  /** A stream has no timers. */
  readonly deadline: number | undefined = undefined;
  readonly departures: StreamDepartures;
  private readonly settings: Settings;
  private readonly tell: Observer;
  private readonly reader: RecordReader;
  private readonly assembly = new StreamAssembly();

  constructor({ settings, tell, toPeer }: ChannelOptions) {
    this.settings = settings;
    this.tell = tell;
    this.reader = new RecordReader(new ReadHalf(), tell);
    this.departures = new StreamDepartures({
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

  next(stage: Stage): Arrival | undefined {
    const { header } = this.assembly;
    if (header !== undefined) this.checkHeader(header, stage);
    const message = this.assembly.next();
    return message === undefined ? this.nextRecord(stage) : { what: 'message', message };
  }

  assemble({ bytes }: Content): void {
    this.assembly.push(bytes);
  }

  expire(): void {}

  ended(): Problem | undefined {
    this.reader.ended();
    return this.settings.ignoreUnexpectedEof ? undefined : new Problem('unexpectedEofWhileReading', 'ssl3_read_n');
  }

  answered(): void {}

  confirmed(): void {}

  rest(): void {}

  private nextRecord(stage: Stage): Arrival | undefined {
    const recordVersion = stage.agreedVersion === Version['TLSv1.3'] ? undefined : stage.agreedVersion;
    const expectation = { recordVersion, firstHandshake: !stage.open };
    for (;;) {
      const header = this.reader.nextHeader(expectation);
      const record = header && this.reader.next(header);
      if (record === undefined) return undefined;
      const opened = this.open(record, expectation, stage);
      if (opened !== undefined) return this.arrival(record, opened, stage);
    }
  }

  /** Undefined for a skipped record. */
  private open(record: WireRecord, expectation: Expectation, stage: Stage): OpenedRecord | undefined {
    if (!stage.skipsEarlyData) return this.reader.open(record, expectation);
    const opened = this.reader.openIfGenuine(record, expectation);
    if (opened === undefined) stage.skipped(record.body.length);
    else if (opened.hidden) stage.endSkipping();
    return opened;
  }

  private arrival({ header, version, sslv2 }: WireRecord, opened: OpenedRecord, stage: Stage): Arrival {
    const { type, content: bytes, hidden } = opened;
    if (sslv2) {
      const message = { type: ClientHello.type, body: bytes, bytes, endsRecord: true, sslv2: true } as const;
      return { what: 'message', message };
    }
    if (hidden) this.tell.inner?.('read', type, stage.version);
    return { what: 'content', content: { type, bytes, header, version, hidden } };
  }

  /** Refuses a message as soon as its type and length are known. */
  private checkHeader({ type, length }: { readonly type: number; readonly length: number }, stage: Stage): void {
    if (!stage.expects(type) && !this.settings.toleratesBroken)
      throw new Problem('unexpectedMessage', 'ossl_statem_server_read_transition');
    if (length > messageLimit(type)) throw new Problem('excessiveMessageSize', 'read_state_machine');
  }
}
