import type { MediaType } from './web-request.ts';

/** What the file's name says that it holds. A suffix alone is no suffix, and upper case counts as another one. */
export function mediaType(name: string): MediaType {
  return suffixes.some((suffix) => name.length > suffix.length && name.endsWith(suffix)) ? 'text/html' : 'text/plain';
}

/** Programs are sent as they are. */
const suffixes = ['.html', '.php', '.htm'];
