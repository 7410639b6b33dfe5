/** Flag is one flag of the runner: what it changes in the plan of a connection. */
export interface Flag<Plan> {
  readonly takes: 'nothing' | 'value';
  /** @throws {BadValue} */
  apply(plan: Plan, value: string): void;
}

/** FlagTable maps the names, without the hyphen, to the flags. */
export type FlagTable<Plan> = Readonly<Record<string, Flag<Plan>>>;

/** NotImplemented reports what this shim does not have; the runner then skips the test. */
export class NotImplemented extends Error {}

/** BadValue reports a value that a flag cannot take. */
export class BadValue extends Error {}

export function toggle<Plan>(apply: (plan: Plan) => void): Flag<Plan> {
  return { takes: 'nothing', apply };
}

/** The value's bytes, each as one character. */
export function text<Plan>(apply: (plan: Plan, value: string) => void): Flag<Plan> {
  return { takes: 'value', apply };
}

export function integer<Plan>(apply: (plan: Plan, value: number) => void): Flag<Plan> {
  return text((plan, value) => apply(plan, integerIn(value)));
}

/** A file's path. */
export function path<Plan>(apply: (plan: Plan, value: string) => void): Flag<Plan> {
  return text((plan, value) => apply(plan, Buffer.from(value, 'latin1').toString()));
}

export function base64<Plan>(apply: (plan: Plan, value: Uint8Array) => void): Flag<Plan> {
  return text((plan, value) => {
    const bytes = Buffer.from(value, 'base64');
    if (bytes.toString('base64') !== value) throw new BadValue(`not base64: ${value}`);
    apply(plan, bytes);
  });
}

/** Names, each after its length as one byte. */
export function wireList<Plan>(apply: (plan: Plan, names: readonly string[]) => void): Flag<Plan> {
  return text((plan, value) => apply(plan, namesIn(value)));
}

/** inert accepts a flag that asks for what always holds here. */
export function inert<Plan>(takes: Flag<Plan>['takes'] = 'nothing'): Flag<Plan> {
  return { takes, apply: () => {} };
}

function integerIn(value: string): number {
  const number = Number(value);
  if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) throw new BadValue(`not an integer: ${value}`);
  return number;
}

function namesIn(value: string): string[] {
  const names: string[] = [];
  for (let at = 0; at < value.length; ) {
    const length = value.charCodeAt(at);
    names.push(value.substring(at + 1, at + 1 + length));
    at += 1 + length;
    if (length === 0 || at > value.length) throw new BadValue('not a list of names');
  }
  return names;
}
