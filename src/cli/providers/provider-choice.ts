import { resolve } from 'node:path';
import { libraryEnding, libraryFolder } from './library-folder.ts';

/** ProviderChoice is the command line's choice for the OpenSSL inside Node. */
export interface ProviderChoice {
  readonly providers: readonly ChosenProvider[];
  /** The query as given; empty without one. */
  readonly query: string;
  /** Names and paths of `-engine`. */
  readonly engines: readonly string[];
}

export interface ChosenProvider {
  readonly name: string;
  /** Path of its file; undefined for those built into OpenSSL. */
  readonly module: string | undefined;
  /** Names and values of `-provparam`. */
  readonly parameters: readonly (readonly [string, string])[];
}

/**
 * providerChoice takes the last `-propquery`, every `-engine`, and every `-provider` with the last `-provider-path`
 * before it. It checks nothing; the parser reports errors later.
 */
export function providerChoice(words: readonly string[], rowNamed: RowNamed): ProviderChoice {
  const parameters: Parameter[] = [];
  const named: Omit<ChosenProvider, 'parameters'>[] = [];
  let folder: string | undefined;
  let query = '';
  const engines: string[] = [];
  for (const [name, value] of optionsWithValues(words, rowNamed)) {
    if (name === 'provider-path') folder = value;
    if (name === 'provider') named.push({ name: value, module: moduleFile(value, folder) });
    if (name === 'propquery') query = value;
    if (name === 'engine') engines.push(value);
    if (name === 'provparam') parameters.push(...parameterOf(value));
  }
  const providers = named.map((provider) => ({
    ...provider,
    parameters: parameters
      .filter(({ of }) => of === undefined || of === provider.name)
      .map(({ name, value }) => [name, value] as const),
  }));
  return { providers, query, engines };
}

/**
 * needsAnotherStart reports whether OpenSSL as Node starts it differs from the choice. The engine `dynamic` has no
 * algorithms.
 */
export function needsAnotherStart(choice: ProviderChoice): boolean {
  return changesProviders(choice) || choice.engines.some((name) => name !== 'dynamic');
}

export function changesProviders({ providers, query }: ProviderChoice): boolean {
  return query !== '' || providers.some(({ name }) => name !== 'default');
}

/** moduleFile returns the file of a provider, undefined for a built-in one. `folder` is that of `-provider-path`. */
export function moduleFile(name: string, folder: string | undefined): string | undefined {
  if (ownProviders.has(name)) return undefined;
  const file = name.includes('/') ? name : `${name}${libraryEnding}`;
  return resolve(folder ?? libraryFolder('ossl-modules'), file);
}

/** parameterOf parses `[name:]key=value`; the list is empty for any other form. */
export function parameterOf(text: string): readonly Parameter[] {
  const [, of, name, value] = /^(?:([^:=]*):)?([^=]+)=(.*)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? [] : [{ of, name, value }];
}

interface Parameter {
  /** Absent: for every provider. */
  readonly of: string | undefined;
  readonly name: string;
  readonly value: string;
}

/** RowNamed looks up an option by name or alias; a flag takes no value. */
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

/** Node has the legacy provider built in as well. */
const ownProviders: ReadonlySet<string> = new Set(['default', 'base', 'null', 'legacy']);
