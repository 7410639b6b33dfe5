import type { Carrier, KeyPhase } from '../handshake/flow/flow.ts';
import { AlertLevel } from '../messages/alert.ts';
import type { AlertName } from '../names/alerts.ts';
import { ContentType } from '../names/content-types.ts';
import type { ConnectionIds } from '../record/inner-plaintext.ts';
import type { ReadProtection, WriteProtection } from '../record/protection.ts';
import { alertCode } from './alert-code.ts';
import type { Channel, Departures } from './channel.ts';
import type { Observer } from './observer.ts';

/** Sender gives all outgoing content its content type, over any transport. */
export class Sender implements Carrier {
  private readonly departures: Departures;
  private readonly channel: Channel;
  private readonly tell: Observer;

  constructor(channel: Channel, tell: Observer) {
    this.channel = channel;
    this.departures = channel.departures;
    this.tell = tell;
  }

  message(version: number, bytes: Uint8Array): Uint8Array {
    return this.departures.message(ContentType.handshake, version, bytes);
  }

  changeCipherSpec(version: number): void {
    this.departures.signal(ContentType.changeCipherSpec, version, Uint8Array.of(1));
  }

  data(version: number, plaintext: Uint8Array): void {
    this.departures.content(ContentType.applicationData, version, plaintext);
  }

  warn(name: AlertName, version: number): void {
    this.alert('warning', name, version);
  }

  /** Sends an alert, if the version defines it. */
  alert(level: keyof typeof AlertLevel, name: AlertName, version: number): void {
    const description = alertCode(name, version);
    if (description === undefined) return;
    const content = Uint8Array.of(AlertLevel[level], description);
    this.departures.content(ContentType.alert, version, content);
    this.tell.message?.('write', ContentType.alert, this.channel.toldVersion(version), content);
    this.tell.alert?.('write', AlertLevel[level], description);
  }

  raw(bytes: Uint8Array): void {
    this.departures.raw(bytes);
  }

  protectReading(phase: KeyPhase, protection: ReadProtection): void {
    this.departures.protectReading(phase, protection);
  }

  protectWriting(phase: KeyPhase, protection: WriteProtection): void {
    this.departures.protectWriting(phase, protection);
  }

  identify(ids: ConnectionIds | undefined): void {
    this.departures.identify?.(ids);
  }

  limitFragments(length: number): void {
    this.departures.limitFragments(length);
  }

  limitReading(length: number): void {
    this.departures.limitReading(length);
  }

  flush(): void {
    this.departures.flush();
  }
}
