import { randomBytes } from '../crypto/random.ts';
import type { Established } from '../handshake/established.ts';
import { changeCipherSpecType, Flow, type Incoming, type Surroundings } from '../handshake/flow.ts';
import { type KeyUpdateResult, receiveKeyUpdate, sendKeyUpdate } from '../handshake/key-update.ts';
import { provisionalVersion, serve } from '../handshake/server.ts';
import type { Settings } from '../handshake/settings.ts';
import { StreamAssembly } from '../handshake/stream-assembly.ts';
import { AlertLevel } from '../messages/alert.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { KeyUpdate } from '../messages/key-update.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { State } from '../names/states.ts';
import { Version } from '../names/versions.ts';
import { ReadHalf } from '../record/read-half.ts';
import { headerLength, type OpenedRecord, RecordReader, type WireRecord } from '../record/record-reader.ts';
import type { Doors, Engine } from './engine.ts';
import { EventQueue, queued } from './event-queue.ts';
import { messageLimit } from './message-limit.ts';
import type { Observer } from './observer.ts';
import { Outgoing } from './outgoing.ts';
import { AlertReader } from './received-alert.ts';
import { Runner } from './runner.ts';

export interface TlsEngineOptions {
  readonly settings: Settings;
  readonly doors: Doors;
  readonly observer?: Observer;
  readonly surroundings?: Surroundings;
}

/** Plaintext that is kept for after the handshake, in bytes; more makes the application wait. */
const maxHeldPlaintext = 65536;

const where = 'ssl3_read_bytes';
const readTransition = 'ossl_statem_server_read_transition';

/** The server's side of one conversation over a stream. */
export class TlsEngine implements Engine {
  /** A stream has no timers of its own. */
  readonly deadline: number | undefined = undefined;
  private readonly settings: Settings;
  private readonly surroundings: Surroundings;
  private readonly doors: Doors;
  private readonly queue = new EventQueue();
  private readonly tell: Observer;
  private readonly reader = new RecordReader(new ReadHalf());
  private readonly outgoing: Outgoing;
  private readonly assembly = new StreamAssembly();
  private readonly alerts = new AlertReader();
  private readonly runner = new Runner((proceed) => this.answered(proceed));
  private readonly held: Uint8Array[] = [];
  private heldLength = 0;
  private flow: Flow | undefined;
  private established: Established | undefined;
  private over = false;
  private stepping = false;
  /** The transport, or the application, takes no more at the moment. */
  private peerFull = false;
  private applicationFull = false;
  /** `feed` has said `wait`. */
  private feedWaits = false;
  private peerEnded = false;
  private closeNotify = { sent: false, received: false };
  private owesKeyUpdate = false;

