import { promptForPassword } from './prompt.ts';

/** The pass phrase of one file: given, or asked for when it is first needed and then remembered. */
export class Passphrase {
  private readonly file: string;
  private answer: Uint8Array | undefined;

  constructor(file: string, given: Uint8Array | undefined) {
    this.file = file;
    this.answer = given;
  }

  /** Undefined when nobody answered. `attempts`: how often to ask then. */
  ask(attempts: number): Uint8Array | undefined {
    for (let i = 0; i < attempts && this.answer === undefined; i++)
      this.answer = promptForPassword(`Enter pass phrase for ${this.file}:`);
    return this.answer;
  }
}
