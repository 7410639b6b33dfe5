import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { prepare } from '../src/cli/prepare.ts';
import type { Doors, Ending } from '../src/connection/engine.ts';
import { TlsEngine, type TlsEngineOptions } from '../src/connection/tls-engine.ts';
import { connectionReport } from '../src/diagnostics/connection-report.ts';
import type { SessionInfo } from '../src/handshake/flow/session-info.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';

/** settingsOf returns the settings of a command line. */
export async function settingsOf(...words: readonly string[]): Promise<Settings> {
  const errors: string[] = [];
  const prepared = await prepare(words, { out: () => {}, err: (text) => errors.push(text) });
  if (typeof prepared === 'number') throw new Error(errors.join(''));
  return prepared.completed();
}

/** Recorded is an engine with its complete output. Neither side is ever full. */
export class Recorded implements Doors {
  readonly sent: Uint8Array[] = [];
  readonly received: Uint8Array[] = [];
  readonly early: Uint8Array[] = [];
  readonly endings: Ending[] = [];
  info: SessionInfo | undefined;
  readonly engine: TlsEngine;

  constructor(options: Omit<TlsEngineOptions, 'doors'>) {
    this.engine = new TlsEngine({ ...options, doors: this });
  }

  get sentBytes(): Uint8Array {
    return Buffer.concat(this.sent);
  }

  get receivedText(): string {
    return Buffer.concat(this.received).toString('latin1');
  }

  toPeer(parts: readonly Uint8Array[]): boolean {
    this.sent.push(...parts.map((it) => Uint8Array.from(it)));
    return true;
  }

  toApplication(plaintext: Uint8Array): boolean {
    this.received.push(Uint8Array.from(plaintext));
    return true;
  }

  earlyData(plaintext: Uint8Array): void {
    this.early.push(Uint8Array.from(plaintext));
  }

  established(info: SessionInfo): void {
    this.info = info;
  }

  ended(reason: Ending): void {
    this.endings.push(reason);
  }

  resume(): void {}
  writable(): void {}
  idle(): void {}
}

/** Outcome is the result of a conversation for both sides. */
export interface Outcome {
  readonly clientRead: string;
  readonly serverRead: string;
  /** Report of the terminal mode, without random parts. */
  readonly report: string;
  readonly endings: readonly string[];
  /** All bytes that the client sent, in order. */
  readonly clientBytes: Uint8Array;
  readonly serverBytes: Uint8Array;
  /** The client's session to resume. */
  readonly session: Buffer | undefined;
}

/** Cut changes bytes in transit. */
export type Cut = (bytes: Uint8Array, to: 'server' | 'client') => readonly Uint8Array[];

export interface ConversationOptions {
  readonly server: Omit<TlsEngineOptions, 'doors'>;
  readonly client?: ConnectionOptions;
  readonly question: string;
  readonly answer: string;
  /** Cuts arriving bytes into pieces; by default they stay whole. */
  readonly cut?: Cut;
}

/**
 * converse joins Node's client and our engine without a socket: a question, its answer, and the end, by the client
 * first.
 */
export async function converse(options: ConversationOptions): Promise<Outcome> {
  const { server, client, question, answer, cut = (bytes) => [bytes] } = options;
  const recorded = new Recorded(server);
  const clientBytes: Uint8Array[] = [];
  let answered = false;
  let delivered = 0;
  const deliver = () => {
    while (delivered < recorded.sent.length)
      for (const piece of cut(recorded.sent[delivered++] ?? empty, 'client')) wire.push(piece);
    if (recorded.endings.length > 0 && delivered === recorded.sent.length) wire.push(null);
  };
  const wire = new Duplex({
    read() {},
    write(bytes: Uint8Array, _encoding, done) {
      clientBytes.push(Uint8Array.from(bytes));
      for (const piece of cut(bytes, 'server')) recorded.engine.feed(piece);
      if (!answered && recorded.receivedText.length === question.length) {
        answered = true;
        recorded.engine.write(Buffer.from(answer));
      }
      // Later, as from a socket: Node's client does not expect an answer inside its own write.
      setImmediate(deliver);
      done();
    },
    final(done) {
      recorded.engine.shutdown();
      recorded.engine.end();
      setImmediate(deliver);
      done();
    },
  });
  const socket = connect({ socket: wire, rejectUnauthorized: false, ...client });
  let session: Buffer | undefined;
  socket.on('session', (found) => {
    session = found;
  });
  let clientRead = '';
  socket.on('data', (bytes: Buffer) => {
    clientRead += bytes.toString('latin1');
    if (clientRead.length >= answer.length) socket.end();
  });
  socket.on('error', () => {});
  socket.write(question);
  await over(socket, () => clientBytes.length + delivered);
  recorded.engine.end();
  return {
    clientRead,
    serverRead: recorded.receivedText,
    report: recorded.info === undefined ? '' : withoutRandom(connectionReport(recorded.info, { nameText: String })),
    endings: recorded.endings.map((it) => (it.how === 'failed' ? it.problem.problem : it.how)),
    clientBytes: Buffer.concat(clientBytes),
    serverBytes: recorded.sentBytes,
    session,
  };
}

/**
 * over resolves when the socket is closed, or after many idle turns: both sides may wait for ever after corrupted
 * bytes.
 */
function over(socket: TLSSocket, progress: () => number): Promise<void> {
  return new Promise((resolve) => {
    let closed = false;
    socket.once('close', () => {
      closed = true;
      resolve();
    });
    let last = progress();
    let idle = 0;
    const look = () => {
      idle = progress() === last ? idle + 1 : 0;
      last = progress();
      if (closed) return;
      if (idle < idleTurns) {
        setImmediate(look);
        return;
      }
      socket.destroy();
      resolve();
    };
    setImmediate(look);
  });
}

const idleTurns = 100;

function withoutRandom(report: string): string {
  return report.replace(/-----BEGIN.*?-----END[^\n]*\n/s, '');
}

const empty = new Uint8Array(0);
