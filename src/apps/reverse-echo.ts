import { latin1 } from '../bytes/hex.ts';
import type { Trouble } from '../connection/trouble.ts';
import { type BriefOptions, briefReport } from '../diagnostics/brief-report.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import type { TlsSocket } from '../server/sockets/tls-socket.ts';
import { type AppOptions, announce, outputsFor, serveApp } from './app.ts';
import { troubleLines } from './conversation.ts';
import { LineReader } from './line-reader.ts';
import { endsByAlert, leavesSilently, readBlocked } from './web-server.ts';

export interface ReverseEchoOptions extends AppOptions {
  readonly report: BriefOptions;
  /** The line `CLOSE` is echoed, too. */
  readonly ignoreClose?: boolean;
}

/**
 * runReverseEcho answers every line with its reverse (`-rev`). Resolves when the server has ended and the statistics
 * are printed.
 */
export async function runReverseEcho(options: ReverseEchoOptions): Promise<void> {
  announce(options);
  const { outputs } = options;
  let next = outputs;
  const server = serveApp(options, {
    observe: (connection) => {
      next = outputsFor(options, connection, (it) => it);
      return options.observe?.(next);
    },
    backlog: () => next.backlog,
    onConnection: (socket) => echo(socket, { ...options, outputs: next }),
  });
  await server.ended;
  outputs.out(options.statistics());
}

function echo(socket: TlsSocket, { outputs, report, ignoreClose }: ReverseEchoOptions): void {
  const lines = new LineReader();
  let over = false;
  const close = () => {
    if (over) return;
    over = true;
    outputs.err('CONNECTION CLOSED\n');
    // The reference reads the client's response to close_notify.
    socket.hangUp('listening');
  };
  const fail = (reason: string) => {
    if (over) return;
    over = true;
    outputs.err(`${socket.sessionInfo === undefined ? 'CONNECTION FAILURE\n' : ''}${reason}`);
    socket.hangUp();
  };
  const answer = (line: Uint8Array) => {
    if (over) return;
    const text = latin1(line).replace(/[\r\n]+$/, '');
    if (text === 'CLOSE' && !ignoreClose) close();
    else if (!socket.write(reversed(text))) socket.pause();
  };
  socket.on('secure', (info: SessionInfo) => {
    outputs.err(`CONNECTION ESTABLISHED\n${briefReport(info, report)}`);
  });
  socket.on('data', (bytes: Uint8Array) => {
    for (const line of lines.push(bytes)) answer(line);
  });
  socket.on('idle', () => {
    if (!over) outputs.out(readBlocked);
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => {
    if (over) return;
    if (socket.truncated) return socket.endTruncated();
    if (socket.sessionInfo === undefined) return fail('');
    const rest = lines.end();
    if (rest.length > 0) answer(rest);
    close();
  });
  socket.on('problem', (trouble: Trouble) => {
    const isEnd = leavesSilently(trouble, socket) || endsByAlert(trouble, socket);
    // A rest without line feed cannot be answered any more: the reference stops there.
    if (isEnd && lines.end().length > 0) over = true;
    else if (isEnd) close();
    fail(troubleLines(trouble));
  });
}

function reversed(line: string): Uint8Array {
  return Buffer.from(`${[...line].reverse().join('')}\n`, 'latin1');
}