  constructor({ settings, doors, observer = {}, surroundings = system }: TlsEngineOptions) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.doors = doors;
    this.tell = queued(observer, this.queue);
    this.outgoing = new Outgoing(this.reader.half, this.tell, (parts) => this.toPeer(parts));
  }

  feed(bytes: Uint8Array): 'more' | 'wait' {
    if (this.over || this.closeNotify.received) return 'more';
    this.reader.push(bytes);
    this.run();
    this.feedWaits = this.blocked;
    return this.feedWaits ? 'wait' : 'more';
  }

  end(): void {
    this.peerEnded = true;
    this.run();
  }

  write(plaintext: Uint8Array): 'more' | 'wait' {
    if (this.over || this.closeNotify.sent) return 'more';
    if (this.established === undefined) {
      // A copy: the caller may use the memory again once this has returned.
      this.held.push(Uint8Array.from(plaintext));
      this.heldLength += plaintext.length;
      return this.heldLength > maxHeldPlaintext ? 'wait' : 'more';
    }
    this.act(() => this.sendPlaintext(plaintext));
    return this.peerFull ? 'wait' : 'more';
  }

  shutdown(): void {
    if (this.over || this.established === undefined || this.closeNotify.sent) return;
    this.act(() => {
      this.closeNotify.sent = true;
      this.outgoing.alert(AlertLevel.warning, 'close_notify', this.version);
    });
  }

  drained(): void {
    if (!this.peerFull) return;
    this.peerFull = false;
    this.queue.add(() => this.doors.resume('application'));
    this.run();
    this.resumeFeeding();
  }

  consumed(): void {
    if (!this.applicationFull) return;
    this.applicationFull = false;
    this.run();
    this.resumeFeeding();
  }

  expire(): void {}

  renegotiate(_options: { certificate: boolean }): void {
    throw new Problem('wrongSslVersion', 'SSL_renegotiate');
  }

  updateKeys(request: { requestPeer: boolean }): void {
    if (this.established?.traffic === undefined) throw new Problem('wrongSslVersion', 'SSL_key_update');
    this.act(() => this.changeWriteKeys(request));
  }

  requestCertificate(): void {
    throw new Problem('wrongSslVersion', 'SSL_verify_client_post_handshake');
  }

  sendRaw(bytes: Uint8Array): void {
    this.act(() => this.outgoing.raw(Uint8Array.from(bytes)));
  }

  exportKeyingMaterial(label: string, length: number, context?: Uint8Array): Uint8Array | undefined {
    return this.established?.exportKeyingMaterial(label, length, context);
  }

  /** The version of messages and records at the moment. */
  private get version(): number {
    return this.flow?.context.version ?? provisionalVersion(this.settings);
  }

  private get agreedVersion(): number | undefined {
    return this.flow?.versionAgreed ? this.flow.context.version : undefined;
  }

  private get blocked(): boolean {
    return this.peerFull || this.applicationFull || this.runner.awaitsAnswer;
  }

  /** Something from outside, between two steps. */
  private act(what: () => void): void {
    this.guard(what);
    this.queue.drain();
  }

  /** Steps until there is nothing to do; after each step all that came of it is handed over. */
  private run(): void {
    if (this.stepping) return;
    this.stepping = true;
    try {
      for (let more = true; more; ) {
        more = false;
        this.guard(() => {
          more = this.step();
        });
        this.queue.drain();
      }
    } finally {
      this.stepping = false;
    }
  }

  private answered(proceed: () => void): void {
    if (this.over) return;
    this.guard(proceed);
    this.run();
    this.resumeFeeding();
  }

  private resumeFeeding(): void {
    if (!this.feedWaits || this.blocked) return;
    this.feedWaits = false;
    this.doors.resume('peer');
  }

  /** The one place where a problem becomes an alert and an ending. */
  private guard(what: () => void): void {
    try {
      what();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.over) return;
    this.over = true;
    this.runner.stop();
    const alert = error instanceof Problem ? error.alert : 'internal_error';
    if (alert !== undefined) this.outgoing.alert(AlertLevel.fatal, alert, this.version);
    else this.outgoing.flush();
    if (this.established === undefined) this.tell.state?.('error', State.error);
    const reason =
      error instanceof Problem
        ? { how: 'failed' as const, problem: error }
        : { how: 'crashed' as const, error: error instanceof Error ? error : new Error(String(error)) };
    this.queue.add(() => this.doors.ended(reason));
  }

  /** One message or one record; false when there is nothing to do. */
  private step(): boolean {
    if (this.over || this.blocked || this.closeNotify.received) return false;
    if (this.flow === undefined) this.start();
    const { header } = this.assembly;
    if (header !== undefined) this.checkHeader(header);
    const message = this.assembly.next();
    if (message !== undefined) {
      this.received(message);
      return true;
    }
    return this.stepRecord() || this.stepEnd();
  }

  private start(): void {
    this.settings.statistics.accepts++;
    const flow = this.newFlow(State.beforeInit, provisionalVersion(this.settings));
    this.runner.begin(serve(flow), (established) => this.establish(established));
  }

  private newFlow(state: string, version: number): Flow {
    const flow = new Flow(this.settings, this.surroundings, this.outgoing, this.tell, version, state);
    this.flow = flow;
    return flow;
  }

  private stepRecord(): boolean {
    const expectation = {
      recordVersion: this.agreedVersion === Version['TLSv1.3'] ? undefined : this.agreedVersion,
      firstHandshake: this.established === undefined,
    };
    const header = this.reader.nextHeader(expectation);
    if (header === undefined) return false;
    const record = this.reader.next(header);
    if (record === undefined) return false;
    this.tell.read?.(header, headerLength);
    this.tell.read?.(record.body, record.body.length);
    const opened = this.reader.open(record, expectation);
    this.tell.record?.('read', header, record.type, opened.hidden ? opened.type : undefined);
    this.content(record, opened);
    return true;
  }

  /** The peer's FIN, once all before it has been read. */
  private stepEnd(): boolean {
    if (!this.peerEnded) return false;
    this.peerEnded = false;
    if (!this.settings.ignoreUnexpectedEof) throw new Problem('unexpectedEofWhileReading', 'ssl3_read_n');
    this.closedByPeer();
    return false;
  }

  private content(record: WireRecord, { type, content, hidden }: OpenedRecord): void {
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
        this.applicationData(content);
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
    if (this.closeNotify.received) return;
    this.closeNotify.received = true;
    if (this.established === undefined) {
      this.over = true;
      this.runner.stop();
    }
    this.queue.add(() => this.doors.ended({ how: 'closed' }));
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

  private applicationData(content: Uint8Array): void {
    if (this.established === undefined) throw new Problem('unexpectedRecord', where, { bytes: content });
    if (content.length === 0) return;
    this.queue.add(() => {
      if (!this.doors.toApplication(content)) this.applicationFull = true;
    });
  }

  /** What can be refused as soon as a message's type and length are known. */
  private checkHeader({ type, length }: { readonly type: number; readonly length: number }): void {
    if (this.settings.toleratesBroken) return;
    const expected = this.runner.busy ? this.runner.awaited : this.expectedWhenOpen();
    if (!expected?.includes(type)) throw new Problem('unexpectedMessage', readTransition);
    if (length > messageLimit(type)) throw new Problem('excessiveMessageSize', 'read_state_machine');
  }

  private expectedWhenOpen(): readonly number[] {
    return this.agreedVersion === Version['TLSv1.3'] ? [KeyUpdate.type] : [ClientHello.type];
  }

  private received(message: Incoming): void {
    this.tell.message?.('read', ContentType.handshake, this.version, message.bytes);
    const wasOpen = this.established !== undefined;
    if (this.runner.busy) this.runner.deliver(message);
    else this.afterHandshake(message);
    if (wasOpen && !this.assembly.midway) this.queue.add(() => this.doors.idle());
  }

  /** After the handshake every message begins a short coroutine of its own. */
  private afterHandshake(message: Incoming): void {
    const traffic = this.established?.traffic;
    if (traffic !== undefined && message.type === KeyUpdate.type) {
      const flow = this.afterHandshakeFlow();
      this.runner.begin(receiveKeyUpdate(flow, traffic), (result) => this.keysUpdated(result));
      this.runner.deliver(message);
    } else if (traffic === undefined && message.type === ClientHello.type) {
      this.outgoing.warn('no_renegotiation', this.version);
    } else {
      throw new Problem('unexpectedMessage', readTransition);
    }
  }

  private afterHandshakeFlow(): Flow {
    const flow = this.newFlow(State.negotiated, this.version);
    flow.versionAgreed = true;
    return flow;
  }

  private keysUpdated({ traffic, owesAnswer }: KeyUpdateResult): void {
    if (this.established) this.established = { ...this.established, traffic };
    this.owesKeyUpdate ||= owesAnswer;
  }

  private changeWriteKeys(request: { requestPeer: boolean }): void {
    const traffic = this.established?.traffic;
    if (this.established === undefined || traffic === undefined) return;
    this.owesKeyUpdate = false;
    const flow = this.afterHandshakeFlow();
    this.established = { ...this.established, traffic: sendKeyUpdate(flow, traffic, request) };
    this.outgoing.flush();
  }

  private establish(established: Established): void {
    this.established = established;
    this.settings.statistics.finished++;
    this.queue.add(() => this.doors.established(established.info));
    if (this.held.length === 0) return;
    for (const plaintext of this.held.splice(0)) this.sendPlaintext(plaintext);
    this.heldLength = 0;
    this.queue.add(() => this.doors.resume('application'));
  }

  /** A KeyUpdate that the peer asked for goes before the next data, under the old keys (RFC 8446 section 4.6.3). */
  private sendPlaintext(plaintext: Uint8Array): void {
    if (this.owesKeyUpdate) this.changeWriteKeys({ requestPeer: false });
    this.outgoing.applicationData(this.version, plaintext);
  }

  private toPeer(parts: readonly Uint8Array[]): void {
    this.queue.add(() => {
      if (!this.doors.toPeer(parts)) this.peerFull = true;
    });
  }
}

const system: Surroundings = { now: Date.now, random: randomBytes };
