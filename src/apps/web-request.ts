/** WebRequest is a request line without its version, which does not matter. */
export interface WebRequest {
  /** HEAD gets the header only; the reference does not answer it. */
  readonly method: 'GET' | 'HEAD';
  /** Everything after the method and one blank, with the end of the line. */
  readonly target: string;
}

/** webRequest parses a line (bytes as latin1); undefined if it is no request. */
export function webRequest(line: string): WebRequest | undefined {
  const method = methods.find((it) => line.startsWith(`${it} `));
  return method && { method, target: line.substring(method.length + 1) };
}

const methods = ['GET', 'HEAD'] as const;

/** responseHeader is sent before a body; errors are `ok` too, as in the reference. */
export function responseHeader(mediaType: MediaType): string {
  return `HTTP/1.0 200 ok\r\nContent-type: ${mediaType}\r\n\r\n`;
}

export type MediaType = 'text/html' | 'text/plain';
