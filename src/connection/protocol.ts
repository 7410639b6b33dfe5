import { EarlyData } from '../handshake/early-data.ts';
import type { Established } from '../handshake/established.ts';
import { Flow, type Incoming, type Surroundings } from '../handshake/flow.ts';
import { type KeyUpdateResult, receiveKeyUpdate, sendKeyUpdate } from '../handshake/key-update.ts';
import { mayRenegotiate, maySendHelloRequest, requestRenegotiation } from '../handshake/renegotiation.ts';
import { provisionalVersion, serve } from '../handshake/server.ts';
import type { SessionInfo } from '../handshake/session-info.ts';
import type { Settings } from '../handshake/settings.ts';
import { changeCipherSpecType } from '../handshake/states.ts';
import { StreamAssembly } from '../handshake/stream-assembly.ts';
import { AlertLevel } from '../messages/alert.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { KeyUpdate } from '../messages/key-update.ts';
import type { AlertName } from '../names/alerts.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { State } from '../names/states.ts';
import { Version } from '../names/versions.ts';
import { ReadHalf } from '../record/read-half.ts';
import {
  type Expectation,
  headerLength,
  type OpenedRecord,
  RecordReader,
  type WireRecord,
} from '../record/record-reader.ts';
import { messageLimit } from './message-limit.ts';
import type { Observer } from './observer.ts';
import { Outgoing } from './outgoing.ts';
import { AlertReader } from './received-alert.ts';
import { Runner, type Settle } from './runner.ts';

const where = 'ssl3_read_bytes';
const readTransition = 'ossl_statem_server_read_transition';

/** What comes out of the protocol besides bytes and what observers see. */
export interface ProtocolEvents {
  toPeer(parts: readonly Uint8Array[]): void;
  plaintext(content: Uint8Array): void;
  /** Accepted early data: before the handshake is done, and perhaps sent again by somebody else. */
  earlyData(content: Uint8Array): void;
  /** A handshake is done, the first one or a renegotiation. */
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

/**
 * The rules of TLS over a stream: which record and which message may come when, and what it leads to. Every method may
 * throw a Problem; who calls turns it into the end of the conversation.
 */
export class Protocol {
  readonly runner: Runner;
  private readonly settings: Settings;
  private readonly surroundings: Surroundings;
  private readonly tell: Observer;
  private readonly events: ProtocolEvents;
  private readonly reader = new RecordReader(new ReadHalf());
  private readonly outgoing: Outgoing;
  private readonly assembly = new StreamAssembly();
  private readonly alerts = new AlertReader();
  private flow: Flow | undefined;
  private current: Established | undefined;
  private closeReceived = false;
  private owesKeyUpdate = false;
  private askedToRenegotiate = false;
  private closeSent = false;

  constructor({ settings, surroundings, tell, events, settle }: ProtocolOptions) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.tell = tell;
    this.events = events;
    this.runner = new Runner(settle);
    this.outgoing = new Outgoing({
      readHalf: this.reader.half,
      tell,
      toPeer: (parts) => events.toPeer(parts),
      maxSendFragment: settings.maxSendFragment,
    });
  }

  /** The newest finished handshake. */
  get established(): Established | undefined {
    return this.current;
  }

  /** Nothing more is read. */
  get closed(): boolean {
    return this.closeReceived;
  }

  /** Application data may be sent: not before the handshake, nor within a renegotiation. */
  get writable(): boolean {
    return this.current !== undefined && !this.runner.busy;
  }

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  /** Deals with one message or one record; false when there is none. */
  step(): boolean {
    if (this.flow === undefined) this.start();
    const { header } = this.assembly;
    if (header !== undefined) this.checkHeader(header);
    const message = this.assembly.next();
    if (message === undefined) return this.stepRecord();
    this.received(message);
    return true;
  }

  /** The peer's FIN, once all before it has been read. */
  peerEnded(): void {
    if (!this.settings.ignoreUnexpectedEof) throw new Problem('unexpectedEofWhileReading', 'ssl3_read_n');
    this.closedByPeer();
  }

  /** A KeyUpdate that the peer asked for goes before the next data, under the old keys (RFC 8446 section 4.6.3). */
  send(plaintext: Uint8Array): void {
    if (this.owesKeyUpdate) this.updateKeys({ requestPeer: false });
    this.outgoing.applicationData(this.version, plaintext);
  }

  sendRaw(bytes: Uint8Array): void {
    this.outgoing.raw(bytes);
  }

  sendAlert(level: 'warning' | 'fatal', name: AlertName): void {
    if (name === 'close_notify') this.closeSent = true;
    this.outgoing.alert(AlertLevel[level], name, this.version);
  }

