import { tellStart } from '../handshake/decisions/versions.ts';
import { CertificateRequests, type CertificateWish } from '../handshake/flow/client-certificate-requests.ts';
import type { EarlyData } from '../handshake/flow/early-data-fate.ts';
import type { Established } from '../handshake/flow/established.ts';
import { type Carrier, Flow, type Incoming } from '../handshake/flow/flow.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import type { Surroundings } from '../handshake/flow/surroundings.ts';
import { mayRenegotiate, maySendHelloRequest, requestRenegotiation } from '../handshake/policy/renegotiation.ts';
import { serveHandshake } from '../handshake/server-handshake.ts';
import { certificateTypes } from '../handshake/tls13/client-authentication13.ts';
import { type KeyUpdateResult, receiveKeyUpdate, sendKeyUpdate } from '../handshake/tls13/key-update.ts';
import {
  type LaterAnswer,
  maySendCertificateRequest,
  type PendingRequest,
  receiveLaterAuthentication,
  requestCertificateLater,
} from '../handshake/tls13/post-handshake-authentication.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { KeyUpdate } from '../messages/key-update.ts';
import { Problem, type ProblemDetails, type ProblemName } from '../names/problems.ts';
import { State } from '../names/states.ts';
import { Version } from '../names/versions.ts';
import type { Stage } from './channel.ts';
import type { Observer } from './observer.ts';
import { Runner, type Settle } from './runner.ts';

export interface HandshakesOptions {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly tell: Observer;
  readonly carrier: Carrier;
  readonly settle: Settle;
  /** A handshake is done, the first one or a renegotiation, or the client has answered a later certificate request. */
  established(info: SessionInfo): void;
  /** A client's renegotiation was refused. */
  refusedRenegotiation(): void;
}

/** Handshakes runs all handshakes of a connection and the messages between them, one coroutine after the other. */
export class Handshakes implements Stage {
  private readonly settings: Settings;
  private readonly surroundings: Surroundings;
  private readonly tell: Observer;
  private readonly carrier: Carrier;
  private readonly options: HandshakesOptions;
  private readonly runner: Runner;
  private readonly certificateRequests: CertificateRequests;
  private flow: Flow | undefined;
  private current: Established | undefined;
  /** Certificate requests after the handshake that are not answered yet. */
  private pendingRequests: readonly PendingRequest[] = [];
  private owesKeyUpdate = false;
  private askedToRenegotiate = false;

  constructor(options: HandshakesOptions) {
    this.options = options;
    const { settings, surroundings, tell, carrier, settle } = options;
    this.settings = settings;
    this.surroundings = surroundings;
    this.tell = tell;
    this.carrier = carrier;
    this.runner = new Runner(settle);
    this.certificateRequests = new CertificateRequests(settings.clientAuthentication);
  }

  /** The latest finished handshake. */
  get established(): Established | undefined {
    return this.current;
  }

  /** True when a renegotiation of the client ends the connection. */
  get refusesHellos(): boolean {
    return this.settings.renegotiation === 'fatal';
  }

  get open(): boolean {
    return this.current !== undefined;
  }

  /** The treatment of application data during the handshake; undefined without early data. */
  get earlyData(): EarlyData | undefined {
    return this.flow?.earlyData;
  }

  /** True when data may be sent although the first handshake is not done. */
  get writesEarly(): boolean {
    return this.current === undefined && this.flow?.answersEarlyData === true;
  }

  get skipsEarlyData(): boolean {
    return this.flow?.earlyData?.fate === 'undecryptable';
  }

  skipped(length: number): void {
    this.flow?.earlyData?.take(length);
  }

  endSkipping(): void {
    this.flow?.endEarlyData();
  }

  /** Sets the version of the answer to a first record that is no hello. */
  answerIn(version: number): void {
    this.flow?.assume(version);
  }

  /** True while a coroutine runs. */
  get busy(): boolean {
    return this.runner.busy;
  }

  get awaitsAnswer(): boolean {
    return this.runner.awaitsAnswer;
  }

  /** True when application data of the peer is acceptable. */
  get takesData(): boolean {
    return this.current !== undefined && !(this.busy && this.flow?.keysChanging);
  }

  /** The current version of messages and records; the highest before negotiation, as in the reference. */
  get version(): number {
    return this.flow?.context.version ?? Version['TLSv1.3'];
  }

  get agreedVersion(): number | undefined {
    return this.flow?.versionAgreed ? this.flow.context.version : undefined;
  }

  /** Starts the first handshake, unless it has begun. */
  begin(): void {
    if (this.flow === undefined) this.start();
  }

  /** True when a message of this type is acceptable now. */
  expects(type: number): boolean {
    return (this.runner.busy ? this.runner.awaited : this.expectedLater())?.includes(type) === true;
  }

  /** Delivers a message to the running coroutine, or starts one for it. */
  received(message: Incoming): void {
    if (!this.runner.busy) this.beginLater(message);
    if (this.runner.busy) this.runner.deliver(message);
  }

  /** Checks a condition. @throws {Problem} unless broken peers are tolerated */
  insist(condition: boolean, problem: ProblemName, where: string, details?: ProblemDetails): void {
    this.flow?.insist(condition, problem, where, details);
  }

  stop(): void {
    this.runner.stop();
  }

  /** Removes the session of a connection that ended by a fatal alert, sent or received (RFC 5246 section 7.2.2). */
  forgetSession(): void {
    const session = this.flow?.resumes ?? this.current?.info.session;
    if (session !== undefined && session.id.length > 0)
      (this.flow?.settings ?? this.settings).sessions.remove(session.id);
  }

