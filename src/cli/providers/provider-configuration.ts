import { isEngineOfRandomness } from './openssl-engine.ts';
import { type ChosenProvider, changesProviders, type ProviderChoice } from './provider-choice.ts';

/** startConfiguration returns a configuration file, config(5), that starts Node with the choice; undefined: it has it. */
export function startConfiguration(choice: ProviderChoice): string | undefined {
  const engines = choice.engines.filter(isEngineOfRandomness);
  if (!changesProviders(choice) && engines.length === 0) return undefined;
  return [
    `nodejs_conf = ${sectionPrefix}start`,
    `[${sectionPrefix}start]`,
    ...(engines.length === 0 ? [] : [`engines = ${sectionPrefix}engines`]),
    ...(changesProviders(choice) ? providerSections(choice) : []),
    ...(engines.length === 0 ? [] : engineSections(engines)),
    '',
  ].join('\n');
}

/**
 * engineSections makes OpenSSL use these engines from the start: the source of random numbers is chosen once, before
 * any call of Node for an engine. A file cannot be loaded twice, therefore all of its algorithms are used.
 */
function engineSections(engines: readonly string[]): string[] {
  return [
    `[${sectionPrefix}engines]`,
    ...engines.map((_, index) => `e${index} = ${sectionPrefix}e${index}`),
    ...engines.flatMap((name, index) => [
      `[${sectionPrefix}e${index}]`,
      ...(name.includes('/') ? [`dynamic_path = ${escaped(name)}`] : [`engine_id = ${escaped(name)}`, 'soft_load = 1']),
      'init = 0',
      'default_algorithms = ALL',
    ]),
  ];
}

/**
 * providerSections has these providers and this query.
 *
 * Node draws random numbers first of all and exits if it cannot. Therefore the default provider is always loaded and
 * the random generator is pinned to it, whatever the query excludes. Unless it was chosen, nothing else uses it.
 */
function providerSections({ providers, query }: ProviderChoice): string[] {
  const all = [...providers, ...(hasDefault(providers) ? [] : [defaultProvider])];
  const wanted = allowed(providers, query);
  const pinned = ['provider=default', ...otherNames(wanted).map((name) => `-${name}`)].join(',');
  return [
    `providers = ${sectionPrefix}providers`,
    `random = ${sectionPrefix}random`,
    ...(wanted === ''
      ? []
      : [
          `alg_section = ${sectionPrefix}algorithms`,
          `[${sectionPrefix}algorithms]`,
          `default_properties = ${escaped(wanted)}`,
        ]),
    `[${sectionPrefix}random]`,
    'random = CTR-DRBG',
    'cipher = AES-256-CTR',
    `properties = ${escaped(pinned)}`,
    `[${sectionPrefix}providers]`,
    ...all.map(({ name, module }, index) => `${module === undefined ? name : `p${index}`} = ${sectionPrefix}${index}`),
    ...all.flatMap((provider, index) => [`[${sectionPrefix}${index}]`, ...section(provider)]),
  ];
}

function section({ name, module, parameters }: ChosenProvider): string[] {
  return [
    // OpenSSL takes a value that is the name of a section for that section; `default` always is one.
    ...(module === undefined ? [] : [`identity = ${escaped(name)}`, `module = ${escaped(module)}`]),
    ...parameters.filter(([key]) => plainName.test(key)).map(([key, value]) => `${key} = ${escaped(value)}`),
    'activate = 1',
  ];
}

/** hasDefault ignores the legacy provider, which adds to the default one: alone it can make no connection. */
function hasDefault(providers: readonly ChosenProvider[]): boolean {
  return providers.some(({ name }) => name === 'default');
}

function allowed(providers: readonly ChosenProvider[], query: string): string {
  // The reference goes on without an unreadable query; Node would exit.
  const read = queryForm.test(query) ? query.trim() : '';
  const takesDefault = providers.length === 0 || providers.some(({ name }) => name === 'default' || name === 'legacy');
  return takesDefault || propertyNames(read).includes('provider')
    ? read
    : [read, 'provider!=default'].filter(Boolean).join(',');
}

function otherNames(query: string): string[] {
  return propertyNames(query).filter((name) => name !== 'provider');
}

function propertyNames(query: string): string[] {
  const names = query.replace(quoted, '').matchAll(/(?:^|,)\s*[-?]?\s*([a-z][\w.]*)/gi);
  return [...new Set(Array.from(names, ([, name = '']) => name.toLowerCase()))];
}

/** escaped makes one line, in which only letters, digits and a few harmless characters are unescaped. */
function escaped(text: string): string {
  return text.replace(/[\n\r\0]/g, '').replace(/[^\w./,=:?! -]/g, '\\$&');
}

const quoted = /"[^"]*"|'[^']*'/g;
const propertyName = '[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)*';
const propertyValue = `"[^"]*"|'[^']*'|[-+]?\\d+|0x[0-9a-f]+|[a-z][^\\s,]*`;
const clause = `\\s*(?:-\\s*${propertyName}|\\??\\s*${propertyName}(?:\\s*!?=\\s*(?:${propertyValue}))?)\\s*`;
/** Syntax of property queries, property(7). */
const queryForm = new RegExp(`^${clause}(?:,${clause})*$`, 'i');
/** A prefix that keeps every given value from being the name of a section. */
const sectionPrefix = 'serverhello ';
const plainName = /^\w[\w.-]*$/;
const defaultProvider: ChosenProvider = { name: 'default', module: undefined, parameters: [] };
