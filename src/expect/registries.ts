import { alertPoint, extensionPoint, groupPoint, schemePoint, suitePoint } from '../facts/decoding/code-points.ts';
import type { CodePoint } from '../facts/decoding/value.ts';
import { groups } from '../names/groups.ts';
import { nearestNames } from '../names/nearest-name.ts';
import { BadTerm } from './bad-term.ts';

/** Registry finds code points by any of their names, in any case, and by their numbers. */
export class Registry {
  private readonly what: string;
  private readonly point: (code: number) => CodePoint;
  private readonly size: number;
  private readonly synonyms: () => Iterable<readonly [name: string, code: number]>;
  private found: ReadonlyMap<string, number> | undefined;

  constructor(options: {
    readonly what: string;
    readonly point: (code: number) => CodePoint;
    readonly size?: number;
    readonly synonyms?: () => Iterable<readonly [name: string, code: number]>;
  }) {
    this.what = options.what;
    this.point = options.point;
    this.size = options.size ?? 0x10000;
    this.synonyms = options.synonyms ?? (() => []);
  }

  /** @throws {BadTerm} for a name that nothing has */
  code(name: string): number {
    const number = /^(?:0x[0-9a-f]+|\d+)$/i.test(name) ? Number(name) : undefined;
    if (number !== undefined && number < this.size) return number;
    const code = this.names.get(name.toLowerCase());
    if (code !== undefined) return code;
    const near = nearestNames(name, [...this.names.keys()]).slice(0, mostNear);
    throw new BadTerm(`no ${this.what} is called ${JSON.stringify(name)}`, near);
  }

  /** IANA's name; without one the number. */
  name(code: number): string {
    return pointName(this.point(code));
  }

  private get names(): ReadonlyMap<string, number> {
    this.found ??= new Map([...this.allNames()].map(([name, code]) => [name.toLowerCase(), code]));
    return this.found;
  }

  private *allNames(): Iterable<readonly [string, number]> {
    for (let code = 0; code < this.size; code++) {
      const { name, openssl } = this.point(code);
      if (openssl !== undefined) yield [openssl, code];
      if (name !== null) yield [name, code];
    }
    yield* this.synonyms();
  }
}

/** A number of a registry for people. */
export function pointName({ code, name, grease }: CodePoint): string {
  return name ?? `${grease ? 'GREASE ' : ''}0x${code.toString(16).padStart(4, '0')}`;
}

export const suiteRegistry = new Registry({ what: 'cipher suite', point: suitePoint });
export const groupRegistry = new Registry({
  what: 'group',
  point: groupPoint,
  *synonyms() {
    for (const { code, names } of groups) for (const name of names) yield [name, code];
    yield ['prime256v1', 0x17];
  },
});
export const schemeRegistry = new Registry({ what: 'signature scheme', point: schemePoint });
export const extensionRegistry = new Registry({ what: 'extension', point: extensionPoint });
export const alertRegistry = new Registry({ what: 'alert', point: alertPoint, size: 0x100 });

const mostNear = 3;
