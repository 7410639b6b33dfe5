import { nameFormats } from '../../x509/asn1/name-options.ts';
import { printName } from '../../x509/asn1/name-text.ts';
import { relativeName } from '../../x509/asn1/names.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';
import { bitsOf, type ExtensionPrinter, fieldsOf, margin } from './extension-printer.ts';
import { namesIn, soleName } from './general-name-text.ts';

/** Printers of the location and scope of revocation lists (RFC 5280 sections 4.2.1.13 and 5.2.5). */
export const distributionPrinters: readonly (readonly [string, ExtensionPrinter])[] = [
  ['2.5.29.31', distributionPoints],
  ['2.5.29.46', distributionPoints],
  ['2.5.29.28', issuingDistributionPoint],
];

function distributionPoints(value: Uint8Array): string {
  const points = fieldsOf(value, 'distributionPoints');
  const texts: string[] = [];
  while (!points.isEmpty) {
    const fields = points.sequence('distributionPoint');
    const name = fields.takeIf('distributionPoint', 0xa0);
    const reasons = fields.takeIf('reasons', 0x81);
    const issuer = fields.takeIf('cRLIssuer', 0xa2);
    fields.end('distributionPoint');
    texts.push(
      [
        pointName(name),
        reasonLines('Reasons', reasons),
        issuer === undefined ? '' : `${margin}CRL Issuer:\n${nameLines(issuer.body)}`,
      ].join(''),
    );
  }
  return texts.join('\n');
}

function issuingDistributionPoint(value: Uint8Array): string {
  const fields = fieldsOf(value, 'issuingDistributionPoint');
  const name = fields.takeIf('distributionPoint', 0xa0);
  const users = line('Only User Certificates', fields.takeIf('onlyContainsUserCerts', 0x81));
  const authorities = line('Only CA Certificates', fields.takeIf('onlyContainsCACerts', 0x82));
  const reasons = fields.takeIf('onlySomeReasons', 0x83);
  const indirect = line('Indirect CRL', fields.takeIf('indirectCRL', 0x84));
  const attributes = line('Only Attribute Certificates', fields.takeIf('onlyContainsAttributeCerts', 0x85));
  fields.end('issuingDistributionPoint');
  const all = [pointName(name), users, authorities, indirect, reasonLines('Only Some Reasons', reasons), attributes];
  return all.join('') || `${margin}<EMPTY>\n`;
}

function line(text: string, field: Field | undefined): string {
  return (field?.body[0] ?? 0) === 0 ? '' : `${margin}${text}\n`;
}

/** pointName does not end its last line; the next field continues it. */
function pointName(field: Field | undefined): string {
  if (field === undefined) return '';
  const choice = new Structure(field.body);
  const { tag, body } = choice.take('distributionPointName', 0xa0, 0xa1);
  choice.end('distributionPointName');
  if (tag === 0xa0) return `${margin}Full Name:\n${nameLines(body)}`;
  return `${margin}Relative Name:\n${margin}  ${printName(relativeName(body), nameFormats.oneline)}\n`;
}

function nameLines(body: Uint8Array): string {
  return namesIn(body)
    .map((name) => `${margin}  ${soleName(name)}`)
    .join('\n');
}

function reasonLines(title: string, field: Field | undefined): string {
  if (field === undefined) return '';
  const names = bitsOf(field.body).flatMap((bit) => reasonNames[bit] ?? []);
  return `${margin}${title}:\n${margin}  ${names.join(', ') || '<EMPTY>'}\n`;
}

const reasonNames = [
  'Unused',
  'Key Compromise',
  'CA Compromise',
  'Affiliation Changed',
  'Superseded',
  'Cessation Of Operation',
  'Certificate Hold',
  'Privilege Withdrawn',
  'AA Compromise',
];
