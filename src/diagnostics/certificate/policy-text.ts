import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { dotted } from '../../x509/asn1/object-identifier.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';
import { commaList, type ExtensionPrinter, fieldsOf, margin, only } from './extension-printer.ts';
import { integerBytesText, integerText } from './integer-text.ts';
import { objectText, objectTextOf } from './object-text.ts';

/**
 * Printers of policies (RFC 5280 sections 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14) and of proxy policies (RFC 3820).
 */
export const policyPrinters: readonly (readonly [string, ExtensionPrinter])[] = [
  ['2.5.29.32', certificatePolicies],
  ['2.5.29.33', policyMappings],
  ['2.5.29.36', policyConstraints],
  ['2.5.29.54', (value) => `${margin}${integerText(only(value, 'inhibitAnyPolicy', Tag.integer).body)}`],
  ['1.3.6.1.5.5.7.1.14', proxyInformation],
];

function certificatePolicies(value: Uint8Array): string {
  const policies = fieldsOf(value, 'certificatePolicies');
  const texts: string[] = [];
  while (!policies.isEmpty) {
    const fields = policies.sequence('policy');
    const name = objectTextOf(fields.take('policyIdentifier', Tag.objectIdentifier).body);
    const qualifiers = fields.takeIf('policyQualifiers', Tag.sequence);
    fields.end('policy');
    texts.push(`${margin}Policy: ${name}${qualifiers === undefined ? '' : `\n${qualifierLines(qualifiers)}`}`);
  }
  return texts.join('\n');
}

function qualifierLines({ body }: Field): string {
  const qualifiers = new Structure(body);
  const texts: string[] = [];
  while (!qualifiers.isEmpty) texts.push(`${margin}  ${qualifier(qualifiers.sequence('qualifier'))}`);
  return texts.join('\n');
}

const practiceStatement = '1.3.6.1.5.5.7.2.1';
const userNotice = '1.3.6.1.5.5.7.2.2';

function qualifier(fields: Structure): string {
  const identifier = dotted(fields.take('policyQualifierId', Tag.objectIdentifier).body);
  if (identifier === practiceStatement) return `CPS: ${text(fields.take('cPSuri'))}`;
  if (identifier !== userNotice) return `Unknown Qualifier: ${objectText(identifier)}`;
  return `User Notice:\n${noticeLines(fields.sequence('userNotice'))}`;
}

function noticeLines(notice: Structure): string {
  const reference = notice.takeIf('noticeRef', Tag.sequence);
  const lines = reference === undefined ? [] : referenceLines(new Structure(reference.body));
  const explicit = notice.isEmpty ? [] : [`Explicit Text: ${text(notice.take('explicitText'))}`];
  return [...lines, ...explicit].map((line) => `${margin}    ${line}`).join('\n');
}

function referenceLines(reference: Structure): string[] {
  const organization = text(reference.take('organization'));
  const numbers: string[] = [];
  const list = reference.sequence('noticeNumbers');
  while (!list.isEmpty) numbers.push(integerText(list.take('number', Tag.integer).body));
  return [`Organization: ${organization}`, `Number${numbers.length > 1 ? 's' : ''}: ${numbers.join(', ')}`];
}

/** text prints a string unescaped, up to the first NUL. */
function text({ body }: Field): string {
  const end = body.indexOf(0);
  return Buffer.from(end < 0 ? body : body.subarray(0, end)).toString('utf8');
}

function policyMappings(value: Uint8Array): string {
  const mappings = fieldsOf(value, 'policyMappings');
  const texts: string[] = [];
  while (!mappings.isEmpty) {
    const fields = mappings.sequence('mapping');
    const issuer = objectTextOf(fields.take('issuerDomainPolicy', Tag.objectIdentifier).body);
    texts.push(`${issuer}:${objectTextOf(fields.take('subjectDomainPolicy', Tag.objectIdentifier).body)}`);
    fields.end('mapping');
  }
  return commaList(texts);
}

function policyConstraints(value: Uint8Array): string {
  const fields = fieldsOf(value, 'policyConstraints');
  const explicit = fields.takeIf('requireExplicitPolicy', 0x80);
  const mapping = fields.takeIf('inhibitPolicyMapping', 0x81);
  fields.end('policyConstraints');
  const texts = [
    ...(explicit === undefined ? [] : [`Require Explicit Policy:${integerText(explicit.body)}`]),
    ...(mapping === undefined ? [] : [`Inhibit Policy Mapping:${integerText(mapping.body)}`]),
  ];
  if (texts.length === 0) throw new Malformed('empty', ['policyConstraints']);
  return commaList(texts);
}

function proxyInformation(value: Uint8Array): string {
  const fields = fieldsOf(value, 'proxyCertInfo');
  const length = fields.takeIf('pCPathLenConstraint', Tag.integer);
  const policy = fields.sequence('proxyPolicy');
  const language = objectTextOf(policy.take('policyLanguage', Tag.objectIdentifier).body);
  const content = policy.takeIf('policy', Tag.octetString);
  return [
    `${margin}Path Length Constraint: ${length === undefined ? 'infinite' : integerBytesText(length.body)}`,
    `${margin}Policy Language: ${language}`,
    ...(content === undefined ? [] : [`${margin}Policy Text: ${text(content)}`]),
  ].join('\n');
}
