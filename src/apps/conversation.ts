import type { Trouble } from '../connection/trouble.ts';
import { briefReport } from '../diagnostics/brief-report.ts';
import { connectionReport, type ReportOptions } from '../diagnostics/connection-report.ts';
import { problemLines } from '../diagnostics/error-lines.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { Problem } from '../names/problems.ts';
import { verifyErrorText } from '../names/verify-errors.ts';
import { Version } from '../names/versions.ts';
import type { TlsSocket } from '../server/sockets/tls-socket.ts';
import { type Command, commandOf } from './commands.ts';
import type { EarlyDataLines } from './early-data-lines.ts';
import type { ErrorQueue } from './error-queue.ts';
import type { HeldOutputs, Outputs } from './outputs.ts';

export interface ConversationOptions {
  /** `brief` has a summary on stderr; in both it and `quiet` all that is typed is text. */
  readonly mode: 'normal' | 'quiet' | 'brief';
  readonly report: Omit<ReportOptions, 'exporter'>;
  /** The report of a connection has been printed. */
  reported?(info: SessionInfo, outputs: Outputs): void;
  readonly exporter?: { readonly label: string; readonly length: number };
  /** `-stateless`: who cannot bring a cookie, below TLS 1.3, is sent away after the handshake, as by the reference. */
  readonly requiresCookie?: boolean;
  /** The keys q and Q and the end of input close with close_notify, which the reference does not. */
  readonly closeNotify?: boolean;
  readonly statistics: () => string;
  /**
   * The key S prints no sooner than the next line of the server output does, as with the reference when its output is
   * no terminal: its buffer is then emptied with that line, while received data goes past it.
   */
  readonly bufferedStatistics?: boolean;
}

/** What is there before the connection, since observers of its engine use it too. */
export interface ConversationParts {
  readonly outputs: HeldOutputs;
  readonly errorQueue: ErrorQueue;
  /** Undefined where early data is not asked for. */
  readonly earlyData: EarlyDataLines | undefined;
}

export interface ConversationEvents {
  /** All has been printed; the transport may still be open for a moment. */
  over(): void;
  /** The key Q. */
  quit(): void;
  /** After `typed` returned false. */
  ready(): void;
  /** No handshake can ever succeed as we are configured. */
  hopeless(): void;
}

/** One connection of the terminal mode: what it prints, and what the keys do to it. */
export class Conversation {
  readonly socket: TlsSocket;
  readonly outputs: HeldOutputs;
  private readonly options: ConversationOptions;
  private readonly events: ConversationEvents;
  private secure = false;
  private done = false;
  private endWanted = false;
  /** Commands that need a finished handshake. */
  private waiting: Command[] = [];
  private readonly errorQueue: ErrorQueue;
  private readonly earlyData: EarlyDataLines | undefined;
  private buffered = '';
  /** The lines of the fault that ended the conversation. */
  private failure: string | undefined;

  constructor(
    socket: TlsSocket,
    { outputs, errorQueue, earlyData }: ConversationParts,
    options: ConversationOptions,
    events: ConversationEvents,
  ) {
    this.socket = socket;
    this.outputs = outputs;
    this.errorQueue = errorQueue;
    this.earlyData = earlyData;
    this.options = options;
    this.events = events;
    socket.on('secure', (info: SessionInfo) => this.begin(info));
    socket.on('earlyData', (bytes: Uint8Array) => this.whileOn(() => earlyData?.received(bytes)));
    socket.on('idle', () => this.whileOn(() => this.print('Read BLOCK\n')));
    socket.on('data', (bytes: Uint8Array) => this.whileOn(() => this.outputs.raw(bytes)));
    socket.on('end', () => this.peerEnded());
    socket.on('problem', (trouble: Trouble) => this.failed(trouble));
    socket.on('drain', () => events.ready());
    socket.on('close', () => {
      this.finish('ERROR\n');
      this.outputs.flush();
    });
  }

  get over(): boolean {
    return this.done;
  }

  get handshaken(): boolean {
    return this.secure;
  }

  /** Its output goes through from now on. */
  release(): void {
    this.outputs.release();
  }

  /** What is typed; false when the connection takes no more for now, or what it leads to is not read. */
  typed(chunk: Uint8Array): boolean {
    const took = this.take(chunk);
    if (!this.outputs.full) return took;
    this.outputs.whenRoom(() => {
      if (!this.socket.writableNeedDrain) this.events.ready();
    });
    return false;
  }

  private take(chunk: Uint8Array): boolean {
    if (this.done) return true;
    const command = this.options.mode === 'normal' ? commandOf(chunk) : undefined;
    switch (command) {
      case undefined:
        break;
      case 'quit':
      case 'quitServer':
        this.close(command);
        return true;
      case 'statistics':
        if (this.options.bufferedStatistics) this.buffered += this.options.statistics();
        else this.print(this.options.statistics());
        break;
      case 'plainText':
        this.socket.command((engine) => engine.sendRaw(Buffer.from('Lets print some clear text\n')));
        break;
      default:
        if (this.secure) this.run(command);
        else if (this.waiting.length < mostWaiting) this.waiting.push(command);
        return true;
    }
    return this.socket.writableEnded || this.socket.write(chunk);
  }

