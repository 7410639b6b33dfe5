/** NameFlags are the flags of OpenSSL 3.0's X509_NAME_print_ex, named by the words of `-nameopt`. */
export type NameFlags = number;

const stringFlag = {
  esc_2253: 0x001,
  esc_ctrl: 0x002,
  esc_msb: 0x004,
  use_quote: 0x008,
  utf8: 0x010,
  ignore_type: 0x020,
  show_type: 0x040,
  dump_all: 0x080,
  dump_nostr: 0x100,
  dump_der: 0x200,
  esc_2254: 0x400,
} as const;

export const nameFlag = {
  ...stringFlag,
  sep_comma_plus: 1 << 16,
  sep_comma_plus_space: 2 << 16,
  sep_semi_plus_space: 3 << 16,
  sep_multiline: 4 << 16,
  /** Mask of the four above. */
  separators: 0xf << 16,
  dn_rev: 1 << 20,
  sname: 0,
  lname: 1 << 21,
  oid: 2 << 21,
  nofname: 3 << 21,
  /** Mask of the four above. */
  names: 3 << 21,
  space_eq: 1 << 23,
  dump_unknown: 1 << 24,
  align: 1 << 25,
} as const;

const escapes2253 =
  stringFlag.esc_2253 |
  stringFlag.esc_ctrl |
  stringFlag.esc_msb |
  stringFlag.utf8 |
  stringFlag.dump_nostr |
  stringFlag.dump_der;

const multiline =
  nameFlag.esc_ctrl | nameFlag.esc_msb | nameFlag.sep_multiline | nameFlag.space_eq | nameFlag.lname | nameFlag.align;

/** Complete formats: such a word replaces all flags before it. */
export const nameFormats = {
  compat: 0,
  rfc2253: escapes2253 | nameFlag.sep_comma_plus | nameFlag.dn_rev | nameFlag.dump_unknown,
  /** The default without `-nameopt`. */
  oneline: escapes2253 | nameFlag.use_quote | nameFlag.sep_comma_plus_space | nameFlag.space_eq,
  multiline,
  ca_default: multiline,
} as const satisfies Record<string, NameFlags>;

/**
 * nameOptionFlags parses the value of `-nameopt`; undefined for an unknown word. As in the reference, case and blanks
 * do not count, the rest of a word after a colon is ignored, and an empty part makes all of it `compat`.
 */
export function nameOptionFlags(value: string): NameFlags | undefined {
  const parts = value.split(',').map((word) => word.split(':').map((part) => part.trim().toLowerCase()));
  if (parts.flat().includes('')) return nameFormats.compat;
  let flags: NameFlags = 0;
  for (const [word = ''] of parts) {
    const changed = changedBy(word, flags);
    if (changed === undefined) return undefined;
    flags = changed;
  }
  const needsSeparator = flags !== nameFormats.compat && (flags & nameFlag.separators) === 0;
  return needsSeparator ? flags | nameFlag.sep_comma_plus_space : flags;
}

/** nameFlagsFrom returns the flags of a valid `-nameopt` value, or the default without one. */
export function nameFlagsFrom(value: string | undefined): NameFlags {
  return (value === undefined ? undefined : nameOptionFlags(value)) ?? nameFormats.oneline;
}

function changedBy(word: string, flags: NameFlags): NameFlags | undefined {
  const isRemoval = word.startsWith('-');
  const name = word.replace(/^[-+]/, '');
  const format = formats.get(name);
  if (format !== undefined) return isRemoval ? 0 : format;
  const flag = words.get(name);
  if (flag === undefined) return undefined;
  const others = flags & ~(choices.find(({ members }) => members.has(name))?.mask ?? flag);
  return isRemoval ? others : others | flag;
}

const formats: ReadonlyMap<string, NameFlags> = new Map(Object.entries(nameFormats));
const words: ReadonlyMap<string, NameFlags> = new Map(
  Object.entries(nameFlag).filter(([name]) => name !== 'separators' && name !== 'names'),
);

/** Groups of mutually exclusive words. */
const choices: readonly { readonly members: ReadonlySet<string>; readonly mask: NameFlags }[] = [
  {
    members: new Set(['sep_comma_plus', 'sep_comma_plus_space', 'sep_semi_plus_space', 'sep_multiline']),
    mask: nameFlag.separators,
  },
  { members: new Set(['sname', 'lname', 'oid', 'nofname']), mask: nameFlag.names },
];
