import type { SessionInfo } from '../handshake/session-info.ts';
import { responseHeader, type WebRequest, webRequest } from './web-request.ts';
import { type Answer, runWebServer, type WebServerOptions } from './web-server.ts';

export interface StatusServerOptions extends WebServerOptions {
  /** The body that every request gets. */
  readonly page: (info: SessionInfo) => string;
}

/** `-www`: every GET is answered with the status page. Resolves when the server has ended and the statistics are printed. */
export async function runStatusServer(options: StatusServerOptions): Promise<void> {
  await runWebServer(options, (line, info) => {
    const request = webRequest(line);
    return request && info && statusAnswer(request, info, options);
  });
}

export function statusAnswer(
  { method }: WebRequest,
  info: SessionInfo,
  { page }: Pick<StatusServerOptions, 'page'>,
): Answer {
  const header = responseHeader('text/html');
  return [Buffer.from(method === 'GET' ? header + page(info) : header)];
}
