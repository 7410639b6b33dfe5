import { Malformed } from '../../bytes/malformed.ts';
import { decode } from '../../bytes/wire.ts';
import { Transcript } from '../../keys/transcript.ts';
import { HelloRequest } from '../../messages/hello-request.ts';
import { encodeMessage, type Kind, type MessageContext } from '../../messages/message.ts';
import type { AlertName } from '../../names/alerts.ts';
import { Problem, type ProblemDetails, type ProblemName } from '../../names/problems.ts';
import { State } from '../../names/states.ts';
import { dtlsVersionOf, Version } from '../../names/versions.ts';
import type { ReadProtection, WriteProtection } from '../../record/protection.ts';
import type { Session } from '../../sessions/session.ts';
import type { CertificateRequests } from './certificate-requests.ts';
import { EarlyData } from './early-data.ts';
import type { EchState } from './ech-outcome.ts';
import type { Established } from './established.ts';
import type { Settings } from './settings.ts';
import { changeCipherSpecType, writeState } from './states.ts';
import type { Surroundings } from './surroundings.ts';
import type { Telling } from './telling.ts';

/**
 * KeyPhase names the keys that protection changes to: up to TLS 1.2 always `application`, which comes again with each
 * renegotiation, and in TLS 1.3 with each KeyUpdate. The epochs of DTLS 1.3 follow from it (RFC 9147 section 6.1).
 */
export type KeyPhase = 'early' | 'handshake' | 'application';

/** Puts messages on the wire: in records of a stream, or in numbered fragments of datagrams. */
export interface Carrier {
  /** A whole handshake message with its header. Answers it as it counts in the transcript. */
  message(version: number, bytes: Uint8Array): Uint8Array;
  changeCipherSpec(version: number): void;
  warn(alert: AlertName, version: number): void;
  protectReading(phase: KeyPhase, protection: ReadProtection): void;
  protectWriting(phase: KeyPhase, protection: WriteProtection): void;
  /** Records hold at most so many bytes of content from here on (RFC 6066 section 4). */
  limitFragments(length: number): void;
  /** Protected records of the peer with more content are refused from here on (RFC 8449). */
  limitReading(length: number): void;
  /** What was sent so far is a flight: it leaves now. */
  flush(): void;
}

/** A message that came: decoded it stands in `body`, and hashed it counts as `bytes`, which differ for odd forms. */
export interface Incoming {
  readonly type: number;
  readonly body: Uint8Array;
  readonly bytes: Uint8Array;
  /** Nothing follows it in its record, as it must be before keys change. */
  readonly endsRecord: boolean;
  /** A ClientHello in the form of SSL 2.0. */
  readonly sslv2?: true;
}

export type Wait =
  | { readonly for: 'message'; readonly types: readonly number[] }
  | { readonly for: 'answer'; readonly promise: Promise<unknown> };

/** A part of the conversation. It yields only inside `receive`, `receiveOneOf` and `answer`. */
export type Handshake<T> = Generator<Wait, T, unknown>;

export interface FlowOptions {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly carrier: Carrier;
  readonly tell: Telling;
  readonly certificateRequests: CertificateRequests;
  readonly version: number;
  /** The state that it begins in. */
  readonly state: string;
}

/** One handshake's view of the connection: where it sends, what it hashes, whom it tells. */
export class Flow {
  /** Those of the server name, once that has been looked at. */
  settings: Settings;
  readonly surroundings: Surroundings;
  /** After the handshake that of the message that is answered. */
  transcript = new Transcript();
  readonly carrier: Carrier;
  readonly tell: Telling;
  readonly certificateRequests: CertificateRequests;
  /** What the forms of messages depend on; grows as the handshake finds out. Its version is always one of TLS. */
  context: MessageContext;
  /** Before that `context.version` is only the highest that could come. */
  versionAgreed = false;
  /** The handshake that this one renegotiates. */
  previous: Established | undefined;
  /** The session that is being resumed, up to TLS 1.2. */
  resumes: Session | undefined;
  /** A pre-shared key that the client named is known here, but belongs to another hash than the suite. */
  pskOfOtherHash = false;
  /** The client's ChangeCipherSpec has come: until its Finished nothing else may. */
  keysChanging = false;
  /** Undefined before the first ClientHello, and where encrypted ones are not looked at. */
  ech: EchState | undefined;
  /** What becomes of application data that comes now; undefined: it is refused. */
  earlyData: EarlyData | undefined;
  private state: string;
  private reading = false;
  private untold = false;

  constructor({ settings, surroundings, carrier, tell, certificateRequests, version, state }: FlowOptions) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.carrier = carrier;
    this.tell = tell;
    this.certificateRequests = certificateRequests;
    this.context = { version, ...(settings.datagrams && { datagrams: true }) };
    this.state = state;
    // A handshake that begins with a cookie goes on from where its sender was told to come again.
    if (state !== State.writeHelloVerifyRequest) this.tell.state?.('accept', state);
  }

  /** The version as it stands in messages and sessions: on datagrams that of DTLS. */
  get wireVersion(): number {
    return this.context.datagrams ? dtlsVersionOf(this.context.version) : this.context.version;
  }

  /** The version of messages until one is agreed on. */
  assume(version: number): void {
    this.context = { ...this.context, version };
  }

  agreeOn(version: number): void {
    this.assume(version);
    this.versionAgreed = true;
  }

  /**
   * The client was asked to come again and nothing else is kept: it speaks TLS 1.3, so that its ChangeCipherSpec and
   * early data are skipped, and its encrypted hello, whose key it does not send again, is known.
   */
  retry(ech: EchState | undefined): void {
    this.agreeOn(Version['TLSv1.3']);
    this.ech = ech;
    this.earlyData = new EarlyData('unwanted', this.settings);
  }

  /** This handshake takes the place of that one. */
  renegotiate(previous: Established): void {
    this.previous = previous;
  }

  /** Records are read again as they are. */
  endEarlyData(): void {
    this.earlyData = undefined;
  }

  send<T>(kind: Kind<T>, value: T): void {
    const bytes = encodeMessage(kind, value, this.context);
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

  /** Tells the state that an incoming message finds, and takes the one that the message leads to. */
  arrived(state: string): void {
    if (this.untold) this.tell.state?.('accept', this.state);
    this.untold = false;
    this.tell.state?.('accept', this.state);
    this.state = state;
    this.reading = true;
  }

  /** Goes to a state that no message leads to. */
  enter(state: string): void {
    this.state = state;
    this.tell.state?.('accept', state);
  }

  /** Goes to a state that is told only once the next message is there. */
  enterUntold(state: string): void {
    this.state = state;
    this.untold = true;
  }

  /** The state after the last message read is told when writing begins, also when nothing is written. */
  turnToWriting(): void {
    if (this.reading) this.tell.state?.('accept', this.state);
    this.reading = false;
  }

  /**
   * A check that has a sane continuation: the code after it is right when the condition was false.
   * @throws {Problem} unless broken peers are tolerated
   */
  insist(condition: boolean, problem: ProblemName, where: string, details?: ProblemDetails): void {
    if (condition) return;
    if (!this.settings.toleratesBroken) throw new Problem(problem, where, details);
    this.tell.broken?.(problem, details?.bytes ?? new Uint8Array(0));
  }

  /** @throws {Problem} with this name when the body is malformed */
  decode<T>(kind: Kind<T>, body: Uint8Array, where: string, problem: ProblemName = 'lengthMismatch'): T {
    try {
      return decode(kind.wire(this.context), body);
    } catch (error) {
      if (error instanceof Malformed) throw new Problem(problem, where, { bytes: body });
      throw error;
    }
  }
}