  /** The end by a problem: the alert, if the problem has one, and the state that the reference shows then. */
  abandon(alert: AlertName | undefined): void {
    this.runner.stop();
    if (alert === undefined) this.outgoing.flush();
    else this.sendAlert('fatal', alert);
    if (this.current === undefined) this.tell.state?.('error', State.error);
  }

  updateKeys(request: { readonly requestPeer: boolean }): void {
    const traffic = this.current?.traffic;
    if (this.current === undefined || traffic === undefined) throw new Problem('wrongSslVersion', 'SSL_key_update');
    this.owesKeyUpdate = false;
    this.current = { ...this.current, traffic: sendKeyUpdate(this.laterFlow(), traffic, request) };
    this.outgoing.flush();
  }

  /** Asks the client for a new handshake; it may ignore that. */
  renegotiate(): void {
    maySendHelloRequest(this.settings, this.current);
    if (this.runner.busy) return;
    this.askedToRenegotiate = true;
    this.settings.statistics.renegotiates++;
    requestRenegotiation(this.laterFlow());
  }

  /** The version of messages and records at the moment. */
  private get version(): number {
    return this.flow?.context.version ?? provisionalVersion(this.settings);
  }

  private get agreedVersion(): number | undefined {
    return this.flow?.versionAgreed ? this.flow.context.version : undefined;
  }

  private start(): void {
    this.settings.statistics.accepts++;
    const flow = this.newFlow(State.beforeInit);
    this.runner.begin(serve(flow), (outcome) => {
      if (outcome === 'again') this.startAgain();
      else this.finished(flow, outcome);
    });
  }

  /** All is forgotten but that the client speaks TLS 1.3, so that its ChangeCipherSpec and early data are skipped. */
  private startAgain(): void {
    this.start();
    this.flow?.agreeOn(Version['TLSv1.3']);
    if (this.flow) this.flow.earlyData = new EarlyData('unwanted', this.settings);
  }

  /** For what comes after the handshake. */
  private laterFlow(): Flow {
    const flow = this.newFlow(State.negotiated);
    flow.versionAgreed = true;
    return flow;
  }

  private newFlow(state: string): Flow {
    this.flow = new Flow({
      settings: this.flow?.settings ?? this.settings,
      surroundings: this.surroundings,
      carrier: this.outgoing,
      tell: this.tell,
      version: this.version,
      state,
    });
    return this.flow;
  }

  private finished({ settings, transcript }: Flow, established: Established): void {
    transcript.end();
    settings.statistics.finished++;
    this.current = established;
    this.askedToRenegotiate = false;
    this.events.established(established.info);
  }

  private stepRecord(): boolean {
    const expectation = {
      recordVersion: this.agreedVersion === Version['TLSv1.3'] ? undefined : this.agreedVersion,
      firstHandshake: this.current === undefined,
    };
    const header = this.reader.nextHeader(expectation);
    if (header === undefined) return false;
    const record = this.reader.next(header);
    if (record === undefined) return false;
    this.tell.read?.(header, headerLength);
    this.tell.read?.(record.body, record.body.length);
    const opened = this.open(record, expectation);
    this.tell.record?.('read', header, record.type, opened?.hidden ? opened.type : undefined);
    if (opened !== undefined) this.content(record, opened);
    return true;
  }

  /** Undefined for a record of rejected early data, which is skipped (RFC 8446 section 4.2.10). */
  private open(record: WireRecord, expectation: Expectation): OpenedRecord | undefined {
    const early = this.flow?.earlyData;
    if (early?.fate !== 'undecryptable') return this.reader.open(record, expectation);
    const opened = this.reader.openIfGenuine(record, expectation);
    if (opened === undefined) early.take(record.body.length);
    else if (opened.hidden && this.flow) this.flow.earlyData = undefined;
    return opened;
  }

