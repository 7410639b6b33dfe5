import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';
import { bitsOf, commaList, type ExtensionPrinter, fieldsOf, lines, margin, only } from './extension-printer.ts';
import { address, listedName, namesIn, soleName } from './general-name-text.ts';
import { upperHexWithColons } from './hex-lines.ts';
import { integerText, paddedIntegerValue } from './integer-text.ts';
import { objectTextOf } from './object-text.ts';

/** Printers of a certificate's subject and its permitted uses (RFC 5280 sections 4.2.1.1 to 4.2.1.12). */
export const identityPrinters: readonly (readonly [string, ExtensionPrinter])[] = [
  ['2.5.29.14', (value) => `${margin}${upperHexWithColons(only(value, 'identifier', Tag.octetString).body)}`],
  ['2.5.29.15', (value) => commaList(namedBits(value, keyUsages))],
  ['2.16.840.1.113730.1.1', (value) => commaList(namedBits(value, netscapeTypes))],
  ['2.5.29.17', alternativeNames],
  ['2.5.29.18', alternativeNames],
  ['2.5.29.29', alternativeNames],
  ['2.5.29.19', basicConstraints],
  ['2.5.29.30', nameConstraints],
  ['2.5.29.35', authorityKeyIdentifier],
  ['2.5.29.37', objects],
  ['1.3.6.1.5.5.7.48.1.4', objects],
];

const keyUsages = [
  'Digital Signature',
  'Non Repudiation',
  'Key Encipherment',
  'Data Encipherment',
  'Key Agreement',
  'Certificate Sign',
  'CRL Sign',
  'Encipher Only',
  'Decipher Only',
];

const netscapeTypes = [
  'SSL Client',
  'SSL Server',
  'S/MIME',
  'Object Signing',
  'Unused',
  'SSL CA',
  'S/MIME CA',
  'Object Signing CA',
];

function namedBits(value: Uint8Array, names: readonly string[]): string[] {
  return bitsOf(only(value, 'bits', Tag.bitString).body).flatMap((bit) => names[bit] ?? []);
}

function alternativeNames(value: Uint8Array): string {
  return commaList(namesIn(only(value, 'names', Tag.sequence).body).map(listedName));
}

function basicConstraints(value: Uint8Array): string {
  const fields = fieldsOf(value, 'basicConstraints');
  const isAuthority = (fields.takeIf('cA', Tag.boolean)?.body[0] ?? 0) !== 0;
  const length = fields.takeIf('pathLenConstraint', Tag.integer);
  fields.end('basicConstraints');
  const words = [`CA:${isAuthority ? 'TRUE' : 'FALSE'}`];
  return commaList(length === undefined ? words : [...words, `pathlen:${integerText(length.body)}`]);
}

function authorityKeyIdentifier(value: Uint8Array): string {
  const fields = fieldsOf(value, 'authorityKeyIdentifier');
  const key = fields.takeIf('keyIdentifier', 0x80)?.body;
  const issuer = fields.takeIf('authorityCertIssuer', 0xa1);
  const serial = fields.takeIf('authorityCertSerialNumber', 0x82)?.body;
  fields.end('authorityKeyIdentifier');
  const isAlone = issuer === undefined && serial === undefined;
  const items = [
    ...(key === undefined ? [] : [`${isAlone ? '' : 'keyid:'}${upperHexWithColons(key)}`]),
    ...(issuer === undefined ? [] : namesIn(issuer.body).map(listedName)),
    ...(serial === undefined ? [] : [`serial:${upperHexWithColons(magnitude(serial))}`]),
  ];
  if (items.length === 0) throw new Malformed('empty', ['authorityKeyIdentifier']);
  return lines(items);
}

/** magnitude returns the bytes of a number without the sign. */
function magnitude(body: Uint8Array): Uint8Array {
  const value = paddedIntegerValue(body);
  const digits = (value < 0n ? -value : value).toString(16);
  return Buffer.from(digits.length % 2 === 1 ? `0${digits}` : digits, 'hex');
}

function nameConstraints(value: Uint8Array): string {
  const fields = fieldsOf(value, 'nameConstraints');
  const permitted = fields.takeIf('permittedSubtrees', 0xa0);
  const excluded = fields.takeIf('excludedSubtrees', 0xa1);
  fields.end('nameConstraints');
  return [subtrees('Permitted', permitted), subtrees('Excluded', excluded)].filter((it) => it !== '').join('\n');
}

function subtrees(title: string, field: Field | undefined): string {
  if (field === undefined) return '';
  const trees = new Structure(field.body);
  const names: string[] = [];
  while (!trees.isEmpty) names.push(`${margin}  ${constrainedName(trees.sequence('subtree'))}`);
  return names.length === 0 ? '' : `${margin}${title}:\n${names.join('\n')}`;
}

function constrainedName(tree: Structure): string {
  const base = tree.take('base');
  if (base.tag !== 0x87) return soleName(base);
  const half = base.body.length / 2;
  if (half !== 4 && half !== 16) return 'IP Address:<invalid>';
  return `IP:${address(base.body.subarray(0, half))}/${address(base.body.subarray(half))}`;
}

function objects(value: Uint8Array): string {
  const fields = fieldsOf(value, 'objects');
  const names: string[] = [];
  while (!fields.isEmpty) names.push(objectTextOf(fields.take('object', Tag.objectIdentifier).body));
  return commaList(names);
}
