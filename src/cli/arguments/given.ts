/** Given is an option with its argument. */
export interface Given {
  readonly name: string;
  readonly value: true | number | string;
}

/** Parsing is the context of an argument's check. */
export interface Parsing {
  /** The options before this one, in the order of the command line. */
  readonly given: readonly Given[];
  err(text: string): void;
}
