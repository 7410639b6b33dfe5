import type { Fact, FactOf } from '../facts/fact.ts';

/** What the facts of one connection came to: the subject of every term. */
export class ConnectionSummary {
  readonly connection: number;
  /** In the order of arrival; one that came encrypted stands behind the one around it. */
  readonly hellos: FactOf<'clientHello'>[] = [];
  readonly requests: FactOf<'http'>[] = [];
  /** Names of the alerts, and numbers of unknown ones. */
  readonly alertsIn: string[] = [];
  readonly alertsOut: string[] = [];
  established: FactOf<'established'> | undefined;
  failed: FactOf<'failed'> | undefined;
  closed: FactOf<'closed'> | undefined;
  /** Whether a HelloRetryRequest was sent. */
  retried = false;

  constructor(connection: number) {
    this.connection = connection;
  }

  /** The newest first hello of the connection: what the client offers. */
  get hello(): FactOf<'clientHello'> | undefined {
    return this.hellos[0];
  }

  /** A connection without a whole ClientHello is a probe, and not judged. */
  get isJudged(): boolean {
    return this.hellos.length > 0;
  }

  get handshakeFailed(): boolean {
    return this.isJudged && this.failed !== undefined && this.failed.where !== 'data';
  }

  /** Its duration so far. */
  get milliseconds(): number {
    return this.closed?.milliseconds ?? this.established?.milliseconds ?? 0;
  }

  hear(fact: Fact): void {
    if (fact.fact === 'clientHello') this.hellos.push(fact);
    else if (fact.fact === 'established') this.established = fact;
    else if (fact.fact === 'failed') this.failed = fact;
    else if (fact.fact === 'closed') this.closed = fact;
    else if (fact.fact === 'http') this.requests.push(fact);
    else if (fact.fact === 'alert') this.heardAlert(fact);
    else if (fact.fact === 'choice') this.retried ||= fact.what === 'group' && fact.why.endsWith(retry);
  }

  private heardAlert({ way, description: { code, name } }: FactOf<'alert'>): void {
    (way === 'in' ? this.alertsIn : this.alertsOut).push(name ?? String(code));
  }
}

/** The end of the reason for a choice that the client has sent no share for. */
const retry = 'HelloRetryRequest';
