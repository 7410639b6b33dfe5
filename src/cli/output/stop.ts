/** Stop ends the program before it serves, with a text for stderr, if any, and an exit status. */
export class Stop extends Error {
  override readonly name = 'Stop';
  /** Complete lines, or empty. */
  readonly text: string;
  readonly exitCode: number;

  constructor(text: string, exitCode = 1) {
    super(text.trimEnd());
    this.text = text;
    this.exitCode = exitCode;
  }
}
