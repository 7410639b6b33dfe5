import { Tag } from '../../bytes/der.ts';
import { objectNames } from '../../names/object-names.ts';
import { dotted } from '../../x509/asn1/object-identifier.ts';
import { Structure } from '../../x509/asn1/structure.ts';
import { fieldsOf, margin, printable } from './extension-printer.ts';
import { soleName } from './general-name-text.ts';

/** admissionText prints the admissions of members of a profession (Common PKI part 1 table 29). @throws {Malformed} */
export function admissionText(value: Uint8Array): string {
  const fields = fieldsOf(value, 'admissionSyntax');
  let text = fields.nextIs(Tag.sequence) ? '' : authorityLines(fields, '');
  const admissions = fields.sequence('contentsOfAdmissions');
  for (let number = 1; !admissions.isEmpty; number++) {
    text += `${margin}Entry ${number}:\n${admissionLines(admissions.sequence('admission'))}`;
  }
  return text;
}

function admissionLines(admission: Structure): string {
  let text = admission.nextIs(0xa0) ? authorityLines(new Structure(admission.take('authority').body), '  ') : '';
  const naming = admission.takeIf('namingAuthority', 0xa1);
  if (naming) text += namingLines(new Structure(naming.body).sequence('namingAuthority'), '');
  const professions = admission.sequence('professionInfos');
  for (let number = 1; !professions.isEmpty; number++) {
    text += `${margin}  Profession Info Entry ${number}:\n${professionLines(professions.sequence('profession'))}`;
  }
  return text;
}

function authorityLines(fields: Structure, indent: string): string {
  const name = soleName(fields.take('admissionAuthority'));
  return `${margin}${indent}admissionAuthority:\n${margin}${indent}  ${name}\n`;
}

function professionLines(profession: Structure): string {
  const naming = profession.takeIf('namingAuthority', 0xa0);
  const items = profession.sequence('professionItems');
  const objects = profession.takeIf('professionOIDs', Tag.sequence);
  const registration = profession.takeIf('registrationNumber', Tag.printableString);
  let text = '';
  if (registration) text += `${margin}    registrationNumber: ${printable(registration)}\n`;
  if (naming) text += namingLines(new Structure(naming.body).sequence('namingAuthority'), '  ');
  text += `${margin}    Info Entries:\n`;
  while (!items.isEmpty) text += `${margin}      ${printable(items.take('item'))}\n`;
  if (objects) text += `${margin}    Profession OIDs:\n${objectLines(new Structure(objects.body))}`;
  return text;
}

function objectLines(objects: Structure): string {
  let text = '';
  while (!objects.isEmpty) text += `${margin}      ${nameAndNumbers(objects.take('oid', Tag.objectIdentifier).body)}\n`;
  return text;
}

function namingLines(fields: Structure, indent: string): string {
  const identifier = fields.takeIf('namingAuthorityId', Tag.objectIdentifier);
  const url = fields.takeIf('namingAuthorityUrl', 0x16);
  const text = fields.isEmpty ? undefined : fields.take('namingAuthorityText');
  const lines = [
    ...(identifier === undefined ? [] : [`  namingAuthorityId: ${nameAndNumbers(identifier.body)}`]),
    ...(text === undefined ? [] : [`  namingAuthorityText: ${printable(text)}`]),
    ...(url === undefined ? [] : [`  namingAuthorityUrl: ${printable(url)}`]),
  ];
  if (lines.length === 0) return '';
  return ['namingAuthority:', ...lines].map((line) => `${margin}  ${indent}${line}\n`).join('');
}

function nameAndNumbers(body: Uint8Array): string {
  const identifier = dotted(body);
  return `${objectNames(identifier)?.long ?? 'undefined'} (${identifier})`;
}
