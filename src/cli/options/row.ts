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

/** One option. Parser, help, manual, completion and the types of the parsed options are read from the rows. */
export type Row = FlagRow | NumberRow | TextRow;

/** An option as it was given. */
export interface Given {
  readonly name: string;
  readonly value: true | number | string;
}

/** What a check may look at and do. */
export interface Parsing {
  /** The options before this one, in the order of the command line. */
  readonly given: readonly Given[];
  err(text: string): void;
}

/** The values by option name: `{ port?: number; unix?: string; www?: true }`. */
export type ValuesOf<R extends Row> = {
  readonly [Name in R['name']]?: ValueOf<Extract<R, { readonly name: Name }>['takes']>;
};
type ValueOf<T extends Takes> = T extends 'flag' ? true : T extends TakesNumber ? number : string;

interface FlagRow extends Described {
  readonly takes: 'flag';
  readonly check?: never;
}

interface NumberRow extends Described {
  readonly takes: TakesNumber;
  /** Runs while the line is parsed. @throws {Stop} */
  check?(value: number, parsing: Parsing): void;
}

interface TextRow extends Described {
  readonly takes: TakesText;
  /** Runs while the line is parsed. @throws {Stop} */
  check?(value: string, parsing: Parsing): void;
}

interface Described {
  readonly name: string;
  /** Names that are accepted but not listed in the help. */
  readonly aliases?: readonly string[];
  /** The text of the help, as the reference prints it. */
  readonly help: string;
  /** A second line of help. */
  readonly more?: string;
  readonly effect: string;
  /** Absent: off, or nothing. */
  readonly default?: string;
  readonly conflicts?: string;
  /** Absent: all versions. */
  readonly versions?: string;
  /** The OpenSSL release that brought it. */
  readonly since: string;
  /** Handed to the configuration module in the order of the command line. */
  readonly conf?: true;
  /** A protocol flag, which stands alone, or one of those that take a version out. */
  readonly bound?: 'only' | 'without';
  /** A `PEM|DER` option that takes PKCS#12 too, as the manual promises. */
  readonly pkcs12?: true;
}
