import type { Parsing } from '../arguments/given.ts';
import type { VerifyOption } from '../arguments/verification-parameters.ts';
import type { Command } from '../configuration/configuration.ts';

/** What follows an option's name, in the words of the help. */
export type Takes =
  | 'flag'
  | 'string'
  | 'infile'
  | 'outfile'
  | 'dir'
  | 'uri'
  | 'int'
  | '+int'
  | 'intmax'
  | 'format'
  | 'PEM|DER';
type TakesNumber = 'int' | '+int' | 'intmax';
type TakesText = Exclude<Takes, 'flag' | TakesNumber>;

/** One option of a command. Parser, help, completion and the types of the parsed options are read from the rows. */
export type Row = FlagRow | NumberRow | TextRow;

/** One option of the server, with what its manual says. */
export type ServerRow = Row & Described;

/** The values by option name: `{ port?: number; unix?: string; www?: true }`. */
export type ValuesOf<R extends Row> = {
  readonly [Name in R['name']]?: ValueOf<Extract<R, { readonly name: Name }>['takes']>;
};
type ValueOf<T extends Takes> = T extends 'flag' ? true : T extends TakesNumber ? number : string;

interface FlagRow extends Behaving {
  readonly takes: 'flag';
  readonly check?: never;
}

interface NumberRow extends Behaving {
  readonly takes: TakesNumber;
  /** Runs while the line is parsed. @throws {Stop} */
  check?(value: number, parsing: Parsing): void;
}

interface TextRow extends Behaving {
  readonly takes: TakesText;
  /** Runs while the line is parsed. @throws {Stop} */
  check?(value: string, parsing: Parsing): void;
}

/**
 * An option's name and what it does. Options without one of these handlers are read by name, from `Options` or from the
 * options as they were given.
 */
interface Behaving {
  readonly name: string;
  /** Names that are accepted but not listed in the help. */
  readonly aliases?: readonly string[];
  /** The text of the help, as the reference prints it. */
  readonly help: string;
  /** A second line of help. */
  readonly more?: string;
  /** An option of the configuration module, applied in the order of the command line. */
  readonly configures?: Command;
  /** An option about the verification of certificates. */
  readonly verifies?: VerifyOption;
  /** A protocol flag, which stands alone: the one version that is spoken, or all of datagrams. */
  readonly only?: number | 'datagrams';
  /** Takes a version out, and does not go with a protocol flag. */
  readonly excludesVersion?: true;
  /** The option is refused because Node does not have it: records are made by the program, and no such socket is there. */
  readonly platformLacks?: string;
  /** Another option counts no longer, unless it is given again. */
  readonly takesBack?: string;
  /** Nothing changes once the argument is checked: as in the reference, or because a format is detected. */
  readonly hasNoEffect?: true;
  /** The argument is a secret or may hold one: `***` where the command line is reported. */
  readonly secret?: true;
  /** A `PEM|DER` option that takes PKCS#12 too, as the manual promises. */
  readonly pkcs12?: true;
  /** A file of which `-` is stdout, which then holds nothing else: what people read goes to stderr. */
  readonly mayBeStdout?: true;
  /** The kind of word that a string is, for completion. */
  readonly completes?: 'file' | 'folder' | 'version';
}

interface Described {
  readonly effect: string;
  /** Absent: off, or nothing. */
  readonly default?: string;
  readonly conflicts?: string;
  /** Absent: all versions. */
  readonly versions?: string;
  /** The OpenSSL release that brought it. */
  readonly since: string;
}
