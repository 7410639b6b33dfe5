import type { ErrorLine } from '../../names/problems.ts';

/**
 * A key, certificate or password that cannot be had. Printed as the message (nothing if it is empty), the lines of the
 * error queue, and `afterwards`, each on lines of its own.
 */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure';
  readonly lines: readonly ErrorLine[];
  /** A last sentence below the lines, where the reference has one. */
  readonly afterwards: string;

  constructor(message: string, lines: readonly ErrorLine[] = [], afterwards = '') {
    super(message);
    this.lines = lines;
    this.afterwards = afterwards;
  }
}
