import { Cursor } from '../../bytes/cursor.ts';
import { Tag } from '../../bytes/der.ts';
import { upperHex } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { timeText } from '../../x509/asn1/time-text.ts';
import { type ExtensionPrinter, margin, only } from './extension-printer.ts';

/** Printers of certificate transparency (RFC 6962 section 3.3). */
export const transparencyPrinters: readonly (readonly [string, ExtensionPrinter])[] = [
  ['1.3.6.1.4.1.11129.2.4.2', signedTimestamps],
  ['1.3.6.1.4.1.11129.2.4.5', signedTimestamps],
  ['1.3.6.1.4.1.11129.2.4.3', (value) => (only(value, 'poison', Tag.null) ? `${margin}NULL` : '')],
];

function signedTimestamps(value: Uint8Array): string {
  const outer = new Cursor(only(value, 'timestamps', Tag.octetString).body);
  const list = new Cursor(outer.take(outer.uint(2)));
  outer.end();
  const texts: string[] = [];
  while (list.left > 0) texts.push(timestampText(list.take(list.uint(2))));
  return texts.join('\n');
}

function timestampText(timestamp: Uint8Array): string {
  const fields = new Cursor(timestamp);
  const title = `${margin}Signed Certificate Timestamp:\n`;
  const version = fields.uint(1);
  if (version !== 0) return `${title}${label('Version')}unknown\n${valueMargin}${hexBlock(timestamp)}`;
  const log = fields.take(32);
  const milliseconds = fields.take(8);
  const extensions = fields.take(fields.uint(2));
  const algorithm = algorithmNames.get(fields.uint(2));
  if (algorithm === undefined) throw new Malformed('unknown algorithm', ['timestamp']);
  const signature = fields.take(fields.uint(2));
  fields.end();
  return [
    `${title}${label('Version')}v1 (0x0)`,
    `${label('Log ID')}${hexBlock(log)}`,
    `${label('Timestamp')}${whenText(milliseconds)}`,
    `${label('Extensions')}${extensions.length === 0 ? 'none' : hexBlock(extensions)}`,
    `${label('Signature')}${algorithm}`,
    `${valueMargin}${hexBlock(signature)}`,
  ].join('\n');
}

const valueMargin = ' '.repeat(32);

function label(text: string): string {
  return `${margin}    ${text.padEnd(10)}: `;
}

/** hexBlock prints 16 bytes a line. */
function hexBlock(bytes: Uint8Array): string {
  const lines = upperHex(bytes).match(/.{1,32}/g) ?? [];
  return lines.map((line) => line.replace(/..(?=.)/g, '$&:')).join(`:\n${valueMargin}`);
}

/** whenText prints milliseconds since 1970, given in eight bytes. */
function whenText(bytes: Uint8Array): string {
  const date = new Date(Number(BigInt(`0x${upperHex(bytes)}`)));
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return 'Bad time value';
  const digits = date.toISOString().replace(/[-T:]/g, '');
  return timeText({ tag: 0x18, body: Buffer.from(digits), encoding: bytes });
}

const algorithmNames: ReadonlyMap<number, string> = new Map([
  [0x0401, 'sha256WithRSAEncryption'],
  [0x0403, 'ecdsa-with-SHA256'],
]);
