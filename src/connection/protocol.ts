import type { CertificateWish } from '../handshake/certificate-requests.ts';
import type { EarlyData } from '../handshake/early-data.ts';
import type { Established } from '../handshake/established.ts';
import type { Incoming, Surroundings } from '../handshake/flow.ts';
import type { SessionInfo } from '../handshake/session-info.ts';
import type { Settings } from '../handshake/settings.ts';
import { changeCipherSpecType } from '../handshake/states.ts';
import { StreamAssembly } from '../handshake/stream-assembly.ts';
import { AlertLevel } from '../messages/alert.ts';
import { ClientHello } from '../messages/client-hello.ts';
import type { AlertName } from '../names/alerts.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { State } from '../names/states.ts';
import { Version } from '../names/versions.ts';
import { ReadHalf } from '../record/read-half.ts';
import {
  type Expectation,
  type OpenedRecord,
  RecordReader,
  sslv2Version,
  type WireRecord,
} from '../record/record-reader.ts';
import type { Conversation } from './conversation.ts';
import { Handshakes } from './handshakes.ts';
import { messageLimit } from './message-limit.ts';
import type { Observer } from './observer.ts';
import { Outgoing } from './outgoing.ts';
import { AlertReader } from './received-alert.ts';
import type { Settle } from './runner.ts';

const where = 'ssl3_read_bytes';

/** What comes out of the protocol besides bytes and what observers see. */
export interface ProtocolEvents {
  toPeer(parts: readonly Uint8Array[]): void;
  plaintext(content: Uint8Array): void;
  /** Accepted early data: before the handshake is done, and perhaps sent again by somebody else. */
  earlyData(content: Uint8Array): void;
  /** A handshake is done, the first one or a renegotiation, or the client has answered a later request. */
  established(info: SessionInfo): void;
  /** A message was read after the handshake that was no application data. */
  idle(): void;
  /** The peer has said close_notify, or its FIN counts as that. */
  closed(): void;
}

export interface ProtocolOptions {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly tell: Observer;
  readonly events: ProtocolEvents;
  readonly settle: Settle;
}

/** The rules of TLS over a stream: which record and which message may come when, and what it leads to. */
export class Protocol implements Conversation {
  /** A stream has no timers of its own. */
  readonly deadline: number | undefined = undefined;
  private readonly settings: Settings;
  private readonly tell: Observer;
  private readonly events: ProtocolEvents;
  private readonly reader: RecordReader;
  private readonly outgoing: Outgoing;
  private readonly handshakes: Handshakes;
  private readonly assembly = new StreamAssembly();
  private readonly alerts = new AlertReader(where);
  private closeReceived = false;
  private closeSent = false;

