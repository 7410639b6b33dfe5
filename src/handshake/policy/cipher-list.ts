import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { ErrorLine } from '../../names/problems.ts';
import type { SuiteB } from '../../x509/verify/parameters.ts';
import type { SecurityLevel } from '../flow/settings.ts';
import { type CipherOrder, preferenceOrder } from './cipher-order.ts';
import { type Criteria, criteriaOf, joined, meeting, suitesByNameOnly } from './cipher-words.ts';
import { ListFailure, noCipherMatch } from './list-failure.ts';

export { ListFailure } from './list-failure.ts';

export interface CipherList {
  /** Suites up to TLS 1.2 in order of preference, also those that the security level refuses. */
  readonly suites: readonly CipherSuite[];
  /** The level of the last `@SECLEVEL`, or the one given. */
  readonly level: SecurityLevel;
  /** The profile of the last Suite B word, or the one given: no list resets it. */
  readonly suiteB?: SuiteB | undefined;
}

/**
 * Parses a cipher string (ciphers(1)) as OpenSSL 3.0 does: same suites, same order. Unknown words are ignored. Throws
 * `ListFailure` when nothing is left or for an invalid character or `@` command.
 */
export function applyCipherList(text: string, { level, suiteB: before }: Omit<CipherList, 'suites'>): CipherList {
  const named = suiteBLists.find(([word]) => text.startsWith(word));
  const suiteB = named?.[1] ?? before;
  const [, , rules = text] = named ?? suiteBLists.findLast(([, profile]) => profile === suiteB) ?? [];
  const isDefault = rules.startsWith('DEFAULT');
  const reading: Reading = { order: preferenceOrder(), level, lines: [] };
  if (isDefault) applyRules('ALL:!COMPLEMENTOFDEFAULT:!eNULL', reading);
  applyRules(isDefault ? rules.slice('DEFAULT'.length) : rules, reading);
  if (reading.lines.length > 0) throw new ListFailure('invalid command', reading.lines);
  const suites = reading.order.chosen;
  if (suites.length === 0) throw noCipherMatch('SSL_CTX_set_cipher_list');
  return { suites, level: reading.level, ...(suiteB && { suiteB }) };
}

interface Reading {
  readonly order: CipherOrder;
  level: SecurityLevel;
  readonly lines: ErrorLine[];
}

/** Suite B (RFC 6460): words that replace the whole list, whatever follows them. The longer word comes first. */
const suiteBLists: readonly (readonly [word: string, profile: SuiteB, list: string])[] = [
  ['SUITEB128ONLY', '128 only', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['SUITEB128C2', '128', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  ['SUITEB128', '128', 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384'],
  ['SUITEB192', '192', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
];

const sign = /[-+!@]?/y;
const word = /[A-Za-z0-9.=-]*/y;
/** The rest after an unknown word or a command is skipped up to the next separator. */
const restOfRule = /[^: ;,]*/y;

/**
 * Applies one rule after the other. They need no separator before a sign; but `-` is a letter of a word. An invalid
 * character stops the parsing, a wrong `@` command does not.
 */
function applyRules(text: string, reading: Reading): void {
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [taken = ''] = pattern.exec(text) ?? [];
    at += taken.length;
    return taken;
  };
  while (at < text.length) {
    if (': ;,'.includes(text.charAt(at))) {
      at += 1;
      continue;
    }
    const action = take(sign);
    let next = take(word);
    let criteria = action === '@' ? undefined : criteriaOf(next);
    while (next !== '' && criteria !== undefined && text[at] === '+') {
      at += 1;
      next = take(word);
      const more = criteriaOf(next);
      if (next !== '') criteria = more && joined(criteria, more);
    }
    if (next === '') {
      reading.lines.push(invalidCommand);
      return;
    }
    if (action === '@') applyCommand(next, reading);
    if (criteria === undefined) take(restOfRule);
    else applyRule(action, criteria, reading.order);
  }
}

function applyRule(action: string, criteria: Criteria, order: CipherOrder): void {
  const wanted = meeting(criteria);
  if (action === '-') order.remove(wanted);
  else if (action === '+') order.moveToEnd(wanted);
  else if (action === '!') order.forget(wanted);
  else order.add((suite) => wanted(suite) && (criteria.code !== undefined || !suitesByNameOnly.includes(suite)));
}

function applyCommand(command: string, reading: Reading): void {
  const level = /^SECLEVEL=([0-5])$/.exec(command)?.[1];
  if (level !== undefined) {
    reading.level = Number(level) as SecurityLevel;
  } else if (command === 'STRENGTH') {
    reading.order.sortByStrength();
  } else {
    reading.lines.push(invalidCommand);
  }
}

const invalidCommand: ErrorLine = {
  library: 20,
  reason: 280,
  text: 'invalid command',
  function: 'ssl_cipher_process_rulestr',
};
