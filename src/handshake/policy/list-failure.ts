import type { ErrorLine } from '../../names/problems.ts';

/**
 * ListFailure is thrown for a list of the command line without a usable name. The reference explains some of them,
 * others not at all.
 */
export class ListFailure extends Error {
  override readonly name = 'ListFailure';
  /** Lines that the reference prints under `Call to SSL_CONF_cmd(...) failed`; possibly none. */
  readonly lines: readonly ErrorLine[];

  constructor(message: string, lines: readonly ErrorLine[] = []) {
    super(message);
    this.lines = lines;
  }
}

export function noCipherMatch(where: string): ListFailure {
  const text = 'no cipher match';
  return new ListFailure(text, [{ library: 20, reason: 185, text, function: where }]);
}

/** The items of a list between colons, without the ASCII white space around them. */
export function listItems(text: string): string[] {
  return text.split(':').map((item) => item.replace(/^[ \t-\r]+|[ \t-\r]+$/g, ''));
}
