import type { Parsing } from '../arguments/given.ts';
import type { VerifyOption } from '../arguments/verification-arguments.ts';
import type { Command } from '../configuration/configuration.ts';

/** Takes is the argument of an option, as the help names it. */
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

/**
 * Row is one option of a command. Parser, help, completion and the types of the parsed options are derived from the
 * rows.
 */
export type Row = FlagRow | NumberRow | TextRow;

/** ServerRow is one option of the server, with the content of its manual entry. */
export type ServerRow = Row & Described;

/** ValuesOf maps option names to values: `{ port?: number; unix?: string; www?: true }`. */
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
 * Behaving is an option's name and its effect. Options without one of these handlers are read by name, from `Options`
 * or from the given options.
 */
interface Behaving {
  readonly name: string;
  /** Names that are accepted but not listed in the help. */
  readonly aliases?: readonly string[];
  /** Text of the help, as the reference prints it. */
  readonly help: string;
  /** A second line of help. */
  readonly more?: string;
  /** Command of an option of the configuration module, applied in the order of the command line. */
  readonly configures?: Command;
  /** Handler of an option about the verification of certificates. */
  readonly verifies?: VerifyOption;
  /** A protocol flag, which excludes others: the only version, or all of datagrams. */
  readonly only?: number | 'datagrams';
  /** Disables a version, which excludes protocol flags. */
  readonly excludesVersion?: true;
  /**
   * The feature that Node lacks, for which the option is refused: the program makes the records, and no such socket
   * exists.
   */
  readonly platformLacks?: string;
  /** Another option, which this one cancels unless it is given again. */
  readonly takesBack?: string;
  /** The argument is checked and has no effect: as in the reference, or because a format is detected. */
  readonly hasNoEffect?: true;
  /** The argument is a secret or may hold one: `***` where the command line is reported. */
  readonly secret?: true;
  /** Arguments that mean stdout, which then carries nothing else: text for people goes to stderr. */
  readonly stdoutWords?: readonly string[];
  /** The kind of a string argument, for completion. */
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
