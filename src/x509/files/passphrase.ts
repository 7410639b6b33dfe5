import { promptForPassword } from './prompt.ts';

/** Askable is a pass phrase that is asked for when it turns out to be needed. */
export interface Askable {
  /** Undefined without an answer. `attempts`: prompts before giving up. */
  ask(attempts: number): Uint8Array | undefined;
}

/** Passphrase is the pass phrase of one file: given, or prompted for on first use and then cached. */
export class Passphrase implements Askable {
  private readonly file: string;
  private answer: Uint8Array | undefined;

  constructor(file: string, given: Uint8Array | undefined) {
    this.file = file;
    this.answer = given;
  }

  ask(attempts: number): Uint8Array | undefined {
    for (let i = 0; i < attempts && this.answer === undefined; i++)
      this.answer = promptForPassword(`Enter pass phrase for ${this.file}:`);
    return this.answer;
  }
}
