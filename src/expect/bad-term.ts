/** BadTerm is thrown for a list of terms that cannot be understood. */
export class BadTerm extends Error {
  override readonly name = 'BadTerm';

  /** `near`: what may have been meant. */
  constructor(text: string, near: readonly string[] = []) {
    super(near.length === 0 ? text : `${text}: did you mean ${near.join(', ')}?`);
  }
}
