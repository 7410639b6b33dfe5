import { applyCipherList } from '../../../src/handshake/policy/cipher-list.ts';
import type { CipherSuite } from '../../../src/names/cipher-suites.ts';

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

/**
 * The suites of a rule string of BoringSSL: OpenSSL's syntax, in which `ALL` and `DEFAULT` are its own suites, and only a
 * suite's name turns on another one.
 * @throws {ListFailure}
 */
export function cipherRules(rules: string): readonly CipherSuite[] {
  const names = new Set([...known.split(':'), ...rules.split(':')]);
  return suitesOf(rules.replace(/^(?:DEFAULT|ALL)(?=:|$)/, known)).filter(({ name }) => names.has(name));
}

function suitesOf(list: string): readonly CipherSuite[] {
  return applyCipherList(list, { level: 0 }).suites;
}
