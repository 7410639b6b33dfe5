import { Malformed } from '../../bytes/malformed.ts';
import { decode } from '../../bytes/wire.ts';
import { Transcript } from '../../keys/transcript.ts';
import { HelloRequest } from '../../messages/hello-request.ts';
import { encodeMessage, type Kind, type MessageContext } from '../../messages/message.ts';
import type { AlertName } from '../../names/alerts.ts';
import type { KeyExchange } from '../../names/cipher-suites.ts';
import { Problem, type ProblemDetails, type ProblemName } from '../../names/problems.ts';
import { State } from '../../names/states.ts';
import { dtlsVersionOf, Version } from '../../names/versions.ts';
import type { ConnectionIds } from '../../record/inner-plaintext.ts';
import type { ReadProtection, WriteProtection } from '../../record/protection.ts';
import type { Session } from '../../sessions/session.ts';
import { bounded } from './bounded.ts';
import type { CertificateRequests } from './client-certificate-requests.ts';
import { EarlyData } from './early-data-fate.ts';
import type { EchState } from './ech-outcome.ts';
import type { Established } from './established.ts';
import type { Settings } from './settings.ts';
import { changeCipherSpecType, writeState } from './states.ts';
import type { Surroundings } from './surroundings.ts';
import type { Telling } from './telling.ts';

/**
 * KeyPhase names the keys that protection changes to: up to TLS 1.2 always `application`, repeated with each
 * renegotiation, and in TLS 1.3 with each KeyUpdate. The epochs of DTLS 1.3 follow from it (RFC 9147 section 6.1).
 */
export type KeyPhase = 'early' | 'handshake' | 'application';

/** Carrier sends messages: in records of a stream, or in numbered fragments of datagrams. */
export interface Carrier {
  /** Sends a whole handshake message with its header. Returns its bytes as hashed in the transcript. */
  message(version: number, bytes: Uint8Array): Uint8Array;
  changeCipherSpec(version: number): void;
  warn(alert: AlertName, version: number): void;
  protectReading(phase: KeyPhase, protection: ReadProtection): void;
  protectWriting(phase: KeyPhase, protection: WriteProtection): void;
  /** Limits the content bytes of records sent from here on (RFC 6066 section 4). */
  limitFragments(length: number): void;
  /** Limits the content bytes of protected records received from here on (RFC 8449). */
  limitReading(length: number): void;
  /** In DTLS: sets the connection ids of the next epoch; undefined: it has none. */
  identify?(ids: ConnectionIds | undefined): void;
  /** Ends the flight and sends it. */
  flush(): void;
}

/** A received message. `body` is decoded and `bytes` is hashed; they differ for unusual formats. */
export interface Incoming {
  readonly type: number;
  readonly body: Uint8Array;
  readonly bytes: Uint8Array;
  /** True when nothing follows it in its record, as required before keys change. */
  readonly endsRecord: boolean;
  /** Set for a ClientHello in SSL 2.0 format. */
  readonly sslv2?: true;
}

export type Wait =
  | { readonly for: 'message'; readonly types: readonly number[] }
  | { readonly for: 'answer'; readonly promise: Promise<unknown> };

/** A part of the handshake. It yields only inside `receive`, `receiveOneOf` and `answer`. */
export type Handshake<T> = Generator<Wait, T, unknown>;

export interface FlowOptions {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly carrier: Carrier;
  readonly tell: Telling;
  readonly certificateRequests: CertificateRequests;
  readonly version: number;
  /** The initial state. */
  readonly state: string;
}

/** Flow is one handshake's view of the connection: carrier, transcript and observers. */
export class Flow {
  /** The settings of the server name, once it is known. */
  settings: Settings;
  readonly surroundings: Surroundings;
  /** After the handshake, that of the message being answered. */
  transcript = new Transcript();
  readonly carrier: Carrier;
  readonly tell: Telling;
  readonly certificateRequests: CertificateRequests;
  /** The facts that the forms of messages depend on; grows during the handshake. Its version is always one of TLS. */
  context: MessageContext;
  /** False while `context.version` is only the highest possible. */
  versionAgreed = false;
  /** The handshake that this one renegotiates. */
  previous: Established | undefined;
  /** The session that is being resumed, up to TLS 1.2. */
  resumes: Session | undefined;
  /** True when the client named a known pre-shared key whose hash does not match the suite. */
  pskOfOtherHash = false;
  /** True between the client's ChangeCipherSpec and its Finished, when nothing else is acceptable. */
  keysChanging = false;
  /** Undefined before the first ClientHello, and without support for encrypted ones. */
  ech: EchState | undefined;
  /** The treatment of application data received now; undefined: it is refused. */
  earlyData: EarlyData | undefined;
  /** True when early data may be answered before the handshake is done (RFC 8446 section 2.3): half-RTT data. */
  answersEarlyData = false;
  private state: string;
  private reading = false;
  private unreported = false;

