import { closeSync, openSync } from 'node:fs';
import type { Parsing } from './options/row.ts';
import { Stop } from './stop.ts';

/** `-verify` and `-Verify` tell their depth, unless an option before them asked for quiet. */
export function tellDepth(depth: number, consequence: string, parsing: Parsing): void {
  if (parsing.given.some(({ name }) => name === 'quiet' || name === 'brief')) return;
  parsing.err(`verify depth is ${depth}${consequence}\n`);
}

export function hexNumber(text: string): void {
  if (!/^[0-9a-fA-F]*$/.test(text)) throw new Stop(`Not a hex number '${text}'\n`);
}

export function notNegative(name: string, value: number): void {
  if (value < 0) throw new Stop(`Invalid value for ${name}\n`);
}

/** The words of `-nameopt`. The reference is silent about an unknown one, and takes a list with an empty place. */
export function nameOption(text: string): void {
  const words = text.split(',').map((word) => word.split(':', 1).join('').trim());
  if (words.includes('')) return;
  const unknown = words.some((word) => !nameOptions.has(word.replace(/^[-+]/, '').toLowerCase()));
  if (unknown) throw new Stop('');
}

/** A URL of a responder: `http` or `https` or no scheme, a host, perhaps a decimal port, perhaps a path. */
export function responderUrl(text: string): void {
  const match = /^(?:(.*?):\/\/)?(.*)$/s.exec(text);
  const [, scheme = '', rest = ''] = match ?? [];
  const authority = /^(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^[:/?#][^:/?#]*)?(?::(\d+))?(?:[/?#].*)?$/s.exec(rest);
  const known = (scheme === '' && !text.startsWith(':')) || scheme === 'http' || scheme === 'https';
  if (!known || authority === null || Number(authority[1] ?? 0) > 65535) {
    throw new Stop('Error parsing -status_url argument\n');
  }
}

/** Opens and empties the file, as the reference does while it parses. */
export function writableFile(path: string): void {
  try {
    closeSync(openSync(path, 'w'));
  } catch {
    throw new Stop(`Error writing file ${path}\n`);
  }
}

/** Engines are libraries for another program's address space: there is none for us. The reference goes on without, too. */
export function noEngine(name: string, parsing: Parsing): void {
  parsing.err(`Invalid engine "${name}"\n`);
}

/** An extra certificate has one key and one chain: `-xcert` begins the next unless it has none yet. */
export function onceEach(name: 'xkey' | 'xchain', what: string, { given }: Parsing): void {
  let certificate = false;
  let taken = false;
  for (const option of given) {
    if (option.name === name) taken = true;
    if (option.name !== 'xcert') continue;
    if (certificate) taken = false;
    certificate = true;
  }
  if (taken) throw new Stop(`s_server: ${what} already specified\n`);
}

const nameOptions: ReadonlySet<string> = new Set([
  'esc_2253',
  'esc_2254',
  'esc_ctrl',
  'esc_msb',
  'use_quote',
  'utf8',
  'ignore_type',
  'show_type',
  'dump_all',
  'dump_nostr',
  'dump_der',
  'compat',
  'sep_comma_plus',
  'sep_comma_plus_space',
  'sep_semi_plus_space',
  'sep_multiline',
  'dn_rev',
  'nofname',
  'sname',
  'lname',
  'align',
  'oid',
  'space_eq',
  'dump_unknown',
  'rfc2253',
  'oneline',
  'multiline',
  'ca_default',
]);
