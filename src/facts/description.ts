/**
 * Description declares a JSON value once: its TypeScript type, its JSON Schema and its line in the documentation come
 * from the same declaration.
 */
export interface Description<T> {
  readonly schema: Schema;
  /** Type only; never set. */
  readonly [described]?: T;
}

declare const described: unique symbol;

/** Optional describes a member that may be absent. */
export interface Optional<T> extends Description<T> {
  readonly optional: true;
}

/** Schema is the subset of JSON Schema 2020-12 that descriptions use. */
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

/** hexString describes lower-case hexadecimal, two digits a byte. */
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

/** word describes an enumeration. */
export function word<const W extends readonly string[]>(words: W, about?: string): Description<W[number]> {
  return { schema: { enum: words, ...documented(about) } };
}

/** constant describes a single value. */
export function constant<const V extends string | true>(value: V, about?: string): Description<V> {
  return { schema: { const: value, ...documented(about) } };
}

/** keyOf describes an enumeration of a table's keys. */
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

/** reference describes the value of a shared definition. */
export function reference<T>(name: string, _definition: Description<T>, about?: string): Description<T> {
  return { schema: { $ref: `#/$defs/${name}`, ...documented(about) } };
}

/** anything describes any JSON value. */
export function anything<T>(about?: string): Description<T> {
  return { schema: { ...documented(about) } };
}

function documented(about: string | undefined): Schema {
  return about === undefined ? {} : { description: about };
}
