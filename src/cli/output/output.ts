/**
 * Output is the program's streams: server output, which `-quiet` suppresses, and stderr, which no option suppresses.
 */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Frees stdout for another use: from now on server output goes to stderr. */
  leaveStdout?(): void;
  /** True if stderr is a terminal: no script compares it with the reference. */
  readonly readByPerson?: boolean;
}
