import { Tag } from '../../bytes/der.ts';
import { nameFormats } from '../../x509/asn1/name-options.ts';
import { printName } from '../../x509/asn1/name-text.ts';
import { distinguishedName } from '../../x509/asn1/names.ts';
import { Structure } from '../../x509/asn1/structure.ts';
import { timeText } from '../../x509/asn1/time-text.ts';
import { type ExtensionPrinter, fieldsOf, lines, margin, only, printable } from './extension-printer.ts';
import { listedName, soleName } from './general-name-text.ts';
import { bytesText, integerBytesText } from './integer-text.ts';
import { objectTextOf } from './object-text.ts';

/** Printers of information access (RFC 5280 section 4.2.2) and of the extensions of OCSP (RFC 6960 section 4.4). */
export const accessPrinters: readonly (readonly [string, ExtensionPrinter])[] = [
  ['1.3.6.1.5.5.7.1.1', accessLines],
  ['1.3.6.1.5.5.7.1.11', accessLines],
  ['1.3.6.1.5.5.7.48.1.2', (value) => `${margin}${bytesText(value)}`],
  ['1.3.6.1.5.5.7.48.1.3', crlIdentifier],
  ['1.3.6.1.5.5.7.48.1.5', (value) => (only(value, 'noCheck', Tag.null) ? '' : '')],
  ['1.3.6.1.5.5.7.48.1.6', time],
  ['2.5.29.24', time],
  ['1.3.6.1.5.5.7.48.1.7', serviceLocator],
];

function accessLines(value: Uint8Array): string {
  return lines(accesses(fieldsOf(value, 'accesses')).map(({ method, name }) => `${method} - ${listedName(name)}`));
}

function accesses(list: Structure) {
  const found = [];
  while (!list.isEmpty) {
    const fields = list.sequence('access');
    const method = objectTextOf(fields.take('accessMethod', Tag.objectIdentifier).body);
    found.push({ method, name: fields.take('accessLocation') });
    fields.end('access');
  }
  return found;
}

function crlIdentifier(value: Uint8Array): string {
  const fields = fieldsOf(value, 'crlID');
  const url = fields.takeIf('crlUrl', 0xa0);
  const number = fields.takeIf('crlNum', 0xa1);
  const when = fields.takeIf('crlTime', 0xa2);
  return [
    url === undefined ? '' : `${margin}crlUrl: ${printable(only(url.body, 'crlUrl'))}\n`,
    number === undefined ? '' : `${margin}crlNum: ${integerBytesText(only(number.body, 'crlNum').body)}\n`,
    when === undefined ? '' : `${margin}crlTime: ${timeText(only(when.body, 'crlTime'))}\n`,
  ].join('');
}

function time(value: Uint8Array): string {
  return `${margin}${timeText(only(value, 'time', 0x18))}`;
}

function serviceLocator(value: Uint8Array): string {
  const fields = fieldsOf(value, 'serviceLocator');
  const issuer = printName(distinguishedName(fields.take('issuer', Tag.sequence).encoding), nameFormats.oneline);
  const list = fields.isEmpty ? [] : accesses(new Structure(fields.take('locator', Tag.sequence).body));
  const locations = list.map(({ method, name }) => `\n${margin}${margin}${method} - ${soleName(name)}`);
  return `${margin}Issuer: ${issuer}${locations.join('')}`;
}
