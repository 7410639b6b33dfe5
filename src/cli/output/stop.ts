/** The program ends before it serves: what stderr says, if anything, and the exit status. */
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
