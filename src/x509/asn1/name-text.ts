import { latin1, upperHex } from '../../bytes/hex.ts';
import { objectNames } from '../../names/object-names.ts';
import { type NameFlags, nameFlag } from './name-options.ts';
import type { Attribute, DistinguishedName } from './names.ts';
import { contents, StringFault, stringText } from './string-text.ts';

/**
 * printName formats a distinguished name as X509_NAME_print_ex of OpenSSL 3.0 does. `indent`: blanks before each line
 * of the multiline form. The text ends before the first value that cannot be printed.
 */
export function printName(name: DistinguishedName, flags: NameFlags, indent = 0): string {
  if (flags === 0) return compactName(name);
  const layout = layouts.get(flags & nameFlag.separators);
  if (layout === undefined) return '';
  const margin = layout.indented ? ' '.repeat(indent) : '';
  const attributes = flags & nameFlag.dn_rev ? Array.from(name.attributes).reverse() : name.attributes;
  let text = margin;
  let set: number | undefined;
  try {
    for (const attribute of attributes) {
      if (set !== undefined) text += set === attribute.set ? layout.withinSet : `${layout.betweenSets}${margin}`;
      set = attribute.set;
      text += fieldName(attribute, flags);
      text += stringText(attribute.value, valueFlags(attribute, flags));
    }
  } catch (error) {
    if (!(error instanceof StringFault)) throw error;
  }
  // Every character so far is one byte.
  return Buffer.from(text, 'latin1').toString('utf8');
}

/** onelineName formats a name as X509_NAME_oneline does: `/C=XX/O=Example Org`. */
export function onelineName({ attributes }: DistinguishedName): string {
  return attributes
    .map((attribute, at) => {
      const before = at > 0 && attributes[at - 1]?.set === attribute.set ? '+' : '/';
      return `${before}${shortName(attribute)}=${onelineValue(attribute)}`;
    })
    .join('');
}

interface Layout {
  readonly betweenSets: string;
  readonly withinSet: string;
  readonly indented: boolean;
}

const layouts: ReadonlyMap<number, Layout> = new Map([
  [nameFlag.sep_comma_plus, { betweenSets: ',', withinSet: '+', indented: false }],
  [nameFlag.sep_comma_plus_space, { betweenSets: ', ', withinSet: ' + ', indented: false }],
  [nameFlag.sep_semi_plus_space, { betweenSets: '; ', withinSet: ' + ', indented: false }],
  [nameFlag.sep_multiline, { betweenSets: '\n', withinSet: ' + ', indented: true }],
]);

/** compactName is X509_NAME_print: `, ` replaces each slash before one or two capitals and `=` in the oneline form. */
function compactName(name: DistinguishedName): string {
  return onelineName(name)
    .substring(1)
    .replace(/\/(?=[A-Z][A-Z]?=)/g, ', ');
}

function shortName({ type }: Attribute): string {
  return objectNames(type)?.short ?? type.substring(0, maxIdentifier);
}

/** The reference's buffer for a dotted identifier holds no more characters. */
const maxIdentifier = 79;

function fieldName({ type }: Attribute, flags: NameFlags): string {
  const style = flags & nameFlag.names;
  if (style === nameFlag.nofname) return '';
  const equals = flags & nameFlag.space_eq ? ' = ' : '=';
  const names = objectNames(type);
  if (style === nameFlag.oid || names === undefined) return `${type.substring(0, maxIdentifier)}${equals}`;
  const [text, width] = style === nameFlag.lname ? [names.long, 25] : [names.short, 10];
  return `${flags & nameFlag.align ? text.padEnd(width) : text}${equals}`;
}

function valueFlags({ type }: Attribute, flags: NameFlags): NameFlags {
  const isUnknown = objectNames(type) === undefined;
  return isUnknown && flags & nameFlag.dump_unknown ? flags | nameFlag.dump_all : flags;
}

function onelineValue({ value }: Attribute): string {
  return latin1(contents(value))
    .replace(/[/+]/g, '\\$&')
    .replace(/[^ -~]/g, (character) => `\\x${upperHex(Buffer.from(character, 'latin1'))}`);
}
