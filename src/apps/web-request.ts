/** The first two words of a request; the version behind them does not matter. */
export interface WebRequest {
  /** HEAD gets what comes before the body; the reference leaves it without an answer. */
  readonly method: 'GET' | 'HEAD';
  /** Everything behind the method and one blank, with the end of the line. */
  readonly target: string;
}

/** The request that a line (bytes as latin1) is; undefined for any other line. */
export function webRequest(line: string): WebRequest | undefined {
  const method = methods.find((it) => line.startsWith(`${it} `));
  return method && { method, target: line.substring(method.length + 1) };
}

const methods = ['GET', 'HEAD'] as const;

/** What is sent before a body; errors are `ok` too, as in the reference. */
export function responseHeader(mediaType: MediaType): string {
  return `HTTP/1.0 200 ok\r\nContent-type: ${mediaType}\r\n\r\n`;
}

export type MediaType = 'text/html' | 'text/plain';
