import type { Row } from '../options/row.ts';
import { ownOption, verifyGroups } from '../options/verify.ts';
import { argumentWord } from './help.ts';

/** verifyHelp is the output of `-help`: the reference's text, with a line of our own below. */
export function verifyHelp(): string {
  const sections = verifyGroups.map(({ title, rows }) => `\n${title} options:\n${rows.map(optionLine).join('')}`);
  return `Usage: verify [options] [cert...]\n${sections.join('')}${parameters}${optionLine(ownOption)}`;
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

function optionLine(it: Row): string {
  const word = argumentWord(it);
  const head = ` -${it.name}${word === undefined ? '' : ` ${word}`}`;
  return `${head.padEnd(columnWidth)}  ${it.help}\n`;
}

/** Width of the longest option with its argument. */
const columnWidth = 21;
