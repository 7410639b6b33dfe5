import { latin1 } from '../bytes/hex.ts';
import type { Trouble } from '../connection/trouble.ts';
import type { ProblemName } from '../names/problems.ts';
import type { FactWatch } from '../server/listening/fact-watch.ts';
import type { TlsSocket } from '../server/sockets/tls-socket.ts';
import { type AppOptions, announce, outputsFor, serveApp } from './app.ts';
import { troubleLines } from './conversation.ts';
import { LineReader } from './line-reader.ts';
import type { Outputs } from './printing/outputs.ts';
import { webRequest } from './web-request.ts';

export interface WebServerOptions extends AppOptions {
  readonly quiet?: boolean;
  /** Milliseconds for a client to send its request. */
  readonly requestTimeout?: number;
  /** Milliseconds without progress after which a client that stops reading its answer is disconnected. */
  readonly answerTimeout?: number;
}

/** WebAnswer is the pieces of an answer. A piece's memory may be reused when the next one is requested. */
export type WebAnswer = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** AskedLine is a line of a client (bytes as latin1) with its socket. */
export interface AskedLine {
  readonly line: string;
  readonly socket: TlsSocket;
  /** True if the next line came in the same record. */
  readonly followed: boolean;
  /** The output for what is told about it. */
  readonly outputs: Outputs;
}

/** Respond answers a line; undefined for one that is no request. */
export type Respond = (asked: AskedLine) => WebAnswer | undefined;

/**
 * runWebServer answers one request of each connection and closes it. Resolves when the server has ended and the
 * statistics are printed.
 */
export async function runWebServer(options: WebServerOptions, respond: Respond): Promise<void> {
  announce(options);
  const { outputs } = options;
  let next = outputs;
  const server = serveApp(options, {
    observe: (connection) => {
      next = outputsFor(options, connection, (it) => it);
      return options.observe?.(next);
    },
    backlog: () => next.backlog,
    onConnection: (socket, _connection, watch) =>
      serveRequest(socket, { ...options, outputs: next }, withFacts(respond, watch)),
  });
  await server.ended;
  outputs.out(options.statistics());
}

/** withFacts adds a fact for each answer. All answers have the status of success, as the reference's do. */
function withFacts(respond: Respond, watch: FactWatch | undefined): Respond {
  if (watch === undefined) return respond;
  return (asked) => {
    const answer = respond(asked);
    const request = answer && webRequest(asked.line);
    if (request) watch.answered(request.method, request.target.replace(/ HTTP\/[\d.]*\s*$|\s+$/, ''), 200);
    return answer;
  };
}

/** serveRequest answers the first request line and skips all other lines. */
function serveRequest(socket: TlsSocket, options: WebServerOptions, respond: Respond): void {
  const { outputs, quiet } = options;
  const lines = new LineReader();
  let state: 'asking' | 'answering' | 'over' = 'asking';
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    state = 'over';
    clearTimeout(timer);
    // The reference reads the client's response to close_notify.
    socket.hangUp('listening');
  };
  // An incomplete answer gets no close_notify, so that the client can tell.
  const crashed = (error: unknown) => {
    state = 'over';
    if (!quiet) outputs.err(`${error instanceof Error ? error.message : error}\n`);
    socket.cut();
  };
  const early: Uint8Array[] = [];
  socket.on('earlyData', (bytes: Uint8Array) => early.push(Uint8Array.from(bytes)));
  socket.once('secure', () => {
    if (state === 'asking') timer = setTimeout(end, options.requestTimeout ?? defaultTimeout);
    // An answer reports the result of the handshake, so it waits for that.
    for (const bytes of early.splice(0)) take(bytes);
  });
  socket.on('data', (bytes: Uint8Array) => take(bytes));
  const take = (bytes: Uint8Array) => {
    if (state !== 'asking') return;
    const answer = firstAnswer([...lines.push(bytes)], { socket, outputs }, respond);
    if (answer === undefined) return;
    state = 'answering';
    clearTimeout(timer);
    socket.transport.setTimeout(options.answerTimeout ?? defaultTimeout);
    send(answer, socket).then(end, crashed);
  };
  socket.on('idle', () => {
    if (state === 'asking') outputs.out(readBlocked);
  });
  // A client may half-close and wait for its answer.
  socket.on('end', () => {
    if (state !== 'asking') return;
    if (socket.truncated) socket.endTruncated();
    else end();
  });
  const breaksLine = () => state === 'asking' && lines.end().length > 0;
  socket.on('problem', (trouble: Trouble) => {
    if (state !== 'over' && isNews(trouble, socket, breaksLine) && !quiet) outputs.err(troubleLines(trouble));
    end();
  });
  socket.on('close', () => clearTimeout(timer));
}

/** firstAnswer answers the first line that is a request. */
function firstAnswer(
  lines: readonly Uint8Array[],
  asking: Pick<AskedLine, 'socket' | 'outputs'>,
  respond: Respond,
): WebAnswer | undefined {
  for (const [index, line] of lines.entries()) {
    const answer = respond({ ...asking, line: latin1(line), followed: index + 1 < lines.length });
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/**
 * isNews filters as the reference does after the handshake: it reports a missing close_notify, and a client that
 * declines a renegotiation, only when a line is incomplete, and never a fatal alert.
 */
function isNews(trouble: Trouble, socket: TlsSocket, breaksLine: () => boolean): boolean {
  if (endsByAlert(trouble, socket)) return false;
  const declines = isProblem(trouble, 'noRenegotiation');
  return (!leavesSilently(trouble, socket) && !declines) || breaksLine();
}

/** endsByAlert recognizes a fatal alert after the handshake, which is a normal end to the reference. */
export function endsByAlert(trouble: Trouble, { sessionInfo }: TlsSocket): boolean {
  return isProblem(trouble, 'peerAlert') && sessionInfo !== undefined;
}

/** leavesSilently recognizes a close without close_notify after the handshake. */
export function leavesSilently(trouble: Trouble, { sessionInfo }: TlsSocket): boolean {
  return isProblem(trouble, 'unexpectedEofWhileReading') && sessionInfo !== undefined;
}

/** readBlocked is the reference's line for a record without application data, after which it reads on. */
export const readBlocked = 'read R BLOCK\n';

function isProblem(trouble: Trouble, problem: ProblemName): boolean {
  return trouble.how === 'failed' && trouble.problem.problem === problem;
}

const defaultTimeout = 120_000;

/** send writes one piece at a time, so that a client that does not read costs one piece of memory. */
async function send(answer: WebAnswer, socket: TlsSocket): Promise<void> {
  for await (const piece of answer) {
    if (!(await taken(piece, socket))) return;
  }
}

/** taken resolves with false when the connection is over. */
function taken(piece: Uint8Array, socket: TlsSocket): Promise<boolean> {
  return new Promise((resolve) => socket.write(piece, (error) => resolve(!error)));
}
