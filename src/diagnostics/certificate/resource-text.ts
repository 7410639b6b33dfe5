import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';
import { type ExtensionPrinter, fieldsOf, margin } from './extension-printer.ts';
import { integerText } from './integer-text.ts';

/** Printers of IP addresses and AS numbers (RFC 3779). */
export const resourcePrinters: readonly (readonly [string, ExtensionPrinter])[] = [
  ['1.3.6.1.5.5.7.1.7', addressBlocks],
  ['1.3.6.1.5.5.7.1.8', systemNumbers],
];

function addressBlocks(value: Uint8Array): string {
  const families = fieldsOf(value, 'IPAddrBlocks');
  let text = '';
  while (!families.isEmpty) {
    const fields = families.sequence('family');
    const [high = 0, low = 0, kind] = fields.take('addressFamily', Tag.octetString).body;
    const family = high * 256 + low;
    const choice = fields.take('ipAddressChoice', Tag.null, Tag.sequence);
    text += `${margin}${familyNames[family] ?? `Unknown AFI ${family}`}${kind === undefined ? '' : kindName(kind)}`;
    text += choice.tag === Tag.null ? ': inherit\n' : `:\n${addressLines(new Structure(choice.body), family)}`;
  }
  return text;
}

const familyNames: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6' };

function kindName(kind: number): string {
  return ` (${kindNames[kind] ?? `Unknown SAFI ${kind}`})`;
}

const kindNames: Readonly<Record<number, string>> = {
  1: 'Unicast',
  2: 'Multicast',
  3: 'Unicast/Multicast',
  4: 'MPLS',
  64: 'Tunnel',
  65: 'VPLS',
  66: 'BGP MDT',
  128: 'MPLS-labeled VPN',
};

function addressLines(list: Structure, family: number): string {
  let text = '';
  while (!list.isEmpty) {
    const entry = list.take('address', Tag.bitString, Tag.sequence);
    if (entry.tag === Tag.bitString) {
      const [unused = 0] = entry.body;
      text += `${margin}  ${addressText(entry.body, 0, family)}/${(entry.body.length - 1) * 8 - unused}\n`;
      continue;
    }
    const range = new Structure(entry.body);
    const least = addressText(range.take('min', Tag.bitString).body, 0, family);
    text += `${margin}  ${least}-${addressText(range.take('max', Tag.bitString).body, 0xff, family)}\n`;
  }
  return text;
}

/** addressText completes an address prefix; the missing bits are those of `fill`. */
function addressText([unused = 0, ...given]: Uint8Array, fill: number, family: number): string {
  const size = family === 1 ? 4 : family === 2 ? 16 : given.length;
  if (given.length > size || unused > 7) throw new Malformed(`${given.length} bytes`, ['address']);
  const bytes = [...given, ...new Array<number>(size - given.length).fill(fill)];
  const last = given.length - 1;
  const mask = (1 << unused) - 1;
  if (last >= 0) bytes[last] = fill === 0 ? (bytes[last] ?? 0) & ~mask : (bytes[last] ?? 0) | mask;
  if (family === 1) return bytes.join('.');
  if (family === 2) return groupsText(bytes);
  return `${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')}[${unused}]`;
}

function groupsText(bytes: readonly number[]): string {
  let count = 16;
  while (count > 1 && bytes[count - 1] === 0 && bytes[count - 2] === 0) count -= 2;
  let text = '';
  for (let at = 0; at < count; at += 2) {
    text += (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16) + (at < 14 ? ':' : '');
  }
  return `${text}${count < 16 ? ':' : ''}${count === 0 ? ':' : ''}`;
}

function systemNumbers(value: Uint8Array): string {
  const fields = fieldsOf(value, 'ASIdentifiers');
  const systems = fields.takeIf('asnum', 0xa0);
  const routing = fields.takeIf('rdi', 0xa1);
  return numberLines('Autonomous System Numbers', systems) + numberLines('Routing Domain Identifiers', routing);
}

function numberLines(title: string, field: Field | undefined): string {
  if (field === undefined) return '';
  const choice = new Structure(field.body).take('choice', Tag.null, Tag.sequence);
  if (choice.tag === Tag.null) return `${margin}${title}:\n${margin}  inherit\n`;
  const list = new Structure(choice.body);
  let text = '';
  while (!list.isEmpty) {
    const { tag, body } = list.take('number', Tag.integer, Tag.sequence);
    text += `${margin}  ${tag === Tag.integer ? integerText(body) : rangeText(new Structure(body))}\n`;
  }
  return `${margin}${title}:\n${text}`;
}

function rangeText(range: Structure): string {
  const least = integerText(range.take('min', Tag.integer).body);
  return `${least}-${integerText(range.take('max', Tag.integer).body)}`;
}
