import { latin1 } from '../bytes/hex.ts';
import type { SessionInfo } from '../handshake/session-info.ts';
import { TlsServer } from '../server/server.ts';
import type { TlsSocket, Trouble } from '../server/tls-socket.ts';
import { type AppOptions, announce } from './app.ts';
import { troubleLines } from './conversation.ts';
import { LineReader } from './line-reader.ts';

export interface StatusServerOptions extends AppOptions {
  /** The body that every request gets. */
  readonly page: (info: SessionInfo) => string;
  readonly quiet?: boolean;
  /** Milliseconds for a client to send its request. */
  readonly requestTimeout?: number;
}

/** `-www`: every GET is answered with the status page. Resolves when the server has ended and the statistics are printed. */
export async function runStatusServer(options: StatusServerOptions): Promise<void> {
  announce(options);
  const { listener, createEngine, outputs, acceptCount, limits } = options;
  const server = new TlsServer({
    listener,
    createEngine,
    observe: () => options.observe?.(outputs),
    onConnection: (socket) => answerRequest(socket, options),
    ...(acceptCount && { acceptCount }),
    ...(limits && { limits }),
  });
  await server.ended;
  outputs.out(options.statistics());
}

/** Of all that a client sends only a request line counts; other lines, before it and after, are skipped. */
function answerRequest(socket: TlsSocket, options: StatusServerOptions): void {
  const lines = new LineReader();
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    over = true;
    clearTimeout(timer);
    socket.hangUp();
  };
  socket.once('secure', () => {
    timer = setTimeout(end, options.requestTimeout ?? defaultRequestTimeout);
  });
  socket.on('data', (bytes: Uint8Array) => {
    if (over) return;
    for (const line of lines.push(bytes)) {
      const answer = answerTo(line, socket.sessionInfo, options);
      if (answer === undefined) continue;
      socket.write(answer);
      end();
      return;
    }
  });
  socket.on('end', end);
  socket.on('problem', (trouble: Trouble) => {
    if (!over && !options.quiet) options.outputs.err(troubleLines(trouble));
    end();
  });
  socket.on('close', () => clearTimeout(timer));
}

const defaultRequestTimeout = 120_000;

const header = 'HTTP/1.0 200 ok\r\nContent-type: text/html\r\n\r\n';

/** HEAD gets what comes before the body; the reference leaves it without an answer. */
function answerTo(line: Uint8Array, info: SessionInfo | undefined, { page }: StatusServerOptions): string | undefined {
  if (info === undefined) return undefined;
  const [method] = /^(?:GET|HEAD) /.exec(latin1(line.subarray(0, 5))) ?? [];
  if (method === undefined) return undefined;
  return method === 'GET ' ? header + page(info) : header;
}
