import { get, type IncomingMessage } from 'node:http';
import type { ErrorLine } from '../names/problems.ts';
import { LoadFailure } from '../x509/load-failure.ts';
import { systemFault } from '../x509/store.ts';

export interface HttpGetOptions {
  /** Ends the attempt. */
  readonly signal: AbortSignal;
  /** Bytes. */
  readonly limit: number;
}

/**
 * What an `http:` URL names. A few redirections are followed, to `http:` only.
 * @throws {LoadFailure} with the reference's lines
 */
export async function httpGet(url: URL, options: HttpGetOptions, redirections = 5): Promise<Uint8Array> {
  const response = await answerOf(url, options.signal);
  const { statusCode = 0, statusMessage = '', headers } = response;
  const isRedirection = [301, 302, 303, 307].includes(statusCode) && headers.location !== undefined;
  if (isRedirection && redirections > 0) {
    response.destroy();
    const next = URL.canParse(headers.location ?? '', url.href) ? new URL(headers.location ?? '', url) : undefined;
    if (next?.protocol === 'http:') return httpGet(next, options, redirections - 1);
  }
  if (statusCode !== 200) {
    response.destroy();
    throw receiving(
      url,
      httpLine(105, 'received error', 'parse_http_line1', `code=${statusCode}, reason=${statusMessage}`),
    );
  }
  return bodyOf(url, response, options.limit);
}

async function answerOf(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(url, { signal, agent: false }, resolve);
    request.on('error', (error) => reject(receiving(url, causeLine(error))));
  });
}

async function bodyOf(url: URL, response: IncomingMessage, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > limit) break;
      parts.push(part);
    }
  } catch (error) {
    throw receiving(url, causeLine(error));
  }
  if (length <= limit) return Buffer.concat(parts);
  throw receiving(url, httpLine(117, 'max resp len exceeded', 'check_set_resp_len', `length=${length}, max=${limit}`));
}

function receiving({ origin }: URL, cause: ErrorLine): LoadFailure {
  return new LoadFailure('', [
    cause,
    httpLine(103, 'error receiving', 'OSSL_HTTP_REQ_CTX_exchange', `server=${origin}`),
  ]);
}

/** The system's, or that the time is over. */
function causeLine(error: unknown): ErrorLine {
  const timeout = httpLine(113, 'retry timeout', 'BIO_socket_wait', '');
  try {
    const { errno, text } = systemFault(error);
    return { library: 2, reason: errno, text, function: 'BIO_connect', extra: 'calling connect()' };
  } catch {
    return timeout;
  }
}

function httpLine(reason: number, text: string, where: string, extra: string): ErrorLine {
  return { library: httpLibrary, reason, text, function: where, extra };
}

const httpLibrary = 61;