  constructor({ settings, surroundings, carrier, tell, certificateRequests, version, state }: FlowOptions) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.carrier = carrier;
    this.tell = tell;
    this.certificateRequests = certificateRequests;
    this.context = {
      version,
      datagrams: settings.datagrams !== undefined,
      keyExchange: undefined,
      anonymous: undefined,
    };
    this.state = state;
    // After a cookie exchange the handshake continues in the state of the HelloVerifyRequest, already reported.
    if (state !== State.writeHelloVerifyRequest) this.tell.state?.('accept', state);
  }

  /** The version in messages and sessions: in DTLS that of DTLS. */
  get wireVersion(): number {
    return this.context.datagrams ? dtlsVersionOf(this.context.version) : this.context.version;
  }

  /** Sets the version of messages before negotiation. */
  assume(version: number): void {
    // A whole record: one made by spread can have a shape of its own, which an idle connection would keep.
    const { datagrams, keyExchange, anonymous } = this.context;
    this.context = { version, datagrams, keyExchange, anonymous };
  }

  /** Sets the forms of the messages that the key exchange decides about. */
  exchangeKeysBy(keyExchange: KeyExchange, anonymous: boolean): void {
    const { version, datagrams } = this.context;
    this.context = { version, datagrams, keyExchange, anonymous };
  }

  agreeOn(version: number): void {
    this.assume(version);
    this.versionAgreed = true;
  }

  /**
   * Continues after a stateless HelloRetryRequest: the client speaks TLS 1.3, so that its ChangeCipherSpec and early
   * data are skipped, and the key of its encrypted hello, which it does not send again, is known.
   */
  retry(ech: EchState | undefined): void {
    this.agreeOn(Version['TLSv1.3']);
    this.ech = ech;
    this.earlyData = new EarlyData('unwanted', this.settings);
  }

  /** Marks this handshake as the renegotiation of a previous one. */
  renegotiate(previous: Established): void {
    this.previous = previous;
  }

  /** Ends the special treatment of application data. */
  endEarlyData(): void {
    this.earlyData = undefined;
  }

  /** @throws {Problem} for what is longer than the message can be */
  send<T>(kind: Kind<T>, value: T): void {
    const bytes = bounded(() => encodeMessage(kind, value, this.context));
    this.turnToWriting();
    const counted = this.carrier.message(this.context.version, bytes);
    if (kind.type !== HelloRequest.type) this.transcript.add(counted);
    this.enter(writeState(kind.type));
  }

  sendChangeCipherSpec(): void {
    this.turnToWriting();
    this.carrier.changeCipherSpec(this.context.version);
    this.enter(writeState(changeCipherSpecType));
  }

  /** Reports the state that a received message finds, and enters the one that it leads to. */
  arrived(state: string): void {
    if (this.unreported) this.tell.state?.('accept', this.state);
    this.unreported = false;
    this.tell.state?.('accept', this.state);
    this.state = state;
    this.reading = true;
  }

  /** Enters a state that no message leads to. */
  enter(state: string): void {
    this.state = state;
    this.tell.state?.('accept', state);
  }

  /** Enters a state that is reported only once the next message has been received. */
  enterUnreported(state: string): void {
    this.state = state;
    this.unreported = true;
  }

  /** Reports the state after the last message read, when writing begins, even if nothing is written. */
  turnToWriting(): void {
    if (this.reading) this.tell.state?.('accept', this.state);
    this.reading = false;
  }

  /**
   * Checks a condition whose violation can be tolerated: the code after it must work with both results.
   * @throws {Problem} unless broken peers are tolerated
   */
  insist(condition: boolean, problem: ProblemName, where: string, details?: ProblemDetails): void {
    if (condition) return;
    if (!this.settings.toleratesBroken) throw new Problem(problem, where, details);
    this.tell.broken?.(problem, details?.bytes ?? new Uint8Array(0));
  }

  /** Decodes a body. @throws {Problem} of this name when it is malformed */
  decode<T>(kind: Kind<T>, body: Uint8Array, where: string, problem: ProblemName = 'lengthMismatch'): T {
    try {
      return decode(kind.wire(this.context), body);
    } catch (error) {
      if (error instanceof Malformed) throw new Problem(problem, where, { bytes: body });
      throw error;
    }
  }
}
