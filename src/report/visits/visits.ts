import type { Fact, FactOf } from '../../facts/fact.ts';
import { type Card, cardOf } from '../card.ts';
import { Visitor } from './visitor.ts';

/** Kinds of clients at addresses that are remembered; the one that has not come for longest is forgotten first. */
const mostVisitors = 1000;
/** Kinds of clients that are known as such. */
const mostKinds = 1000;

/** Greeted is a connection whose hello has arrived. */
export interface Greeted {
  readonly connection: number;
  /** The client's address and port; null on a unix socket. */
  readonly remote: FactOf<'connected'>['remote'];
  readonly card: Card;
}

export interface VisitsOptions {
  /** Called once for each kind of client, by its JA4, when its handshake has ended, well or not. */
  readonly newKind?: (greeted: Greeted) => void;
  /** Called for a connection that failed before a hello could be read. */
  readonly unread?: (failed: FactOf<'failed'>, remote: Greeted['remote']) => void;
}

interface Connection {
  readonly remote: Greeted['remote'];
  hello: FactOf<'clientHello'> | undefined;
  visitor: Visitor | undefined;
  isDone: boolean;
}

/**
 * Visits makes the report card of each client that connects, from the facts of its connection and of those that the same
 * kind of client made from the same address.
 */
export class Visits {
  private readonly options: VisitsOptions;
  private readonly connections = new Map<number, Connection>();
  private readonly visitors = new Map<string, Visitor>();
  private readonly kinds = new Set<string>();

  constructor(options: VisitsOptions = {}) {
    this.options = options;
  }

  hear(fact: Fact): void {
    if (fact.fact === 'connected')
      this.connections.set(fact.connection, {
        remote: fact.remote,
        hello: undefined,
        visitor: undefined,
        isDone: false,
      });
    const number = 'connection' in fact ? fact.connection : undefined;
    const connection = number === undefined ? undefined : this.connections.get(number);
    if (number === undefined || connection === undefined) return;
    if (fact.fact === 'clientHello' && !connection.isDone) this.greeted(fact, connection);
    if (fact.fact === 'established' && fact.resumed !== 'no') connection.visitor?.resumed();
    if (fact.fact === 'failed' && connection.hello === undefined) this.options.unread?.(fact, connection.remote);
    if (fact.fact === 'established' || fact.fact === 'failed') this.done(number, connection);
    if (fact.fact === 'closed') this.connections.delete(number);
  }

  /** The card of the client of a connection; undefined before its hello, and when the connection has ended. */
  cardOf(connection: number): Card | undefined {
    const { hello, visitor } = this.connections.get(connection) ?? {};
    return hello && cardOf(hello, visitor?.behaviour);
  }

  /** An inner hello replaces the outer one, which is the same visit; a second hello adds to the first. */
  private greeted(hello: FactOf<'clientHello'>, connection: Connection): void {
    if (hello.number > 1) {
      connection.visitor?.retry(hello);
      return;
    }
    const isFirst = connection.hello === undefined;
    connection.hello = hello;
    if (!isFirst) return;
    connection.visitor = this.visitorOf(`${connection.remote?.address ?? 'here'} ${hello.ja4}`);
    connection.visitor.greet(hello);
  }

  private visitorOf(key: string): Visitor {
    const visitor = this.visitors.get(key) ?? new Visitor();
    this.visitors.delete(key);
    this.visitors.set(key, visitor);
    dropOldest(this.visitors, mostVisitors);
    return visitor;
  }

  private done(number: number, connection: Connection): void {
    const { hello, remote, isDone } = connection;
    connection.isDone = true;
    if (isDone || hello === undefined || this.kinds.has(hello.ja4)) return;
    this.kinds.add(hello.ja4);
    dropOldest(this.kinds, mostKinds);
    const card = this.cardOf(number);
    if (card !== undefined) this.options.newKind?.({ connection: number, remote, card });
  }
}

function dropOldest(kept: Map<string, unknown> | Set<string>, most: number): void {
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size > most) kept.delete(oldest);
}
