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
