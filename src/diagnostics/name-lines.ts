import { type NameFlags, nameFlag, nameFormats } from '../x509/asn1/name-options.ts';
import { onelineName, printName } from '../x509/asn1/name-text.ts';
import { distinguishedName } from '../x509/asn1/names.ts';

/** NameLines formats distinguished names (DER) per `-nameopt`. */
export interface NameLines {
  /** @throws {Malformed} */
  readonly nameText: (name: Uint8Array) => string;
  /** Formats a name after a title such as `subject=`, without the last line feed. @throws {Malformed} */
  readonly nameLine: (title: string, name: Uint8Array) => string;
}

export function nameLines(flags: NameFlags): NameLines {
  return {
    nameText: (name) => printName(distinguishedName(name), flags),
    nameLine: (title, name) => `${title}${titled(name, flags)}`,
  };
}

/** titled begins the multi-line form on the next line, and has another `compat` form. */
function titled(name: Uint8Array, flags: NameFlags): string {
  const parsed = distinguishedName(name);
  if (flags === nameFormats.compat) return onelineName(parsed);
  if ((flags & nameFlag.separators) !== nameFlag.sep_multiline) return printName(parsed, flags);
  return `\n${printName(parsed, flags, 4)}`;
}