  constructor({ settings, surroundings, tell, events, settle }: ProtocolOptions) {
    this.settings = settings;
    this.tell = tell;
    this.events = events;
    this.reader = new RecordReader(new ReadHalf(), tell);
    this.outgoing = new Outgoing({
      readHalf: this.reader.half,
      tell,
      toPeer: (parts) => events.toPeer(parts),
      maxSendFragment: settings.maxSendFragment,
    });
    this.handshakes = new Handshakes({
      settings,
      surroundings,
      tell,
      carrier: this.outgoing,
      settle,
      established: (info) => events.established(info),
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

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  get unread(): number {
    return this.reader.unread;
  }

  step(): boolean {
    this.handshakes.begin();
    const { header } = this.assembly;
    if (header !== undefined) this.checkHeader(header);
    const message = this.assembly.next();
    if (message === undefined) return this.stepRecord();
    this.received(message);
    return true;
  }

  peerEnded(): void {
    this.reader.ended();
    if (!this.settings.ignoreUnexpectedEof) throw new Problem('unexpectedEofWhileReading', 'ssl3_read_n');
    this.closedByPeer();
  }

  expire(): void {}

  send(plaintext: Uint8Array): void {
    this.handshakes.payKeyUpdate();
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
    // After our close_notify nothing more is said, and what goes wrong then costs no session.
    const says = alert !== undefined && !this.closeSent;
    if (says || alert === undefined) this.handshakes.forgetSession();
    if (says) this.sendAlert('fatal', alert);
    else this.outgoing.flush();
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

  private stepRecord(): boolean {
    const expectation = {
      recordVersion: this.handshakes.agreedVersion === Version['TLSv1.3'] ? undefined : this.handshakes.agreedVersion,
      firstHandshake: this.established === undefined,
    };
    const header = this.reader.nextHeader(expectation);
    if (header === undefined) return false;
    const record = this.reader.next(header);
    if (record === undefined) return false;
    const opened = this.open(record, expectation);
    if (opened?.hidden) this.tell.inner?.('read', opened.type, this.handshakes.version);
    if (opened !== undefined) this.content(record, opened);
    return true;
  }

  /** Undefined for a record of rejected early data, which is skipped (RFC 8446 section 4.2.10). */
  private open(record: WireRecord, expectation: Expectation): OpenedRecord | undefined {
    const early = this.handshakes.latest?.earlyData;
    if (early?.fate !== 'undecryptable') return this.reader.open(record, expectation);
    const opened = this.reader.openIfGenuine(record, expectation);
    if (opened === undefined) early.take(record.body.length);
    else if (opened.hidden && this.handshakes.latest) this.handshakes.latest.earlyData = undefined;
    return opened;
  }

  private content(record: WireRecord, { type, content, hidden }: OpenedRecord): void {
    if (record.sslv2) {
      this.received({ type: ClientHello.type, body: content, bytes: content, endsRecord: true, sslv2: true });
      return;
    }
    if (type !== ContentType.alert) this.alerts.interrupted();
    if (this.assembly.midway && type !== ContentType.handshake) this.refuseInterruption(type);
    if (this.handshakes.agreedVersion === undefined) this.checkFirst(type, record.version);
    switch (type) {
      case ContentType.handshake:
        this.assembly.push(content);
        return;
      case ContentType.alert:
        this.alert(content);
        return;
      case ContentType.changeCipherSpec:
        this.changeCipherSpec(content);
        return;
      case ContentType.applicationData:
        if (this.handshakes.latest?.earlyData) this.earlyData(this.handshakes.latest.earlyData, content);
        else this.applicationData(content);
        return;
      default:
        throw new Problem('unexpectedRecord', where, { bytes: hidden ? content : record.header });
    }
  }

  /** Before a version is agreed on only handshake messages have a meaning; the answer is in the record's version. */
  private checkFirst(type: number, version: number): void {
    if (type === ContentType.handshake || type === ContentType.changeCipherSpec) return;
    if (this.handshakes.latest) this.handshakes.latest.context = { ...this.handshakes.latest.context, version };
    throw new Problem('unexpectedMessage', where);
  }

  private refuseInterruption(type: number): void {
    if (this.handshakes.agreedVersion === Version['TLSv1.3'])
      throw new Problem('mixedHandshakeAndNonHandshakeData', where);
    if (type === ContentType.changeCipherSpec) throw new Problem('ccsReceivedEarly', where);
  }

  private alert(content: Uint8Array): void {
    const [level, description] = content;
    if (level === undefined || description === undefined || content.length !== 2) {
      throw new Problem('invalidAlert', where);
    }
    this.tell.message?.('read', ContentType.alert, this.handshakes.version, content);
    this.tell.alert?.('read', level, description);
    if (this.alerts.read(level, description, this.handshakes.version) === 'closes') this.closedByPeer();
  }

  private closedByPeer(): void {
    if (this.closeReceived) return;
    this.closeReceived = true;
    this.events.closed();
  }

  private changeCipherSpec(content: Uint8Array): void {
    if (this.handshakes.agreedVersion === Version['TLSv1.3']) {
      const good = content.length === 1 && content[0] === 1;
      if (!good) throw new Problem('invalidCcsMessage', 'ssl3_get_record', { alert: 'illegal_parameter' });
      return;
    }
    if (!this.handshakes.busy) throw new Problem('ccsReceivedEarly', where);
    this.handshakes.received({ type: changeCipherSpecType, body: content, bytes: content, endsRecord: true });
  }

  private earlyData(early: EarlyData, content: Uint8Array): void {
    early.take(content.length);
    if (early.fate === 'accepted' && content.length > 0) this.events.earlyData(content);
  }

  /** In a renegotiation data goes on until the client's ChangeCipherSpec. */
  private applicationData(content: Uint8Array): void {
    const betweenKeys = this.handshakes.busy && this.handshakes.latest?.keysChanging;
    if (this.established === undefined || betweenKeys) throw new Problem('unexpectedRecord', where, { bytes: content });
    if (content.length > 0) this.events.plaintext(content);
  }

  /** What can be refused as soon as a message's type and length are known. */
  private checkHeader({ type, length }: { readonly type: number; readonly length: number }): void {
    if (!this.handshakes.expects(type) && !this.settings.toleratesBroken)
      throw new Problem('unexpectedMessage', 'ossl_statem_server_read_transition');
    if (length > messageLimit(type)) throw new Problem('excessiveMessageSize', 'read_state_machine');
  }

  private received(message: Incoming): void {
    if (message.sslv2) this.tell.message?.('read', 0, sslv2Version, message.bytes);
    else this.tell.message?.('read', ContentType.handshake, this.handshakes.version, message.bytes);
    const wasOpen = this.established !== undefined;
    // A hello that has crossed our goodbye.
    const tooLate = this.closeSent && !this.handshakes.busy && message.type === ClientHello.type;
    if (!tooLate) this.handshakes.received(message);
    if (wasOpen && !this.handshakes.busy && !this.assembly.midway) this.events.idle();
  }
}
