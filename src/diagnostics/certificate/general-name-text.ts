import { latin1 } from '../../bytes/hex.ts';
import { nameFormats } from '../../x509/asn1/name-options.ts';
import { onelineName, printName } from '../../x509/asn1/name-text.ts';
import type { DistinguishedName } from '../../x509/asn1/names.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';
import { type GeneralName, generalName } from '../../x509/extensions/general-name.ts';
import { printable, textOf } from './extension-printer.ts';
import { objectText, objectTextOf } from './object-text.ts';

/** listedName prints a name in a list of names. @throws {Malformed} */
export function listedName(field: Field): string {
  const name = generalName(field);
  switch (name.kind) {
    case 'other':
      return `othername: ${listedOther(name)}`;
    case 'email':
    case 'dns':
    case 'uri':
      return `${titles[name.kind]}:${textOf(field.body)}`;
    case 'directory':
      return `DirName:${shortened(name.name)}`;
    case 'ip':
      return `IP Address:${address(name.address)}`;
    case 'registered':
      return `Registered ID:${objectTextOf(field.body)}`;
    default:
      return `${titles[name.kind]}:<unsupported>`;
  }
}

/** soleName prints a name on a line of its own. @throws {Malformed} */
export function soleName(field: Field): string {
  const name = generalName(field);
  switch (name.kind) {
    case 'other':
      return `othername:${soleOther(name)}`;
    case 'email':
    case 'dns':
    case 'uri':
      return `${titles[name.kind]}:${printable(field)}`;
    case 'directory':
      return `DirName:${printName(name.name, nameFormats.oneline)}`;
    default:
      return listedName(field);
  }
}

/** namesIn returns the names in the contents of a GeneralNames. @throws {Malformed} */
export function namesIn(body: Uint8Array): Field[] {
  const fields = new Structure(body);
  const names: Field[] = [];
  while (!fields.isEmpty) names.push(fields.take('name'));
  return names;
}

/** address prints an address of 4 or 16 bytes. */
export function address(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return '<invalid>';
  const groups: string[] = [];
  for (let at = 0; at < 16; at += 2) {
    groups.push((((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16).toUpperCase());
  }
  return groups.join(':');
}

const titles = { email: 'email', dns: 'DNS', uri: 'URI', x400: 'X400Name', edi: 'EdiPartyName' } as const;

type OtherName = Extract<GeneralName, { readonly kind: 'other' }>;

/** Known kinds of otherName, with their string type. */
const otherNames: ReadonlyMap<string, readonly [name: string, tag: number]> = new Map([
  ['1.3.6.1.5.5.7.8.9', ['SmtpUTF8Mailbox', 0x0c]],
  ['1.3.6.1.5.5.7.8.5', ['XmppAddr', 0x0c]],
  ['1.3.6.1.5.5.7.8.7', ['SRVName', 0x16]],
  ['1.3.6.1.5.5.7.8.8', ['NAIRealm', 0x0c]],
  ['1.3.6.1.4.1.311.20.2.3', ['UPN', 0x0c]],
]);

const ia5String = 0x16;
const utf8String = 0x0c;

function listedOther({ type, value }: OtherName): string {
  const [name, tag] = otherNames.get(type) ?? [objectText(type), undefined];
  const isText = tag === undefined ? value.tag === ia5String || value.tag === utf8String : value.tag === tag;
  return `${name}::${isText ? textOf(value.body) : '<unsupported>'}`;
}

function soleOther({ type, value }: OtherName): string {
  const [name, tag] = otherNames.get(type) ?? [];
  if (name === undefined || value.tag !== tag) return '<unsupported>';
  return `${name}:${Buffer.from(value.body).toString('utf8')}`;
}

/** shortened drops the attributes that the reference's buffer has no room for. */
function shortened(name: DistinguishedName): string {
  let attributes = name.attributes;
  while (onelineName({ ...name, attributes }).length > longestName) attributes = attributes.slice(0, -1);
  return latin1(Buffer.from(onelineName({ ...name, attributes }), 'latin1'));
}

const longestName = 255;
