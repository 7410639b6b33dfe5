import type { CertificateWish } from '../handshake/flow/client-certificate-requests.ts';
import type { Established } from '../handshake/flow/established.ts';
import type { Incoming } from '../handshake/flow/flow.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import { changeCipherSpecType } from '../handshake/flow/states.ts';
import type { Surroundings } from '../handshake/flow/surroundings.ts';
import { ClientHello } from '../messages/client-hello.ts';
import type { AlertName } from '../names/alerts.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { State } from '../names/states.ts';
import { Version } from '../names/versions.ts';
import { maxEmptyRecords } from '../record/limits.ts';
import { sslv2Version } from '../record/record-reader.ts';
import type { Arrival, Channel, ChannelOptions, Content } from './channel.ts';
import type { Path } from './engine.ts';
import { Handshakes } from './handshakes.ts';
import type { Observer } from './observer.ts';
import { AlertReader } from './received-alert.ts';
import type { Settle } from './runner.ts';
import { Sender } from './sender.ts';
import { StreamChannel } from './stream-channel.ts';

/** ProtocolEvents are the protocol's outputs besides the observer events. */
export interface ProtocolEvents {
  toPeer(parts: readonly Uint8Array[]): void;
  /** Reports where the newest authentic record with a connection id came from. */
  follow(path: Path): void;
  plaintext(content: Uint8Array): void;
  /** Accepted early data: received before the handshake is done, and possibly replayed. */
  earlyData(content: Uint8Array): void;
  /** A handshake is done, the first one or a renegotiation, or the client has answered a later certificate request. */
  established(info: SessionInfo): void;
  /** A message other than application data was read after the handshake. */
  idle(): void;
  /** The peer has sent close_notify, or a FIN that counts as that. */
  closed(): void;
  /** The peer has sent a FIN without close_notify. */
  truncated(fault: Problem): void;
}

export interface ProtocolOptions {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly tell: Observer;
  readonly events: ProtocolEvents;
  readonly settle: Settle;
  /** The transport; a stream by default. */
  readonly channel?: ((options: ChannelOptions) => Channel) | undefined;
}

/** Protocol implements the rules of TLS over any transport: the content acceptable at each moment, and its effects. */
export class Protocol {
  private readonly tell: Observer;
  private readonly events: ProtocolEvents;
  private readonly channel: Channel;
  private readonly sender: Sender;
  private readonly handshakes: Handshakes;
  private readonly alerts: AlertReader;
  /** Consecutive ChangeCipherSpecs of TLS 1.3. */
  private ignoredInARow = 0;
  private closeReceived = false;
  private closeSent = false;

  constructor({ settings, surroundings, tell, events, settle, channel = overStream }: ProtocolOptions) {
    this.tell = tell;
    this.events = events;
    this.channel = channel({
      ...{ settings, surroundings, tell },
      toPeer: (parts) => events.toPeer(parts),
      follow: (path) => events.follow(path),
    });
    this.alerts = new AlertReader(this.channel.where);
    this.sender = new Sender(this.channel, tell);
    this.handshakes = new Handshakes({
      settings,
      surroundings,
      tell,
      carrier: this.sender,
      settle,
      established: (info) => {
        events.established(info);
        this.channel.rest('finished');
      },
      refusedRenegotiation: () => this.sender.warn('no_renegotiation', this.handshakes.version),
    });
  }

  /** The latest finished handshake. */
  get established(): Established | undefined {
    return this.handshakes.established;
  }

  /** True while an asynchronous callback of ours is pending. */
  get awaitsAnswer(): boolean {
    return this.handshakes.awaitsAnswer;
  }

  /** True once nothing more is read. */
  get closed(): boolean {
    return this.closeReceived;
  }

  /** True when application data may be sent: half-RTT data, or after the first handshake and not during a renegotiation. */
  get writable(): boolean {
    return this.writesEarly || (this.established !== undefined && !this.handshakes.busy);
  }

  /** True while half-RTT data may be sent. */
  get writesEarly(): boolean {
    return this.handshakes.writesEarly;
  }

  /** Time at which to call `expire`, in milliseconds on the clock of the surroundings; undefined when no timer runs. */
  get deadline(): number | undefined {
    return this.handshakes.busy && !this.awaitsAnswer ? this.channel.deadline : undefined;
  }

  get unread(): number {
    return this.channel.unread;
  }

