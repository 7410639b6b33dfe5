import type { CertificateWish } from '../handshake/certificate-requests.ts';
import { DatagramAssembly, type Fragment, fragmentsOf } from '../handshake/datagram-assembly.ts';
import { datagramRoom } from '../handshake/datagram-room.ts';
import type { Established } from '../handshake/established.ts';
import type { Incoming } from '../handshake/flow.ts';
import { changeCipherSpecType } from '../handshake/states.ts';
import { AlertLevel } from '../messages/alert.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { Finished } from '../messages/finished.ts';
import type { AlertName } from '../names/alerts.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { State } from '../names/states.ts';
import { dtlsVersionOf, Version } from '../names/versions.ts';
import { type DatagramRecord, recordsOf } from '../record/datagram-record.ts';
import { maxCiphertext, maxPlaintext } from '../record/limits.ts';
import { ReadEpoch } from '../record/read-epoch.ts';
import type { Conversation } from './conversation.ts';
import { DatagramOutgoing, readLength, untoldVersion } from './datagram-outgoing.ts';
import { Handshakes } from './handshakes.ts';
import { messageLimit } from './message-limit.ts';
import type { Observer } from './observer.ts';
import type { ProtocolEvents, ProtocolOptions } from './protocol.ts';
import { AlertReader } from './received-alert.ts';

const where = 'dtls1_read_bytes';

/**
 * The rules of DTLS (RFC 6347): which record and which message may come when, and what it leads to. What cannot be meant
 * for us is passed over in silence, as anybody can send it in the peer's name.
 *
 * The client has been greeted before (handshake/datagram-greeting.ts): the first datagram holds its hello with a cookie.
 */
export class DatagramProtocol implements Conversation {
  private readonly tell: Observer;
  private readonly events: ProtocolEvents;
  private readonly reading = new ReadEpoch();
  private readonly outgoing: DatagramOutgoing;
  private readonly handshakes: Handshakes;
  private readonly assembly = new DatagramAssembly(messageLimit);
  private readonly alerts = new AlertReader(where);
  private readonly listens: boolean;
  private records: DatagramRecord[] = [];
  /** Of the next epoch, whose keys are not there yet. */
  private ahead: DatagramRecord[] = [];
  /** Application data that has overtaken the end of its handshake. */
  private early: Uint8Array[] = [];
  /** ChangeCipherSpec has come before its turn. */
  private keysWillChange = false;
  private began = false;
  private closeReceived = false;
  private closeSent = false;

  constructor({ settings, surroundings, tell, events, settle }: ProtocolOptions) {
    this.tell = tell;
    this.events = events;
    this.listens = settings.datagrams?.listens === true;
    this.outgoing = new DatagramOutgoing({
      reading: this.reading,
      tell,
      toPeer: (datagrams) => events.toPeer(datagrams),
      now: () => surroundings.now(),
      maxSendFragment: settings.maxSendFragment,
      room: datagramRoom(settings.datagrams, surroundings.peer),
    });
    this.handshakes = new Handshakes({
      settings,
      surroundings,
      tell,
      carrier: this.outgoing,
      settle,
      established: (info) => {
        events.established(info);
        this.handshakeOver();
      },
      refusedRenegotiation: () => this.outgoing.warn('no_renegotiation', this.handshakes.version),
    });
  }

  get established(): Established | undefined {
    return this.handshakes.established;
  }

  get awaitsAnswer(): boolean {
    return this.handshakes.awaitsAnswer;
  }

  get closed(): boolean {
    return this.closeReceived;
  }

  get writable(): boolean {
    return this.established !== undefined && !this.handshakes.busy;
  }

  /** A flight is sent again by itself only while its answer is needed. */
  get deadline(): number | undefined {
    return this.handshakes.busy && !this.awaitsAnswer ? this.outgoing.deadline : undefined;
  }

  get unread(): number {
    return this.records.reduce((sum, { body }) => sum + body.length, 0);
  }

  push(datagram: Uint8Array): void {
    if (this.began || !this.listens) this.tell.read?.(datagram, readLength);
    for (const record of recordsOf(datagram)) this.records.push(record);
  }

  step(): boolean {
    this.handshakes.begin();
    if (this.changeKeys()) return true;
    const message = this.assembly.take();
    if (message !== undefined) {
      this.received(message);
      return true;
    }
    const held = this.takeAhead();
    const record = held ?? this.records.shift();
    if (record === undefined) return false;
    if (held === undefined) this.record(record);
    else this.open(record);
    return true;
  }

  expire(): void {
    if (this.deadline === undefined) return;
    this.outgoing.expire();
    this.tell.note?.('flightRepeated', {});
  }

  /** Datagrams have no end: whoever calls this has given up on the peer. */
  peerEnded(): void {
    this.closedByPeer();
  }

  send(plaintext: Uint8Array): void {
    this.outgoing.applicationData(this.handshakes.version, plaintext);
  }

  sendRaw(bytes: Uint8Array): void {
    this.outgoing.raw(bytes);
  }

  sendAlert(level: 'warning' | 'fatal', name: AlertName): void {
    if (name === 'close_notify') this.closeSent = true;
    this.outgoing.alert(AlertLevel[level], name, this.handshakes.version);
  }

  abandon(alert: AlertName | undefined): void {
    this.handshakes.stop();
    if (alert === undefined) this.outgoing.flush();
    else this.sendAlert('fatal', alert);
    if (this.established === undefined) this.tell.state?.('error', State.error);
  }