  /**
   * Sends the KeyUpdate that the peer requested, before the next data and under the old keys (RFC 8446 section 4.6.3).
   */
  payKeyUpdate(): void {
    if (this.owesKeyUpdate) this.updateKeys({ requestPeer: false });
  }

  updateKeys(request: { readonly requestPeer: boolean }): void {
    const traffic = this.current?.traffic;
    if (this.current === undefined || traffic === undefined) throw new Problem('wrongSslVersion', 'SSL_key_update');
    this.owesKeyUpdate = false;
    this.current = { ...this.current, traffic: sendKeyUpdate(this.laterFlow(), traffic, request) };
    this.carrier.flush();
  }

  /** Asks the client for a new handshake, which it may ignore, and optionally for its certificate in it. */
  renegotiate(certificate: CertificateWish | undefined): void {
    maySendHelloRequest(this.settings, this.current);
    // A handshake already running keeps its certificate request mode.
    if (this.runner.busy) return;
    if (certificate !== undefined) this.certificateRequests.want(certificate);
    this.askedToRenegotiate = true;
    this.settings.statistics.renegotiates++;
    requestRenegotiation(this.laterFlow());
  }

  /** Requests the certificate of a TLS 1.3 client; several requests may be pending at once. */
  requestCertificate(): void {
    maySendCertificateRequest(this.settings, this.current, this.pendingRequests);
    if (this.current === undefined) return;
    this.pendingRequests = [...this.pendingRequests, requestCertificateLater(this.laterFlow(), this.current)];
  }

  private start(): void {
    this.settings.statistics.accepts++;
    const flow = this.newFlow(firstState(this.settings));
    this.runner.begin(serveHandshake(flow), (outcome) => {
      if (outcome === 'again') this.startAgain();
      else this.finished(flow, outcome);
    });
  }

  /**
   * Starts over. Only two facts are kept: the client speaks TLS 1.3, so that its ChangeCipherSpec and early data are
   * skipped, and the key of its encrypted hello, which it does not send again.
   */
  private startAgain(): void {
    const ech = this.flow?.ech;
    this.start();
    this.flow?.retry(ech);
  }

  /** A flow for messages after the handshake. */
  private laterFlow(): Flow {
    const flow = this.newFlow(State.negotiated);
    flow.versionAgreed = true;
    return flow;
  }

  private newFlow(state: string): Flow {
    const handshake = state === State.negotiated ? 'later' : 'first';
    tellStart({ tell: this.tell, settings: this.flow?.settings ?? this.settings }, this.version, handshake);
    this.flow = new Flow({
      settings: this.flow?.settings ?? this.settings,
      surroundings: this.surroundings,
      carrier: this.carrier,
      tell: this.tell,
      certificateRequests: this.certificateRequests,
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
    this.options.established(established.info);
  }

  private expectedLater(): readonly number[] {
    if (this.agreedVersion !== Version['TLSv1.3']) return [ClientHello.type];
    return [KeyUpdate.type, ...this.awaitedCertificates()];
  }

  /** The messages that may answer a certificate request after the handshake. */
  private awaitedCertificates(): readonly number[] {
    return this.pendingRequests.length > 0 ? certificateTypes(this.flow?.settings ?? this.settings) : [];
  }

  /** Starts a coroutine for a message after the handshake. */
  private beginLater({ type }: Incoming): void {
    const { current } = this;
    if (current?.traffic !== undefined && type === KeyUpdate.type) {
      this.runner.begin(receiveKeyUpdate(this.laterFlow(), current.traffic), (result) => this.keysUpdated(result));
    } else if (current !== undefined && this.awaitedCertificates().includes(type)) {
      const answer = receiveLaterAuthentication(this.laterFlow(), current, this.pendingRequests);
      this.runner.begin(answer, (result) => this.authenticated(result));
    } else if (current !== undefined && current.traffic === undefined && type === ClientHello.type) {
      this.beginRenegotiation(current);
    } else {
      throw new Problem('unexpectedMessage', 'ossl_statem_server_read_transition');
    }
  }

  private beginRenegotiation(current: Established): void {
    // The reference counts every start of its state machine: the request, the hello, and the requested handshake.
    this.settings.statistics.renegotiates += this.askedToRenegotiate ? 2 : 1;
    const flow = this.laterFlow();
    if (!mayRenegotiate(this.settings, current, this.askedToRenegotiate)) {
      if (this.refusesHellos)
        throw new Problem('noRenegotiation', 'tls_process_client_hello', { alert: 'no_renegotiation' });
      flow.arrived(State.readClientHello);
      this.options.refusedRenegotiation();
      flow.turnToWriting();
      return;
    }
    flow.renegotiate(current);
    this.runner.begin(serveHandshake(flow), (outcome) => {
      if (outcome !== 'again') this.finished(flow, outcome);
    });
  }

  private keysUpdated({ traffic, owesAnswer }: KeyUpdateResult): void {
    if (this.current) this.current = { ...this.current, traffic };
    this.owesKeyUpdate ||= owesAnswer;
  }

  private authenticated({ established, answered }: LaterAnswer): void {
    answered.transcript.end();
    this.pendingRequests = this.pendingRequests.filter((it) => it !== answered);
    // Our keys may have changed before the answer was received.
    const { traffic = established.traffic } = this.current ?? {};
    this.current = { ...established, ...(traffic && { traffic }) };
    this.options.established(established.info);
  }
}

/** In DTLS the cookie exchange is done, unless it preceded the connection. */
function firstState({ datagrams }: Settings): string {
  return datagrams === undefined || datagrams.listens ? State.beforeInit : State.writeHelloVerifyRequest;
}
