/**
 * Description declares a JSON value once: its TypeScript type, its JSON Schema and its line in the documentation come
 * from the same declaration.
 */
export interface Description<T> {
  readonly schema: Schema;
  /** Only the type counts. */
  readonly [described]?: T;
}

declare const described: unique symbol;

/** Member of an object that may be missing. */
export interface Optional<T> extends Description<T> {
  readonly optional: true;
}

/** JSON Schema 2020-12, as far as descriptions need it. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly description?: string;
}

export type Described<D> = D extends Description<infer T> ? T : never;

export type Members = Readonly<Record<string, Description<unknown>>>;

type OptionalKeys<M> = { [K in keyof M]: M[K] extends Optional<unknown> ? K : never }[keyof M];

export type ObjectOf<M> = { readonly [K in Exclude<keyof M, OptionalKeys<M>>]: Described<M[K]> } & {
  readonly [K in OptionalKeys<M>]?: Described<M[K]>;
};

export function string(about?: string): Description<string> {
  return { schema: { type: 'string', ...documented(about) } };
}

/** Lower-case hexadecimal, two digits a byte. */
export function hexString(about?: string): Description<string> {
  return { schema: { type: 'string', pattern: '^([0-9a-f]{2})*$', ...documented(about) } };
}

export function integer(about?: string): Description<number> {
  return { schema: { type: 'integer', minimum: 0, ...documented(about) } };
}

export function number(about?: string): Description<number> {
  return { schema: { type: 'number', minimum: 0, ...documented(about) } };
}

export function boolean(about?: string): Description<boolean> {
  return { schema: { type: 'boolean', ...documented(about) } };
}

/** One of these words. */
export function word<const W extends readonly string[]>(words: W, about?: string): Description<W[number]> {
  return { schema: { enum: words, ...documented(about) } };
}

/** This value and no other. */
export function constant<const V extends string | true>(value: V, about?: string): Description<V> {
  return { schema: { const: value, ...documented(about) } };
}

/** One of the keys of a table of names. */
export function keyOf<K extends string>(table: Readonly<Record<K, unknown>>, about?: string): Description<K> {
  return { schema: { enum: Object.keys(table).sort(), ...documented(about) } };
}

export function array<T>(item: Description<T>, about?: string): Description<readonly T[]> {
  return { schema: { type: 'array', items: item.schema, ...documented(about) } };
}

export function object<const M extends Members>(members: M, about?: string): Description<ObjectOf<M>> {
  const entries = Object.entries(members);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
      required: entries.filter(([, member]) => !('optional' in member)).map(([name]) => name),
      additionalProperties: false,
      ...documented(about),
    },
  };
}

export function nullable<T>(value: Description<T>, about?: string): Description<T | null> {
  return { schema: { anyOf: [value.schema, { type: 'null' }], ...documented(about) } };
}

export function either<A, B>(first: Description<A>, second: Description<B>, about?: string): Description<A | B> {
  return { schema: { anyOf: [first.schema, second.schema], ...documented(about) } };
}

export function optional<T>(value: Description<T>): Optional<T> {
  return { schema: value.schema, optional: true };
}

/** The value of a definition, which the schema writes once and refers to. */
export function reference<T>(name: string, _definition: Description<T>, about?: string): Description<T> {
  return { schema: { $ref: `#/$defs/${name}`, ...documented(about) } };
}

/** Any value of JSON. */
export function anything<T>(about?: string): Description<T> {
  return { schema: { ...documented(about) } };
}

function documented(about: string | undefined): Schema {
  return about === undefined ? {} : { description: about };
}
