import type { MediaType } from './web-request.ts';

/** mediaType guesses from a file's name. A name that is only a suffix has none, and case matters. */
export function mediaType(name: string): MediaType {
  return suffixes.some((suffix) => name.length > suffix.length && name.endsWith(suffix)) ? 'text/html' : 'text/plain';
}

/** Suffixes of text/html; programs are sent unexecuted. */
const suffixes = ['.html', '.php', '.htm'];
