import { hex } from '../bytes/hex.ts';
import {
  type Choice,
  type ChoiceKind,
  type Way as Direction,
  joinObservers,
  type Notes,
  type Observer,
} from '../connection/observer.ts';
import type { Trouble } from '../connection/trouble.ts';
import type { Fetched } from '../handshake/flow/fetched.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { ContentType } from '../names/content-types.ts';
import { problems } from '../names/problems.ts';
import { sslv2Version } from '../record/record-reader.ts';
import type { Check } from '../x509/verify/run.ts';
import { clientIdentity, nameText, ownCertificateFact, verifyErrorFact } from './certificate-facts.ts';
import { choiceOf } from './choice-facts.ts';
import { DataFacts } from './data-facts.ts';
import {
  alertLevelPoint,
  alertPoint,
  groupPoint,
  schemePoint,
  suitePoint,
  versionPoint,
} from './decoding/code-points.ts';
import { type CodePoint, type Endpoint, textOf } from './decoding/value.ts';
import { closedBy, disconnection, endsQuietly, failureOf } from './ending-facts.ts';
import type { FactKind, FactOf, Telling, Way } from './fact.ts';
import type { FactStream } from './fact-stream.ts';
import { HelloFacts } from './hello-facts.ts';
import { MessageFacts } from './message-facts.ts';
import { recordFacts } from './record-facts.ts';
import { ruleOf } from './rules.ts';

/** Carried is the byte counts of a connection's transport. */
export interface Carried {
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/**
 * ConnectionFacts reports the facts of one connection. Its observer watches the engine; events outside of the engine
 * are reported by calling methods in the order of events.
 */
export class ConnectionFacts {
  readonly observer: Observer;
  private readonly stream: FactStream;
  private readonly connection: number;
  private readonly started: number;
  private readonly hellos: HelloFacts;
  private readonly messages: MessageFacts;
  private readonly data: DataFacts;
  private readonly choices: FactOf<'choice'>[] = [];
  private remote: Endpoint | null;
  /** The client has sent something. */
  private began = false;
  private secure = false;
  private failed = false;
  private received: CodePoint | undefined;
  private ending: Pick<FactOf<'closed'>, 'how' | 'by'> | undefined;

  constructor(stream: FactStream, connection: number, connected: Telling<'connected'>) {
    const { bytes = false, data = false } = stream.options.with ?? {};
    const tell = <K extends FactKind>(kind: K, members: Telling<K>) => this.tell(kind, members);
    this.stream = stream;
    this.connection = connection;
    this.remote = connected.remote;
    this.hellos = new HelloFacts(tell);
    this.messages = new MessageFacts(tell, bytes);
    this.data = new DataFacts(tell, data);
    this.observer = joinObservers(this.observers());
    this.started = this.tell('connected', connected).at;
  }

  /** arrived reports a chunk of `length` bytes from the transport. */
  arrived(length: number): void {
    this.began = true;
    this.hellos.received(length);
  }

  /** established reports a handshake: the first, a renegotiation, or post-handshake client authentication. */
  established(info: SessionInfo): void {
    const agreed = {
      suite: suitePoint(info.cipherSuite.code),
      group: info.group === undefined ? null : groupPoint(info.group),
      scheme: info.scheme === undefined ? null : schemePoint(info.scheme),
      resumed: info.resumed ? (info.resumedFrom ?? 'id') : 'no',
    } as const;
    if (this.secure) {
      this.tell('renegotiated', { ...agreed, ...connectionIdsOf(info), client: clientIdentity(info) });
      return;
    }
    this.secure = true;
    const { serverCertificate } = info;
    this.tell('established', {
      version: versionPoint(info.version),
      ...agreed,
      ...(info.pskIdentity && { pskIdentity: textOf(info.pskIdentity) }),
      earlyData: info.earlyData ?? 'none',
      alpn: info.alpn === undefined ? null : textOf(Buffer.from(info.alpn, 'latin1')),
      sni: info.serverName === undefined ? null : textOf(Buffer.from(info.serverName, 'latin1')),
      ech: info.ech?.outcome ?? null,
      ...connectionIdsOf(info),
      certificate: serverCertificate === undefined ? null : ownCertificateFact(serverCertificate),
      client: clientIdentity(info),
      milliseconds: this.elapsed,
    });
  }

  /** trouble reports an end without close_notify. */
  trouble(trouble: Trouble): void {
    this.ending ??= closedBy(trouble);
    if (!this.secure || !endsQuietly(trouble)) {
      const { where, received, version } = this;
      this.fail(failureOf(trouble, { where, received, version }));
    }
  }

  /** finished reports the peer's FIN. */
  finished(): void {
    this.ending ??= { how: 'fin', by: 'peer' };
  }

  /** moved reports a new address of the peer. */
  moved(to: Endpoint): void {
    if (this.remote !== null) this.tell('moved', { from: this.remote, to });
    this.remote = to;
  }

