import { conversationFacts } from './conversation-facts.ts';
import type { Described, Members } from './description.ts';
import { constant, integer, number, object } from './description.ts';
import { handshakeFacts } from './handshake-facts.ts';
import { programFacts } from './program-facts.ts';

const happened = {
  at: number('milliseconds since the start, of a monotonic clock, with three decimals'),
};

const ofConnection = { ...happened, connection: integer('counts from 1') };

/** Descriptions of facts by kind, in the order of the documentation. */
export const factDescriptions = {
  ...described(programFacts, happened),
  ...described(handshakeFacts, ofConnection),
  ...described(conversationFacts, ofConnection),
};

function described<const F extends Readonly<Record<string, Members>>, const S extends Members>(facts: F, start: S) {
  return Object.fromEntries(
    Object.entries(facts).map(([kind, members]) => [kind, object({ fact: constant(kind), ...start, ...members })]),
  ) as { readonly [K in keyof F]: ReturnType<typeof object<{ readonly fact: Word<K> } & S & F[K]>> };
}

type Word<K> = ReturnType<typeof constant<K & string>>;

type Facts = { readonly [K in keyof typeof factDescriptions]: Described<(typeof factDescriptions)[K]> };

/**
 * Fact is one event as a JSON value, with its members in the order of writing. Byte strings are lower-case hexadecimal.
 * docs/facts.schema.json is its schema for other programs.
 */
export type Fact = Facts[keyof Facts];
export type FactKind = Fact['fact'];
export type FactOf<K extends FactKind> = Extract<Fact, { readonly fact: K }>;

/** Telling is a producer's part of a fact: the stream adds kind, time and connection. */
export type Telling<K extends FactKind> = Omit<FactOf<K>, 'fact' | 'at' | 'connection'>;

export type Way = FactOf<'message'>['way'];
