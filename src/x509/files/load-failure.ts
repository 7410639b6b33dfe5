import type { ErrorLine } from '../../names/problems.ts';

/**
 * LoadFailure reports a key, certificate or password that cannot be loaded. The message (if any), the lines of the
 * error queue and `afterwards` are printed on lines of their own.
 */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure';
  readonly lines: readonly ErrorLine[];
  /** The reference's sentence after the lines; may be empty. */
  readonly afterwards: string;

  constructor(message: string, lines: readonly ErrorLine[] = [], afterwards = '') {
    super(message);
    this.lines = lines;
    this.afterwards = afterwards;
  }
}