  push(bytes: Uint8Array, path?: Path): void {
    this.channel.push(bytes, path);
  }

  /** Processes one message or one record; false when there is none. */
  step(): boolean {
    this.handshakes.begin();
    const arrival = this.channel.next(this.handshakes);
    if (arrival === undefined) return false;
    this.deal(arrival);
    return true;
  }

  expire(): void {
    if (this.deadline !== undefined) this.channel.expire();
  }

  /** Processes the FIN of a peer, which can still read. @throws {Problem} where no keys exist to send anything */
  peerEnded(): void {
    const fault = this.channel.ended();
    if (fault === undefined) {
      this.closedByPeer();
      return;
    }
    if (this.established === undefined) throw fault;
    this.endReading();
    this.events.truncated(fault);
  }

  send(plaintext: Uint8Array): void {
    this.handshakes.payKeyUpdate();
    this.tell.data?.('write', plaintext, false);
    this.sender.data(this.handshakes.version, plaintext);
  }

  sendRaw(bytes: Uint8Array): void {
    this.sender.raw(bytes);
  }

  sendAlert(level: 'warning' | 'fatal', name: AlertName): void {
    if (name === 'close_notify') this.closeSent = true;
    this.sender.alert(level, name, this.handshakes.version);
  }

  /**
   * Ends the connection after a problem: sends the alert, if the problem has one, and reports the error state of the
   * reference.
   */
  abandon(alert: AlertName | undefined): void {
    this.handshakes.stop();
    // Nothing is sent after our close_notify, and a failure then does not invalidate the session.
    const says = alert !== undefined && !this.closeSent;
    if (says || alert === undefined) this.handshakes.forgetSession();
    if (says) this.sendAlert('fatal', alert);
    else this.sender.flush();
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

  private deal(arrival: Arrival): void {
    switch (arrival.what) {
      case 'message':
        this.alerts.interrupted();
        this.received(arrival.message);
        return;
      case 'content':
        this.content(arrival.content);
        return;
      case 'keysChange':
        if (!arrival.lost) this.tellRead(ContentType.changeCipherSpec, changeCipherSpec);
        this.changeKeys(changeCipherSpec);
        return;
    }
  }

  private content(content: Content): void {
    const { type } = content;
    if (type !== ContentType.alert) this.alerts.interrupted();
    if (type !== ContentType.changeCipherSpec) this.ignoredInARow = 0;
    if (!this.checkPlace(content)) return;
    switch (type) {
      case ContentType.handshake:
        this.channel.assemble(content, this.handshakes);
        return;
      case ContentType.alert:
        this.alert(content.bytes);
        return;
      case ContentType.changeCipherSpec:
        this.changeCipherSpec(content.bytes);
        return;
      case ContentType.applicationData:
        this.data(content);
        return;
      default:
        this.unexpectedRecord(content);
    }
  }

  /** False when the content must be dropped. @throws {Problem} on a transport that preserves order */
  private checkPlace({ type, version, bytes }: Content): boolean {
    const { agreedVersion } = this.handshakes;
    if (this.channel.unordered !== undefined) {
      // A client that did not understand our version may send an alert in another, and repeats its hello in the first one.
      const isFree = type === ContentType.alert || (type === ContentType.handshake && bytes[0] === ClientHello.type);
      return agreedVersion === undefined || isFree || version === this.channel.toldVersion(agreedVersion);
    }
    if (this.channel.midway && type !== ContentType.handshake) this.refuseInterruption(type);
    if (agreedVersion === undefined) this.checkFirst(type, version);
    return true;
  }

  /** Accepts only handshake messages before a version is negotiated; the alert uses the version of the record. */
  private checkFirst(type: number, version: number): void {
    if (type === ContentType.handshake || type === ContentType.changeCipherSpec) return;
    this.handshakes.answerIn(version);
    throw new Problem('unexpectedMessage', this.channel.where);
  }

  private refuseInterruption(type: number): void {
    if (this.handshakes.agreedVersion === Version['TLSv1.3'])
      throw new Problem('mixedHandshakeAndNonHandshakeData', this.channel.where);
    if (type === ContentType.changeCipherSpec) throw new Problem('ccsReceivedEarly', this.channel.where);
  }

  private unexpectedRecord({ bytes, header, hidden }: Content): void {
    if (this.channel.unordered === undefined)
      throw new Problem('unexpectedRecord', this.channel.where, { bytes: hidden ? bytes : header });
  }

  private alert(content: Uint8Array): void {
    const [level, description] = content;
    if (level === undefined || description === undefined || content.length !== 2) {
      throw new Problem('invalidAlert', this.channel.where);
    }
    this.tellRead(ContentType.alert, content);
    this.tell.alert?.('read', level, description);
    if (this.alerts.read(level, description, this.handshakes.version) === 'closes') this.closedByPeer();
  }

  private closedByPeer(): void {
    if (this.closeReceived) return;
    this.endReading();
    this.events.closed();
  }

  /** A renegotiation in progress cannot finish any more, and must not block data to be sent. */
  private endReading(): void {
    this.closeReceived = true;
    if (this.established !== undefined) this.handshakes.stop();
  }

  private changeCipherSpec(content: Uint8Array): void {
    const good = content.length === 1 && content[0] === 1;
    const { unordered } = this.channel;
    if (this.handshakes.agreedVersion === Version['TLSv1.3']) this.ignoreChangeCipherSpec(good);
    else if (unordered !== undefined) {
      if (this.handshakes.busy && good) unordered.keyChange();
    } else if (content.length > 0) this.changeKeys(content);
  }

  /** TLS 1.3 sends ChangeCipherSpec for the sake of middleboxes only (RFC 8446 section 5). */
  private ignoreChangeCipherSpec(good: boolean): void {
    if (!good) throw new Problem('invalidCcsMessage', 'ssl3_get_record');
    if (++this.ignoredInARow > maxEmptyRecords) throw new Problem('unexpectedCcsMessage', 'ssl3_get_record');
  }

  /** No partial message may be buffered when keys change: its rest would be read under the new keys. */
  private changeKeys(content: Uint8Array): void {
    if (!this.handshakes.busy) throw new Problem('ccsReceivedEarly', this.channel.where);
    const good = content.length === 1 && content[0] === 1;
    this.handshakes.insist(good, 'badChangeCipherSpec', 'tls_get_message_header', { bytes: content });
    if (this.channel.midway) throw new Problem('unexpectedMessage', 'ossl_statem_server_read_transition');
    this.handshakes.received({ type: changeCipherSpecType, body: content, bytes: content, endsRecord: true });
  }

  /** In a renegotiation application data continues until the client's ChangeCipherSpec. */
  private data(content: Content): void {
    const { bytes } = content;
    const early = this.handshakes.earlyData;
    if (early !== undefined) {
      early.take(bytes.length);
      if (early.fate === 'accepted' && bytes.length > 0) this.earlyData(bytes);
      return;
    }
    if (!this.handshakes.takesData && !content.isFromBefore) this.dataTooEarly(content);
    else this.plaintext(bytes);
  }

  private earlyData(bytes: Uint8Array): void {
    this.tell.data?.('read', bytes, true);
    this.events.earlyData(bytes);
  }

  private dataTooEarly(content: Content): void {
    const { unordered } = this.channel;
    if (unordered === undefined) throw new Problem('unexpectedRecord', this.channel.where, { bytes: content.bytes });
    unordered.data(content);
  }

  private plaintext(bytes: Uint8Array): void {
    if (!this.handshakes.busy) this.channel.confirmed();
    if (bytes.length === 0) return;
    this.tell.data?.('read', bytes, false);
    this.events.plaintext(bytes);
  }

  private received(message: Incoming): void {
    this.channel.answered();
    if (message.sslv2) this.tell.message?.('read', 0, sslv2Version, message.bytes);
    else this.tellRead(ContentType.handshake, message.bytes);
    const wasOpen = this.established !== undefined;
    const isRenegotiation = !this.handshakes.busy && message.type === ClientHello.type;
    // A hello that crossed our close_notify is ignored, unless it ends the connection at any time.
    const tooLate = this.closeSent && isRenegotiation && !this.handshakes.refusesHellos;
    if (!tooLate) this.handshakes.received(message);
    if (!wasOpen || this.handshakes.busy) return;
    this.channel.rest();
    if (!this.channel.midway) this.events.idle();
  }

  private tellRead(type: number, bytes: Uint8Array): void {
    this.tell.message?.('read', type, this.channel.toldVersion(this.handshakes.version), bytes);
  }
}

function overStream(options: ChannelOptions): Channel {
  return new StreamChannel(options);
}

const changeCipherSpec = Uint8Array.of(1);