  /** The keys q and Q: the transport is closed without close_notify, unless asked otherwise. */
  close(how: 'quit' | 'quitServer'): void {
    if (this.done) return;
    this.done = true;
    this.print('DONE\n');
    if (!this.options.closeNotify) this.socket.cut();
    if (how === 'quitServer') this.outputs.err('shutdown accept socket\n');
    this.shutDown();
    if (how === 'quitServer') this.events.quit();
    this.events.over();
  }

  /** Ends with close_notify as soon as the handshake is done. */
  endPolitely(): void {
    this.endWanted = true;
    if (this.secure) this.finish('');
  }

  /** Ends with close_notify, or without where there is no handshake yet. */
  endNow(): void {
    if (this.secure) this.finish('');
    else this.close('quit');
  }

  private begin(info: SessionInfo): void {
    if (this.done) return;
    this.secure = true;
    const { mode, report, exporter, requiresCookie } = this.options;
    if (requiresCookie && info.version < Version['TLSv1.3']) {
      this.outputs.err('ERROR\n');
      this.finish('');
      return;
    }
    this.earlyData?.summarize();
    if (mode === 'brief') this.outputs.err(briefReport(info, report));
    const exported = exporter && {
      ...exporter,
      material: this.socket.engine.exportKeyingMaterial(exporter.label, exporter.length),
    };
    this.print(connectionReport(info, { ...report, ...(exported && { exporter: exported }) }));
    this.options.reported?.(info, this.outputs);
    if (this.endWanted) this.finish('');
    for (const command of this.waiting.splice(0)) this.run(command);
  }

  private run(command: Command): void {
    if (this.done) return;
    try {
      this.socket.command((engine) => commandActions[command]?.(engine));
      // Whatever the reference begins to do, it begins with an empty queue.
      this.errorQueue.take();
      this.handshakeDone();
    } catch (error) {
      this.refused(command, error);
    }
  }

  /** The reference does not flush this line. */
  private handshakeDone(): void {
    const line = 'SSL_do_handshake -> 1\n';
    if (this.options.bufferedStatistics) this.outputs.late(line);
    else this.print(line);
  }

  private refused(command: Command, error: unknown): void {
    if (!(error instanceof Problem)) {
      this.outputs.err(`${stackOf(error)}\n`);
      return;
    }
    this.errorQueue.add(problemLines(error));
    if (command !== 'requestCertificate') {
      // The reference's handshake has nothing to do then, and doing nothing succeeds.
      this.handshakeDone();
      return;
    }
    this.print('Failed to initiate request\n');
    this.outputs.err(this.errorQueue.take());
  }

  private peerEnded(): void {
    if (this.socket.truncated && this.failure === undefined) {
      this.socket.endTruncated();
      return;
    }
    const lines = this.failure ?? (this.errorQueue.take() || undefined);
    if (lines === undefined) this.finish('DONE\n');
    else this.finish('ERROR\n', lines);
  }

  private failed(trouble: Trouble): void {
    if (this.done) return;
    if (trouble.how === 'failed' && trouble.problem.problem === 'noProtocolsAvailable') this.events.hopeless();
    const lines = this.errorQueue.take() + troubleLines(trouble);
    if (!this.secure) {
      this.handshakeFailed(lines);
      return;
    }
    // What came before the fault is printed before it.
    this.failure = lines;
    if (this.socket.readableLength === 0) this.peerEnded();
  }

  private handshakeFailed(lines: string): void {
    const { earlyData } = this;
    if (earlyData?.over === false) {
      this.outputs.err(`Error reading early data\n${lines}`);
    } else {
      earlyData?.summarize();
      this.outputs.err(`ERROR\n${verifyErrorLine(this.errorQueue.verifyResult)}${lines}`);
    }
    this.finish('');
  }

  private finish(word: string, lines = ''): void {
    if (this.done) return;
    this.done = true;
    if (word !== '') this.print(word);
    if (lines !== '') this.outputs.err(lines);
    this.shutDown();
    this.events.over();
  }

  private shutDown(): void {
    this.print('shutting down SSL\n');
    this.socket.hangUp();
    this.print('CONNECTION CLOSED\n');
  }

  private print(text: string): void {
    this.outputs.out(this.buffered + text);
    this.buffered = '';
  }

  private whileOn(step: () => void): void {
    if (!this.done) step();
  }
}

/** What tells a person why a conversation ended; nothing for a transport that broke, as in the reference. */
export function troubleLines(trouble: Trouble): string {
  switch (trouble.how) {
    case 'failed':
      return problemLines(trouble.problem);
    case 'crashed':
      return `${stackOf(trouble.error)}\n`;
    case 'timedOut':
      return `gave up waiting during the ${trouble.during}\n`;
    case 'lost':
      return '';
  }
}

/** What was found of the client's certificate, which need not be why the handshake failed. */
function verifyErrorLine(verifyResult: number): string {
  return verifyResult === 0 ? '' : `verify error:${verifyErrorText(verifyResult)}\n`;
}

/** Commands typed before the handshake is done; more than a person types. */
const mostWaiting = 64;

const commandActions: Readonly<Partial<Record<Command, (engine: TlsSocket['engine']) => void>>> = {
  renegotiate: (engine) => engine.renegotiate({}),
  renegotiateWithCertificate: (engine) => engine.renegotiate({ certificate: 'again' }),
  updateKey: (engine) => engine.updateKeys({ requestPeer: false }),
  updateBothKeys: (engine) => engine.updateKeys({ requestPeer: true }),
  requestCertificate: (engine) => engine.requestCertificate(),
};

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
