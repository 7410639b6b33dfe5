import { Tag } from '../../bytes/der.ts';
import { textUpToNul } from '../../bytes/hex.ts';
import { Structure } from '../../x509/asn1/structure.ts';
import { timeText } from '../../x509/asn1/time-text.ts';
import { commaList, type ExtensionPrinter, fieldsOf, margin, only, printable } from './extension-printer.ts';
import { integerText, paddedIntegerValue } from './integer-text.ts';

const ia5String = 0x16;
const enumerated = 0x0a;

/** Printers of extensions with a single value, or, the older ones, with few. */
export const valuePrinters: readonly (readonly [string, ExtensionPrinter])[] = [
  ...[2, 3, 4, 7, 8, 12, 13].map((last) => [`2.16.840.1.113730.1.${last}`, string(ia5String)] as const),
  ['1.2.643.100.111', string(Tag.utf8String)],
  ['1.2.643.100.112', issuerTool],
  ['1.3.6.1.5.5.7.1.24', features],
  ['2.5.29.16', usagePeriod],
  ['2.5.29.20', number],
  ['2.5.29.27', number],
  ['2.5.29.21', reason],
  ['1.3.101.1.4.1', extranet],
];

function string(tag: number): ExtensionPrinter {
  return (value) => `${margin}${textUpToNul(only(value, 'text', tag).body)}`;
}

function number(value: Uint8Array): string {
  return `${margin}${integerText(only(value, 'number', Tag.integer).body)}`;
}

/** RFC 5280 section 5.3.1 */
function reason(value: Uint8Array): string {
  const code = integerText(only(value, 'reason', enumerated).body);
  return `${margin}${reasons[Number(code)] ?? code}`;
}

const reasons: Readonly<Record<number, string>> = {
  0: 'Unspecified',
  1: 'Key Compromise',
  2: 'CA Compromise',
  3: 'Affiliation Changed',
  4: 'Superseded',
  5: 'Cessation Of Operation',
  6: 'Certificate Hold',
  8: 'Remove From CRL',
  9: 'Privilege Withdrawn',
  10: 'AA Compromise',
};

/** RFC 7633 */
function features(value: Uint8Array): string {
  const fields = fieldsOf(value, 'features');
  const names: string[] = [];
  while (!fields.isEmpty) {
    const code = integerText(fields.take('feature', Tag.integer).body);
    names.push(code === '5' ? 'status_request' : code === '17' ? 'status_request_v2' : code);
  }
  return commaList(names);
}

function usagePeriod(value: Uint8Array): string {
  const fields = fieldsOf(value, 'privateKeyUsagePeriod');
  const from = fields.takeIf('notBefore', 0x80);
  const until = fields.takeIf('notAfter', 0x81);
  const texts = [
    ...(from === undefined ? [] : [`Not Before: ${timeText({ ...from, tag: 0x18 })}`]),
    ...(until === undefined ? [] : [`Not After: ${timeText({ ...until, tag: 0x18 })}`]),
  ];
  return `${margin}${texts.join(', ')}`;
}

/** issuerTool prints an extension of Russian authorities. */
function issuerTool(value: Uint8Array): string {
  const fields = fieldsOf(value, 'issuerSignTool');
  const labels = ['signTool    ', 'cATool      ', 'signToolCert', 'cAToolCert  '];
  return labels
    .filter(() => !fields.isEmpty)
    .map((label) => `${margin}${label}: ${printable(fields.take(label))}`)
    .join('\n');
}

function extranet(value: Uint8Array): string {
  const fields = fieldsOf(value, 'SXNET');
  const version = paddedIntegerValue(fields.take('version', Tag.integer).body);
  const sites = fields.sequence('ids');
  let text = `${margin}Version: ${version + 1n} (0x${version.toString(16).toUpperCase()})`;
  while (!sites.isEmpty) {
    const site = new Structure(sites.take('id', Tag.sequence).body);
    const zone = integerText(site.take('zone', Tag.integer).body);
    text += `\n${margin}Zone: ${zone}, User: ${printable(site.take('user', Tag.octetString))}`;
  }
  return text;
}
