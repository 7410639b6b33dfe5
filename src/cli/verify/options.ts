import { nameOption } from '../arguments/argument-checks.ts';
import { argumentWord } from '../help/help.ts';
import type { Parsing, Row } from '../options/row.ts';
import { validation } from '../options/validation.ts';
import { Stop } from '../output/stop.ts';
import { engineFailure } from '../providers/openssl-engine.ts';
import { knownProvider } from '../providers/providers.ts';

/** The options of `openssl verify`, and `-jsonl`. */
const groups: readonly { readonly title: string; readonly rows: readonly Row[] }[] = [
  {
    title: 'General',
    rows: [
      row('help', 'flag', 'Display this summary'),
      row('engine', 'string', 'Use engine, possibly a hardware device', (name) => {
        const failure = engineFailure(name);
        if (failure !== undefined) throw new Stop(failure);
      }),
      row('verbose', 'flag', 'Print extra information about the operations being performed.'),
      row('nameopt', 'string', 'Certificate subject/issuer name printing options', nameOption),
    ],
  },
  {
    title: 'Certificate chain',
    rows: [
      row('trusted', 'infile', 'A file of trusted certificates'),
      row('CAfile', 'infile', 'A file of trusted certificates'),
      row('CApath', 'dir', 'A directory of files with trusted certificates'),
      row('CAstore', 'uri', 'URI to a store of trusted certificates'),
      row('no-CAfile', 'flag', 'Do not load the default trusted certificates file'),
      row('no-CApath', 'flag', 'Do not load trusted certificates from the default directory'),
      row('no-CAstore', 'flag', 'Do not load trusted certificates from the default certificates store'),
      row('untrusted', 'infile', 'A file of untrusted certificates'),
      row('CRLfile', 'infile', "File containing one or more CRL's (in PEM format) to load"),
      row('crl_download', 'flag', 'Try downloading CRL information for certificates via their CDP entries'),
      row('show_chain', 'flag', 'Display information about the certificate chain'),
    ],
  },
  {
    title: 'Validation',
    rows: [...validation, row('vfyopt', 'string', 'Verification parameter in n:v form')],
  },
  {
    title: 'Provider',
    rows: [
      row('provider-path', 'string', "Provider load path (must be before 'provider' argument if required)"),
      row('provider', 'string', 'Provider to load (can be specified multiple times)', knownProvider),
      row('propquery', 'string', 'Property query used when fetching algorithms'),
    ],
  },
];

const own = row('jsonl', 'flag', 'Read one request a line as JSON, answer each with a line');

/** In the order of the help. */
export const verifyRows: readonly Row[] = [...groups.flatMap(({ rows }) => rows), own];

const byName = new Map(verifyRows.flatMap((it) => named(it)));

/** Also by an alias. */
export function rowNamed(name: string): Row | undefined {
  return byName.get(name);
}

/** What `-help` prints. The reference's text, with a line of our own below. */
export function verifyHelp(): string {
  const sections = groups.map(({ title, rows }) => `\n${title} options:\n${rows.map(optionLine).join('')}`);
  return `Usage: verify [options] [cert...]\n${sections.join('')}${parameters}${optionLine(own)}`;
}

const parameters = `
Parameters:
 cert                  Certificate(s) to verify (optional; stdin used otherwise)

Recognized certificate chain purposes:
  sslclient        SSL client
  sslserver        SSL server
  nssslserver      Netscape SSL server
  smimesign        S/MIME signing
  smimeencrypt     S/MIME encryption
  crlsign          CRL signing
  any              Any Purpose
  ocsphelper       OCSP helper
  timestampsign    Time Stamp signing
Recognized certificate policy names:
  default
  pkcs7
  smime_sign
  ssl_client
  ssl_server

Further options:
`;

function row(name: string, takes: 'flag', help: string): Row;
function row(
  name: string,
  takes: 'string' | 'infile' | 'dir' | 'uri',
  help: string,
  check?: (value: string, parsing: Parsing) => void,
): Row;
function row(
  name: string,
  takes: 'flag' | 'string' | 'infile' | 'dir' | 'uri',
  help: string,
  check?: (value: string, parsing: Parsing) => void,
): Row {
  const described = { name, part: 6, help, effect: help, since: '1.0.x' };
  return takes === 'flag' ? { ...described, takes } : { ...described, takes, ...(check && { check }) };
}

function named(it: Row): (readonly [string, Row])[] {
  return [it.name, ...(it.aliases ?? [])].map((name) => [name, it] as const);
}

function optionLine(it: Row): string {
  const word = argumentWord(it);
  const head = ` -${it.name}${word === undefined ? '' : ` ${word}`}`;
  return `${head.padEnd(columnWidth)}  ${it.help}\n`;
}

/** The widest of the options with its argument. */
const columnWidth = 21;
