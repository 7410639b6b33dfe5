/** Where the program prints: the server output stream, which `-quiet` silences, and stderr, which nothing silences. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** stderr is a terminal: no script compares what it shows with the reference. */
  readonly readByPerson?: boolean;
}