  updateKeys(request: { readonly requestPeer: boolean }): void {
    this.handshakes.updateKeys(request);
  }

  renegotiate(certificate: CertificateWish | undefined): void {
    this.handshakes.renegotiate(certificate);
  }

  requestCertificate(): void {
    this.handshakes.requestCertificate();
  }

  private get wireVersion(): number {
    return dtlsVersionOf(this.handshakes.version);
  }

  /** ChangeCipherSpec may get lost or be overtaken: a record under the new keys says the same. */
  private changeKeys(): boolean {
    if (!this.keysWillChange && this.ahead.length === 0) return false;
    if (!this.handshakes.expects(changeCipherSpecType)) return false;
    const body = Uint8Array.of(1);
    if (this.keysWillChange) this.tell.message?.('read', ContentType.changeCipherSpec, this.wireVersion, body);
    this.keysWillChange = false;
    this.handshakes.received({ type: changeCipherSpecType, body, bytes: body, endsRecord: true });
    return true;
  }

  /** A record that came before the keys to open it. */
  private takeAhead(): DatagramRecord | undefined {
    return this.ahead[0]?.epoch === this.reading.number ? this.ahead.shift() : undefined;
  }

  private record(record: DatagramRecord): void {
    if (this.began || !this.listens) this.tell.record?.('read', record.header, record.type, untoldVersion);
    if (!this.isOurs(record)) return;
    if (record.epoch !== this.reading.number + 1) this.open(record);
    else if (this.handshakes.busy && this.ahead.length < mostAhead) this.ahead.push(record);
  }

  private open(record: DatagramRecord): void {
    const opened = this.reading.open(record);
    if (opened !== undefined) this.content(record, opened.content);
  }

  private isOurs({ type, version, body }: DatagramRecord): boolean {
    if (version >>> 8 !== Version.DTLSv1 >>> 8 || body.length > maxCiphertext) return false;
    // An alert may come from a client that did not understand our version.
    return this.handshakes.agreedVersion === undefined || type === ContentType.alert || version === this.wireVersion;
  }

  private content(record: DatagramRecord, content: Uint8Array): void {
    if (content.length > (this.reading.protected ? this.reading.maxContent : maxPlaintext)) {
      if (this.reading.protected) throw new Problem('dataLengthTooLong', 'dtls1_process_record');
      return;
    }
    if (record.type !== ContentType.alert) this.alerts.interrupted();
    switch (record.type) {
      case ContentType.handshake:
        for (const fragment of fragmentsOf(content)) this.fragment(record, fragment);
        return;
      case ContentType.alert:
        this.alert(content);
        return;
      case ContentType.changeCipherSpec:
        if (this.handshakes.busy && content.length === 1 && content[0] === 1) this.keysWillChange = true;
        return;
      case ContentType.applicationData:
        this.applicationData(content);
        return;
    }
  }

  private fragment(record: DatagramRecord, fragment: Fragment): void {
    if (!this.began) {
      if (fragment.type !== ClientHello.type) return;
      this.began = true;
      this.assembly.restart(fragment.sequence);
      this.outgoing.begin({ message: fragment.sequence, record: record.sequence });
    }
    const isRepetition = this.handshakes.busy
      ? fragment.sequence === this.assembly.next - 1
      : fragment.type === Finished.type;
    if (isRepetition) {
      if (fragment.offset === 0) this.outgoing.repeat();
      return;
    }
    this.assembly.push(fragment);
  }

  private alert(content: Uint8Array): void {
    const [level, description] = content;
    if (level === undefined || description === undefined || content.length !== 2) {
      throw new Problem('invalidAlert', where);
    }
    this.tell.message?.('read', ContentType.alert, this.wireVersion, content);
    this.tell.alert?.('read', level, description);
    if (this.alerts.read(level, description, this.handshakes.version) === 'closes') this.closedByPeer();
  }

  private closedByPeer(): void {
    if (this.closeReceived) return;
    this.closeReceived = true;
    this.events.closed();
  }

  /** In a renegotiation data goes on; what comes under the new keys waits for their Finished. */
  private applicationData(content: Uint8Array): void {
    if (!this.reading.protected) return;
    const betweenKeys = this.handshakes.busy && this.handshakes.latest?.keysChanging;
    if (this.established === undefined || betweenKeys) {
      if (this.early.length < mostAhead) this.early.push(content);
      return;
    }
    if (!this.handshakes.busy) this.outgoing.forgetFlight();
    if (content.length > 0) this.events.plaintext(content);
  }

  private received(message: Incoming): void {
    this.outgoing.answered();
    this.tell.message?.('read', ContentType.handshake, this.wireVersion, message.bytes);
    const wasOpen = this.established !== undefined;
    // A hello that has crossed our goodbye.
    const tooLate = this.closeSent && !this.handshakes.busy && message.type === ClientHello.type;
    if (!tooLate) this.handshakes.received(message);
    if (!wasOpen || this.handshakes.busy) return;
    // Also where there was none: the next hello is numbered anew.
    this.assembly.restart();
    this.events.idle();
  }

  private handshakeOver(): void {
    this.assembly.restart();
    this.outgoing.handshakeOver();
    this.keysWillChange = false;
    for (const content of this.early.splice(0)) if (content.length > 0) this.events.plaintext(content);
  }
}

/** Records that are kept before their turn. */
const mostAhead = 8;
