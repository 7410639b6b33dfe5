import type { KeyPhase } from '../handshake/flow/flow.ts';
import { Version } from '../names/versions.ts';
import type { ReadProtection, WriteProtection } from '../record/protection.ts';
import type { ReadHalf } from '../record/read-half.ts';
import { headerLength } from '../record/record-reader.ts';
import { WriteHalf } from '../record/write-half.ts';
import type { Departures } from './channel.ts';
import type { Observer } from './observer.ts';

export interface StreamDeparturesOptions {
  /** The read direction, whose protection changes with the handshake. */
  readonly readHalf: ReadHalf;
  readonly tell: Observer;
  toPeer(parts: readonly Uint8Array[]): void;
  /** Maximum bytes of content in a record. */
  readonly maxSendFragment: number;
}

/** StreamDepartures splits outgoing content into records, reports them, and sends a flight in one piece. */
export class StreamDepartures implements Departures {
  private readonly half = new WriteHalf();
  private readonly readHalf: ReadHalf;
  private readonly tell: Observer;
  private readonly toPeer: (parts: readonly Uint8Array[]) => void;
  private readonly maxSendFragment: number;
  private flight: Uint8Array[] = [];

  constructor({ readHalf, tell, toPeer, maxSendFragment }: StreamDeparturesOptions) {
    this.readHalf = readHalf;
    this.tell = tell;
    this.toPeer = toPeer;
    this.maxSendFragment = maxSendFragment;
    this.half.maxFragment = maxSendFragment;
  }

  message(type: number, version: number, bytes: Uint8Array): Uint8Array {
    this.signal(type, version, bytes);
    return bytes;
  }

  signal(type: number, version: number, content: Uint8Array): void {
    this.records(type, version, content);
    this.tell.message?.('write', type, version, content);
  }

  content(type: number, version: number, content: Uint8Array): void {
    this.records(type, version, content);
    this.flush();
  }

  protectReading(_phase: KeyPhase, protection: ReadProtection): void {
    this.readHalf.use(protection);
  }

  protectWriting(_phase: KeyPhase, protection: WriteProtection): void {
    this.half.use(protection);
  }

  limitFragments(length: number): void {
    this.half.maxFragment = Math.min(length, this.maxSendFragment);
  }

  limitReading(length: number): void {
    this.readHalf.maxContent = length;
  }

  raw(bytes: Uint8Array): void {
    this.flight.push(bytes);
    this.flush();
  }

  flush(): void {
    if (this.flight.length === 0) return;
    const flight = this.flight;
    this.flight = [];
    if (this.tell.write !== undefined) this.tell.write(Buffer.concat(flight));
    this.toPeer(flight);
  }

  private records(type: number, version: number, content: Uint8Array): void {
    const recordVersion = Math.min(version, Version['TLSv1.2']);
    for (const record of this.half.seal(type, recordVersion, content)) {
      const header = record[0]?.subarray(0, headerLength) ?? new Uint8Array(0);
      this.tell.record?.('write', header, header[0] ?? 0);
      if (this.half.hidesType) this.tell.inner?.('write', type, recordVersion);
      for (const part of record) this.flight.push(part);
    }
  }
}
