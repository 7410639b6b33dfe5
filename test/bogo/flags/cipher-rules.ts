import { applyCipherList } from '../../../src/handshake/policy/cipher-list.ts';
import { type CipherSuite, cipherSuites } from '../../../src/names/cipher-suites.ts';

/** The suites up to TLS 1.2 that the runner expects of a server, in the order of preference that it expects. */
const known = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-PSK-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-PSK-AES128-CBC-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'ECDHE-PSK-AES256-CBC-SHA',
  'ECDHE-RSA-AES128-SHA256',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'PSK-AES128-CBC-SHA',
  'AES256-SHA',
  'PSK-AES256-CBC-SHA',
  'DES-CBC3-SHA',
].join(':');

export function defaultSuites(): readonly CipherSuite[] {
  return suitesOf(known);
}

/** RuledSuites are suites in order of preference; those of a tuple are preferred alike. */
export interface RuledSuites {
  readonly suites: readonly CipherSuite[];
  readonly tuples: readonly (readonly CipherSuite[])[];
}

/**
 * The suites of a rule string of BoringSSL: OpenSSL's syntax, in which `ALL` and `DEFAULT` are its own suites, and only a
 * suite's name turns on another one. Suites in brackets, separated by `|`, are preferred alike.
 * @throws {ListFailure}
 */
export function cipherRules(rules: string): RuledSuites {
  const ours = rules.replace(/\bTLS_\w+/g, (name) => opensslNames.get(name) ?? name);
  const list = ours.replace(/[[|\]]/g, ':').replace(/^(?:DEFAULT|ALL)(?=:|$)/, known);
  const names = new Set([...known.split(':'), ...list.split(':')]);
  const suites = suitesOf(list).filter(({ name }) => names.has(name));
  return { suites, tuples: tuplesOf(suites, ours) };
}

/** OpenSSL's names of suites by those of the registry, which rules may have too. */
const opensslNames = new Map(cipherSuites.map(({ ianaName = '', name }) => [ianaName, name]));

function tuplesOf(suites: readonly CipherSuite[], rules: string): (readonly CipherSuite[])[] {
  const brackets = [...rules.matchAll(/\[([^\]]*)\]/g)].map(([, names = '']) => names.split('|'));
  const bracketOf = ({ name }: CipherSuite) => brackets.findIndex((names) => names.includes(name));
  const tuples: CipherSuite[][] = [];
  for (const [at, suite] of suites.entries()) {
    const before = suites[at - 1];
    const joins = before !== undefined && bracketOf(suite) >= 0 && bracketOf(before) === bracketOf(suite);
    if (joins) tuples.at(-1)?.push(suite);
    else tuples.push([suite]);
  }
  return tuples;
}

function suitesOf(list: string): readonly CipherSuite[] {
  return applyCipherList(list, { level: 0 }).suites;
}
