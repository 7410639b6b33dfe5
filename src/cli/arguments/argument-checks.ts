import { closeSync, openSync } from 'node:fs';
import { nameOptionFlags } from '../../x509/asn1/name-options.ts';
import { responderUrl } from '../../x509/ocsp/responder-url.ts';
import { Stop } from '../output/stop.ts';
import type { Parsing } from './given.ts';

/** printDepth prints the depth of `-verify` and `-Verify`, unless an earlier option suppresses it. */
export function printDepth(depth: number, consequence: string, parsing: Parsing): void {
  if (parsing.given.some(({ name }) => name === 'quiet' || name === 'brief')) return;
  parsing.err(`verify depth is ${depth}${consequence}\n`);
}

export function hexNumber(text: string): void {
  if (!/^[0-9a-fA-F]*$/.test(text)) throw new Stop(`Not a hex number '${text}'\n`);
}

export function notNegative(name: string, value: number): void {
  if (value < 0) throw new Stop(`Invalid value for ${name}\n`);
}

/** nameOption checks the words of `-nameopt`. The reference exits silently for an unknown one. */
export function nameOption(text: string): void {
  if (nameOptionFlags(text) === undefined) throw new Stop('');
}

/**
 * statusUrl checks the URL of a responder: `http` or `https` or no scheme, a host, optionally a decimal port and a
 * path.
 */
export function statusUrl(text: string): void {
  if (responderUrl(text) === undefined) throw new Stop('Error parsing -status_url argument\n');
}

/** writableFile opens and truncates the file, as the reference does while it parses. */
export function writableFile(path: string): void {
  try {
    closeSync(openSync(path, 'w'));
  } catch {
    throw new Stop(`Error writing file ${path}\n`);
  }
}

/** onceEach allows an extra certificate one key and one chain: `-xcert` begins the next unless it has none yet. */
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
