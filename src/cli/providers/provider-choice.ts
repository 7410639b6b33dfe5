import { resolve } from 'node:path';
import { libraryEnding, libraryFolder } from './library-folder.ts';

/** What a command line wants of the OpenSSL inside Node. */
export interface ProviderChoice {
  readonly providers: readonly ChosenProvider[];
  /** As it was given; empty where there is none. */
  readonly query: string;
}

export interface ChosenProvider {
  readonly name: string;
  /** The path of its file; undefined for those that OpenSSL has in itself. */
  readonly module: string | undefined;
  /** Of `-provparam`: names and values. */
  readonly parameters: readonly (readonly [string, string])[];
}

/**
 * The last `-propquery` counts, and every `-provider` with the last `-provider-path` before it. Without judging: what is
 * wrong with the words is told when they are parsed.
 */
export function providerChoice(words: readonly string[], rowNamed: RowNamed): ProviderChoice {
  const parameters: Parameter[] = [];
  const named: Omit<ChosenProvider, 'parameters'>[] = [];
  let folder: string | undefined;
  let query = '';
  for (const [name, value] of optionsWithValues(words, rowNamed)) {
    if (name === 'provider-path') folder = value;
    if (name === 'provider') named.push({ name: value, module: moduleFile(value, folder) });
    if (name === 'propquery') query = value;
    if (name === 'provparam') parameters.push(...parameterOf(value));
  }
  const providers = named.map((provider) => ({
    ...provider,
    parameters: parameters
      .filter(({ of }) => of === undefined || of === provider.name)
      .map(({ name, value }) => [name, value] as const),
  }));
  return { providers, query };
}

/** Whether OpenSSL as Node starts it by itself is not what was chosen. */
export function needsAnotherStart({ providers, query }: ProviderChoice): boolean {
  return query !== '' || providers.some(({ name }) => name !== 'default');
}

/** The file of a provider, undefined for one that OpenSSL has in itself. `folder` is that of `-provider-path`. */
export function moduleFile(name: string, folder: string | undefined): string | undefined {
  if (ownProviders.has(name)) return undefined;
  const file = name.includes('/') ? name : `${name}${libraryEnding}`;
  return resolve(folder ?? libraryFolder('ossl-modules'), file);
}

/** `[name:]key=value`, as a list that is empty where it is not of this form. */
export function parameterOf(text: string): readonly Parameter[] {
  const [, of, name, value] = /^(?:([^:=]*):)?([^=]+)=(.*)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? [] : [{ of, name, value }];
}

interface Parameter {
  /** Absent: of every provider. */
  readonly of: string | undefined;
  readonly name: string;
  readonly value: string;
}

/** An option by its name or an alias; a flag takes no value. */
type RowNamed = (name: string) => { readonly name: string; readonly takes: string } | undefined;

function* optionsWithValues(words: readonly string[], rowNamed: RowNamed): Generator<readonly [string, string]> {
  const rest = words.values();
  for (const word of rest) {
    if (word === '--') return;
    const [, name = '', value] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const row = rowNamed(name);
    if (row === undefined || row.takes === 'flag') continue;
    const text = value ?? rest.next().value;
    if (text !== undefined) yield [row.name, text];
  }
}

/** In Node the legacy provider is built in as well. */
const ownProviders: ReadonlySet<string> = new Set(['default', 'base', 'null', 'legacy']);
