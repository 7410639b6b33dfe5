import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { renegotiated } from './renegotiated.ts';
import { responseHeader, type WebRequest, webRequest } from './web-request.ts';
import { type AskedLine, runWebServer, type WebAnswer, type WebServerOptions } from './web-server.ts';

export interface StatusServerOptions extends WebServerOptions {
  /** page returns the body of every response. */
  readonly page: (info: SessionInfo) => string;
}

/**
 * runStatusServer answers every GET with the status page, `/reneg` after a renegotiation (`-www`). Resolves when the
 * server has ended and the statistics are printed.
 */
export async function runStatusServer(options: StatusServerOptions): Promise<void> {
  await runWebServer(options, (asked) => {
    const request = webRequest(asked.line);
    const info = asked.socket.sessionInfo;
    if (request === undefined || info === undefined) return undefined;
    const renegotiates = request.method === 'GET' && request.target.startsWith('/reneg');
    return renegotiates ? renegotiatedAnswer(request, asked, options) : statusAnswer(request, info, options);
  });
}

export function statusAnswer(
  { method }: WebRequest,
  info: SessionInfo,
  { page }: Pick<StatusServerOptions, 'page'>,
): WebAnswer {
  const header = responseHeader('text/html');
  return [Buffer.from(method === 'GET' ? header + page(info) : header)];
}

async function* renegotiatedAnswer(
  request: WebRequest,
  asked: AskedLine,
  options: StatusServerOptions,
): AsyncGenerator<Uint8Array> {
  const certificate = request.target.startsWith('/renegcert');
  yield* renegotiated(asked, { certificate, out: (text) => asked.outputs.out(text) }, () => {
    const info = asked.socket.sessionInfo;
    return info ? statusAnswer(request, info, options) : [];
  });
}