  private content(record: WireRecord, { type, content, hidden }: OpenedRecord): void {
    if (record.sslv2) {
      this.received({ type: ClientHello.type, body: content, bytes: content, endsRecord: true, sslv2: true });
      return;
    }
    if (type !== ContentType.alert) this.alerts.interrupted();
    if (this.assembly.midway && type !== ContentType.handshake) this.refuseInterruption(type);
    if (this.agreedVersion === undefined) this.checkFirst(type, record.version);
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
        if (this.flow?.earlyData) this.earlyData(this.flow.earlyData, content);
        else this.applicationData(content);
        return;
      default:
        throw new Problem('unexpectedRecord', where, { bytes: hidden ? content : record.header });
    }
  }

  /** Before a version is agreed on only handshake messages have a meaning; the answer is in the record's version. */
  private checkFirst(type: number, version: number): void {
    if (type === ContentType.handshake || type === ContentType.changeCipherSpec) return;
    if (this.flow) this.flow.context = { ...this.flow.context, version };
    throw new Problem('unexpectedMessage', where);
  }

  private refuseInterruption(type: number): void {
    if (this.agreedVersion === Version['TLSv1.3']) throw new Problem('mixedHandshakeAndNonHandshakeData', where);
    if (type === ContentType.changeCipherSpec) throw new Problem('ccsReceivedEarly', where);
  }

  private alert(content: Uint8Array): void {
    const [level, description] = content;
    if (level === undefined || description === undefined || content.length !== 2) {
      throw new Problem('invalidAlert', where);
    }
    this.tell.message?.('read', ContentType.alert, this.version, content);
    this.tell.alert?.('read', level, description);
    if (this.alerts.read(level, description, this.version) === 'closes') this.closedByPeer();
  }

  private closedByPeer(): void {
    if (this.closeReceived) return;
    this.closeReceived = true;
    this.events.closed();
  }

  private changeCipherSpec(content: Uint8Array): void {
    if (this.agreedVersion === Version['TLSv1.3']) {
      const good = content.length === 1 && content[0] === 1;
      if (!good) throw new Problem('invalidCcsMessage', 'ssl3_get_record', { alert: 'illegal_parameter' });
      return;
    }
    if (!this.runner.busy) throw new Problem('ccsReceivedEarly', where);
    this.runner.deliver({ type: changeCipherSpecType, body: content, bytes: content, endsRecord: true });
  }

  private earlyData(early: EarlyData, content: Uint8Array): void {
    early.take(content.length);
    if (early.fate === 'accepted' && content.length > 0) this.events.earlyData(content);
  }

  /** In a renegotiation data goes on until the client's ChangeCipherSpec. */
  private applicationData(content: Uint8Array): void {
    const betweenKeys = this.runner.busy && this.flow?.keysChanging;
    if (this.current === undefined || betweenKeys) throw new Problem('unexpectedRecord', where, { bytes: content });
    if (content.length > 0) this.events.plaintext(content);
  }

  /** What can be refused as soon as a message's type and length are known. */
  private checkHeader({ type, length }: { readonly type: number; readonly length: number }): void {
    const expected = this.runner.busy ? this.runner.awaited : this.expectedLater();
    if (!expected?.includes(type) && !this.settings.toleratesBroken)
      throw new Problem('unexpectedMessage', readTransition);
    if (length > messageLimit(type)) throw new Problem('excessiveMessageSize', 'read_state_machine');
  }

  private expectedLater(): readonly number[] {
    return this.agreedVersion === Version['TLSv1.3'] ? [KeyUpdate.type] : [ClientHello.type];
  }

  private received(message: Incoming): void {
    this.tell.message?.('read', ContentType.handshake, this.version, message.bytes);
    const wasOpen = this.current !== undefined;
    if (!this.runner.busy) this.beginLater(message);
    if (this.runner.busy) this.runner.deliver(message);
    if (wasOpen && !this.runner.busy && !this.assembly.midway) this.events.idle();
  }

  /** After the handshake every message begins a coroutine of its own. */
  private beginLater({ type }: Incoming): void {
    const { current } = this;
    if (current?.traffic !== undefined && type === KeyUpdate.type) {
      this.runner.begin(receiveKeyUpdate(this.laterFlow(), current.traffic), (result) => this.keysUpdated(result));
    } else if (current !== undefined && current.traffic === undefined && type === ClientHello.type) {
      this.beginRenegotiation(current);
    } else {
      throw new Problem('unexpectedMessage', readTransition);
    }
  }

  private beginRenegotiation(current: Established): void {
    // A hello that has crossed our goodbye.
    if (this.closeSent) return;
    // The reference counts every start of its state machine: the request, the hello, and the handshake that was asked for.
    this.settings.statistics.renegotiates += this.askedToRenegotiate ? 2 : 1;
    if (!mayRenegotiate(this.settings, current, this.askedToRenegotiate)) {
      this.outgoing.warn('no_renegotiation', this.version);
      return;
    }
    const flow = this.laterFlow();
    flow.previous = current;
    this.runner.begin(serve(flow), (outcome) => {
      if (outcome !== 'again') this.finished(flow, outcome);
    });
  }

  private keysUpdated({ traffic, owesAnswer }: KeyUpdateResult): void {
    if (this.current) this.current = { ...this.current, traffic };
    this.owesKeyUpdate ||= owesAnswer;
  }
}
