import type { Departures } from '../src/connection/channel.ts';
import { DatagramDepartures } from '../src/connection/datagram-departures.ts';
import { StreamDepartures } from '../src/connection/stream-departures.ts';
import { DatagramAssembly, fragmentsOf } from '../src/handshake/carriers/datagram-assembly.ts';
import { StreamAssembly } from '../src/handshake/carriers/stream-assembly.ts';
import type { Incoming } from '../src/handshake/flow/flow.ts';
import { ContentType } from '../src/names/content-types.ts';
import { recordsOf } from '../src/record/datagram-record.ts';
import type { Opened, ReadProtection } from '../src/record/protection.ts';
import { ReadEpoch } from '../src/record/read-epoch.ts';
import { ReadHalf } from '../src/record/read-half.ts';
import { RecordReader } from '../src/record/record-reader.ts';

/** ClientWire is a client's side of one kind of transport. */
export interface ClientWire {
  readonly departures: Departures;
  readonly datagrams: boolean;
  readonly deadline: number | undefined;
  /** Decrypts the records in a piece of a stream, or in one datagram. */
  open(bytes: Uint8Array): Iterable<Opened>;
  assemble(content: Uint8Array): void;
  take(): Incoming | undefined;
  protectReading(protection: ReadProtection): void;
  expire(): void;
  answered(): void;
  /** Called after the server's Finished: no flight is sent again. */
  over(): void;
}

export interface WireOptions {
  now(): number;
  send(bytes: Uint8Array): void;
}

export interface DatagramWireOptions extends WireOptions {
  /** Bytes in a datagram. */
  readonly room: number;
  /** Bytes of the client's connection id. */
  readonly idLength?: number;
}

export class StreamWire implements ClientWire {
  readonly departures: StreamDepartures;
  readonly datagrams = false;
  readonly deadline = undefined;
  private readonly half = new ReadHalf();
  private readonly reader = new RecordReader(this.half);
  private readonly assembly = new StreamAssembly();
  private next: ReadProtection | undefined;

  constructor({ send }: Pick<WireOptions, 'send'>) {
    this.departures = new StreamDepartures({
      ...{ readHalf: this.half, tell: {}, maxSendFragment: 16384 },
      toPeer: (parts) => send(Buffer.concat(parts)),
    });
  }

  *open(bytes: Uint8Array): Iterable<Opened> {
    this.reader.push(bytes);
    const expectation = { recordVersion: undefined, firstHandshake: true };
    for (;;) {
      const header = this.reader.nextHeader(expectation);
      const record = header && this.reader.next(header);
      if (record === undefined) return;
      yield this.reader.open(record, expectation);
      if (record.type === ContentType.changeCipherSpec && this.next) this.half.use(this.next);
    }
  }

  assemble(content: Uint8Array): void {
    this.assembly.push(content);
  }

  take(): Incoming | undefined {
    return this.assembly.next();
  }

  /** Takes effect with the server's ChangeCipherSpec. */
  protectReading(protection: ReadProtection): void {
    this.next = protection;
  }

  expire(): void {}

  answered(): void {}

  over(): void {}
}

export class DatagramWire implements ClientWire {
  readonly departures: DatagramDepartures;
  readonly datagrams = true;
  private readonly reading = new ReadEpoch();
  private readonly assembly = new DatagramAssembly(() => 0x4000);

  private readonly idLength: number;

  constructor({ now, send, room, idLength = 0 }: DatagramWireOptions) {
    this.idLength = idLength;
    this.departures = new DatagramDepartures({
      ...{ reading: this.reading, tell: {}, now, maxSendFragment: 16384, room, initialTimeout: 1000 },
      toPeer: (datagrams) => {
        for (const datagram of datagrams) send(datagram);
      },
    });
  }

  get deadline(): number | undefined {
    return this.departures.deadline;
  }

  *open(bytes: Uint8Array): Iterable<Opened> {
    for (const record of recordsOf(bytes, this.idLength)) {
      // The server repeats its flight when ours is lost.
      if (record.epoch < this.reading.number && record.type === ContentType.handshake) this.departures.repeat();
      const opened = this.reading.open(record);
      if (opened !== undefined) yield opened;
    }
  }

  assemble(content: Uint8Array): void {
    for (const fragment of fragmentsOf(content)) this.assembly.push(fragment);
  }

  take(): Incoming | undefined {
    return this.assembly.take();
  }

  protectReading(protection: ReadProtection): void {
    this.departures.protectReading('application', protection);
  }

  expire(): void {
    this.departures.expire();
  }

  answered(): void {
    this.departures.answered();
  }

  over(): void {
    this.departures.handshakeOver();
    this.assembly.restart();
  }
}
