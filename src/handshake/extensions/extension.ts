import { encode, type ValueOf } from '../../bytes/wire.ts';
import type { Extension, ExtensionKind, Forms } from '../../messages/extensions/extension.ts';
import type { KeyShareEntry } from '../../messages/extensions/key-share.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import { Problem, type ProblemDetails, type ProblemName } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Session } from '../../sessions/session.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { bounded } from '../flow/bounded.ts';
import type { EarlyDataQuestion, ResumedSession } from '../flow/early-data-fate.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import type { InfoPlace } from '../flow/server-info.ts';
import type { Settings } from '../flow/settings.ts';
import type { Hello } from '../hello/client-hello.ts';
import type { Offer } from './offer.ts';

/** The versions in which an extension is used; elsewhere it is ignored. */
export type Versions = 'any' | 'upToTls12' | 'fromTls13';

/** A message that the server puts extensions into. */
export type Place = InfoPlace;

/** Round is a handshake as the extensions see it when they choose: hello, suite and certificate are known. */
export interface Round {
  readonly settings: Settings;
  readonly hello: Hello;
  readonly version: number;
  /** The client's values that other extensions depend on too. */
  readonly offers: {
    readonly serverName?: Uint8Array | undefined;
    readonly serverCertificateType?: readonly number[] | undefined;
    readonly recordSizeLimit?: number | undefined;
  };
  readonly cipherSuite: CipherSuite;
  readonly resumed: boolean;
  /** Undefined when no certificate is sent. */
  readonly credential: Credential | undefined;
  readonly serverNameAccepted: boolean;
  /** True when the client is asked for its certificate, now or later. */
  readonly asksClient: boolean;
  /** Choices made so far that other extensions depend on too. */
  readonly chosen: { readonly alpn?: string | undefined };
}

/** A handshake up to TLS 1.2. */
export interface Round12 extends Round {
  /** True when the client has asked for a ticket and has none, or a stale one. */
  readonly ticketDue: boolean;
}

/** A handshake of TLS 1.3. */
export interface Round13 extends Round {
  readonly offers: Round['offers'] & EarlyDataQuestion['offers'];
  /** The group of the key exchange, if any. */
  readonly group: Group | undefined;
  readonly psk: ResumedSession | undefined;
  /** True after a HelloRetryRequest. */
  readonly retried: boolean;
}

type RoundOf<V extends Versions> = V extends 'fromTls13' ? Round13 : V extends 'upToTls12' ? Round12 : Round;

/** The input for the extensions of each message. */
export interface Subjects {
  readonly serverHello12: Round12;
  readonly serverHello13: { readonly share: KeyShareEntry | undefined; readonly selectedPsk: number | undefined };
  readonly encryptedExtensions: Round13;
  /** Code point of the group to send a share for, and a cookie, if any. */
  readonly helloRetryRequest: { readonly group: number | undefined; readonly cookie: Uint8Array | undefined };
  /** One certificate of our chain. */
  readonly certificate: { readonly isLeaf: boolean; readonly response: Uint8Array | undefined };
  readonly certificateRequest: {
    readonly signatureSchemes: readonly number[];
    /** Algorithms of RFC 8879; undefined: certificates must be uncompressed. */
    readonly decompression: readonly number[] | undefined;
    readonly authorityNames: readonly Uint8Array[];
  };
  readonly newSessionTicket: Pick<Session, 'maxEarlyData'>;
}

/** The key of `in` that has the form of a place. */
type FormOf<P extends Place> = P extends 'serverHello12' | 'serverHello13' ? 'serverHello' : P;

/** An answer for each message that may carry the extension; undefined: it is left out. */
type Answers<F extends Forms, D> = {
  readonly [P in Place as FormOf<P> extends keyof F ? P : never]?: (
    subject: Subjects[P],
    chosen: D,
  ) => ValueOf<F[FormOf<P>]> | undefined;
};

/** Slots is a server's handling of an extension; code and forms are in its kind. */
interface Slots<F extends Forms, V extends Versions, T, D> {
  readonly versions: V;
  /** Reads the client's extension; absent for extensions that are read elsewhere. */
  readonly offer?: Offer<T>;
  /** False when the extension is ignored whatever its body contains. */
  isOn?(settings: Settings): boolean;
  /** The problem of a client that omits a required extension. */
  readonly missing?: Missing;
  /** Chooses from the client's value; undefined when it sent none. */
  choose?(offered: NoInfer<T> | undefined, flow: Flow, round: RoundOf<V>): D;
  /** The same for a choice that may have to wait. */
  lookUp?(offered: NoInfer<T> | undefined, flow: Flow, round: RoundOf<V>): Handshake<D>;
  readonly answers?: Answers<F, NoInfer<D>>;
}

export interface Missing {
  readonly problem: ProblemName;
  /** The reference's function, for the error line. */
  readonly where: string;
  readonly alert?: ProblemDetails['alert'];
}

/** An extension of the server. `T` is the value read from a ClientHello, `D` the choice made from it. */
export interface ServerExtension<T = unknown, D = unknown, V extends Versions = Versions> {
  readonly code: number;
  readonly versions: V;
  readonly missing: Missing | undefined;
  isOn(settings: Settings): boolean;
  /** Undefined for extensions that are read elsewhere. @throws {Problem} */
  readonly read: ((body: Uint8Array) => T) | undefined;
  /** At most one of these two exists. @throws {Problem} */
  choose?(offered: T | undefined, flow: Flow, round: RoundOf<V>): D;
  lookUp?(offered: T | undefined, flow: Flow, round: RoundOf<V>): Handshake<D>;
  /** The messages that may carry an answer. */
  readonly places: readonly Place[];
  /** Undefined when it is left out. @throws {Problem} */
  answer<P extends Place>(place: P, subject: Subjects[P], chosen: D): Extension | undefined;
}

export function serverExtension<F extends Forms, V extends Versions, T = undefined, D = undefined>(
  kind: ExtensionKind<F>,
  { versions, offer, isOn = always, missing, choose, lookUp, answers = {} }: Slots<F, V, T, D>,
): ServerExtension<T, D, V> {
  return {
    code: kind.code,
    versions,
    missing,
    isOn,
    read: offer?.read,
    ...(choose && { choose }),
    ...(lookUp && { lookUp }),
    places: Object.keys(answers) as Place[],
    answer(place, subject, chosen) {
      const form = kind.in[formOf(place)];
      const value = (answers as AnyAnswers<D>)[place]?.(subject, chosen);
      return value === undefined || form === undefined
        ? undefined
        : { type: kind.code, body: bounded(() => encode(form, value)) };
    },
  };
}

type AnyAnswers<D> = { readonly [P in Place]?: (subject: Subjects[P], chosen: D) => unknown };

function formOf(place: Place): keyof Forms {
  return place === 'serverHello12' || place === 'serverHello13' ? 'serverHello' : place;
}

/** True when an extension is used in a version. */
export function countsIn({ versions }: Pick<ServerExtension, 'versions'>, version: number): boolean {
  if (versions === 'any') return true;
  return version >= Version['TLSv1.3'] === (versions === 'fromTls13');
}

/** The client's value of a required extension. @throws {Problem} when it is missing */
export function required<T>({ missing }: Pick<ServerExtension, 'missing'>, offered: T | undefined): T {
  if (offered !== undefined) return offered;
  if (missing === undefined) throw new Error('an extension that nobody needs');
  const { problem, where, alert } = missing;
  throw new Problem(problem, where, alert === undefined ? undefined : { alert });
}

function always(): boolean {
  return true;
}
