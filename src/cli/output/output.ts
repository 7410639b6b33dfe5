/** Where the program prints: the server output stream, which `-quiet` silences, and stderr, which nothing silences. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** From now on stdout is for something else, and all that is for it here goes to stderr. */
  leaveStdout?(): void;
  /** stderr is a terminal: no script compares what it shows with the reference. */
  readonly readByPerson?: boolean;
}