  /** answered reports an HTTP response. */
  answered(method: string, path: string, status: number): void {
    const text = (it: string) => textOf(Buffer.from(it, 'latin1'));
    this.tell('http', { method: text(method), path: text(path), status });
  }

  closed(carried: Carried): void {
    if (!this.secure) this.fail(disconnection(this.where));
    this.data.end();
    const ending = this.ending ?? { how: 'fin', by: 'us' };
    this.tell('closed', { ...ending, ...carried, milliseconds: this.elapsed });
  }

  private get elapsed(): number {
    return Math.round((this.stream.time - this.started) * 1000) / 1000;
  }

  private get where(): FactOf<'failed'>['where'] {
    if (this.secure) return 'data';
    return this.hellos.newest === undefined ? 'before the hello' : 'handshake';
  }

  /** The version that was agreed on, on the wire. */
  private get version(): number | undefined {
    const chosen = this.choices.find(({ what }) => what === 'version')?.chosen ?? undefined;
    return typeof chosen === 'object' && 'code' in chosen ? chosen.code : undefined;
  }

  private tell<K extends FactKind>(kind: K, members: Telling<K>): FactOf<K> {
    return this.stream.tell(kind, members, this.connection);
  }

  private fail(failed: Omit<Telling<'failed'>, 'explain'>): void {
    if (this.failed) return;
    this.failed = true;
    const story = { hello: this.hellos.newest, choices: this.choices, began: this.began };
    const explain = this.stream.options.explain?.(failed, story) ?? [];
    this.tell('failed', { ...failed, explain });
  }

  private observers(): readonly Observer[] {
    const { records = false, secrets = false } = this.stream.options.with ?? {};
    return [
      {
        record: this.hellos.record,
        message: (way, contentType, version, bytes) => this.message(way, contentType, version, bytes),
        alert: (way, level, description) => this.alert(way, level, description),
        data: (way, bytes, early) => this.data.add(wayOf(way), bytes, early),
        verify: (check) => this.verified(check),
        choice: (what, choice) => this.chose(what, choice),
        broken: (problem, bytes) => {
          const { text } = problems[problem];
          this.tell('broken', { problem, text, rfc: ruleOf(problem, this.version) ?? null, bytes: hex(bytes) });
        },
        note: (kind, note) => {
          if (kind === 'flightRepeated') this.tell('flight', { repeated: true });
          if (kind === 'innerHello') this.hellos.inner((note as Notes['innerHello']).message);
          if (kind === 'fetched') this.fetched(note as Fetched);
        },
      },
      ...(records ? [recordFacts((kind, members) => this.tell(kind, members))] : []),
      ...(secrets ? [this.secrets()] : []),
    ];
  }

  private secrets(): Observer {
    return {
      secret: (label, clientRandom, secret) =>
        void this.tell('secret', { label, clientRandom: hex(clientRandom), secret: hex(secret) }),
    };
  }

  private message(way: Direction, contentType: number, version: number, bytes: Uint8Array): void {
    const isSslv2Hello = contentType === 0 && version === sslv2Version;
    if (contentType !== ContentType.handshake && !isSslv2Hello) return;
    if (!isSslv2Hello) this.messages.message(way, version, bytes);
    this.hellos.message(way, version, bytes);
  }

  private alert(way: Direction, level: number, description: number): void {
    const point = alertPoint(description);
    if (way === 'read') this.received = point;
    if (description === closeNotify) this.ending ??= { how: 'close_notify', by: way === 'read' ? 'peer' : 'us' };
    this.tell('alert', { way: wayOf(way), level: alertLevelPoint(level), description: point });
  }

  private chose(what: ChoiceKind, choice: Choice): void {
    const fact = this.tell('choice', choiceOf(what, choice));
    if (this.choices.length < mostChoices) this.choices.push(fact);
  }

  /** fetched escapes the URL, which comes from the client's certificate. */
  private fetched({ what, url, result }: Fetched): void {
    this.tell('fetch', { what, url: textOf(Buffer.from(url, 'latin1')), result });
  }

  private verified({ ok, error, depth, certificate }: Check): void {
    const code = ok === 'fault' ? error : 0;
    const { goesOn } = this.stream.options;
    this.tell('verify', {
      depth,
      subject: certificate === undefined ? '' : nameText(certificate.facts.subject.der),
      error: verifyErrorFact(code),
      goesOn: code === 0 || goesOn?.(code, depth) === true,
    });
  }
}

function connectionIdsOf({ connectionIds: ids }: SessionInfo): Pick<FactOf<'established'>, 'connectionIds'> {
  return ids === undefined ? {} : { connectionIds: { ours: hex(ids.ours), theirs: hex(ids.theirs) } };
}

function wayOf(way: Direction): Way {
  return way === 'read' ? 'in' : 'out';
}

const closeNotify = 0;
/** Limit of choices in a story: renegotiations add more, which explain no failure of the first handshake. */
const mostChoices = 64;
