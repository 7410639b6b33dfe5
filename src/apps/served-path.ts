/** ServedPath is a file name below the served directory, or the error text. */
export type ServedPath =
  | { readonly name: string; readonly refusal?: never }
  | { readonly name?: never; readonly refusal: string };

/**
 * servedPath parses the text after `GET /` as the reference does: the name ends at the first blank, nothing is decoded,
 * a query is part of the name, and a zero byte ends the line.
 */
export function servedPath(rest: string): ServedPath {
  const [line = ''] = rest.split('\0', 1);
  const end = line.search(/[ :]/);
  if (end < 0) return { refusal: `'${line}' is an invalid file name\r\n` };
  const name = line.substring(0, end);
  // A colon may follow a drive letter.
  if (line[end] === ':' || name.split(separator).includes('..'))
    return { refusal: `'${name}' contains '..' or ':'\r\n` };
  if (separator.test(name.charAt(0))) return { refusal: `'${name}' is an invalid path\r\n` };
  return { name };
}

const separator = /[/\\]/;
