import type { Trouble } from '../connection/trouble.ts';
import { briefReport } from '../diagnostics/brief-report.ts';
import { connectionReport, type ReportOptions } from '../diagnostics/connection-report.ts';
import { problemLines } from '../diagnostics/error-queue-lines.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { Problem } from '../names/problems.ts';
import { verifyErrorText } from '../names/verify-errors.ts';
import { Version } from '../names/versions.ts';
import type { TlsSocket } from '../server/sockets/tls-socket.ts';
import type { EarlyDataLines } from './early-data-lines.ts';
import type { ErrorQueue } from './error-queue.ts';
import type { HeldOutputs, Outputs } from './printing/outputs.ts';
import { type Command, commandOf } from './typed-commands.ts';

export interface ConversationOptions {
  /** `brief` prints a summary on stderr; in both it and `quiet` all input is text. */
  readonly mode: 'normal' | 'quiet' | 'brief';
  readonly report: Omit<ReportOptions, 'exporter'>;
  /** Called after the report of a connection has been printed. */
  reported?(info: SessionInfo, outputs: Outputs): void;
  readonly exporter?: { readonly label: string; readonly length: number };
  /**
   * `-stateless`: below TLS 1.3, where no cookie can be sent, the connection ends after the handshake, as by the
   * reference.
   */
  readonly requiresCookie?: boolean;
  /** The keys q and Q and the end of input send close_notify, which the reference does not. */
  readonly closeNotify?: boolean;
  readonly statistics: () => string;
  /**
   * The output of the key S waits for the next line of the server's output, as with the reference when its output is no
   * terminal: that line flushes its buffer, which received data bypasses.
   */
  readonly bufferedStatistics?: boolean;
}

/** ConversationParts exist before the connection, since observers of its engine use them too. */
export interface ConversationParts {
  /** Counts from 1. */
  readonly connection: number;
  readonly outputs: HeldOutputs;
  readonly errorQueue: ErrorQueue;
  /** Undefined without `-early_data`. */
  readonly earlyData: EarlyDataLines | undefined;
}

export interface ConversationEvents {
  /** Everything has been printed; the transport may still be open for a moment. */
  over(): void;
  /** The key Q was typed. */
  quit(): void;
  /** Called after `typed` returned false, when it may be called again. */
  ready(): void;
  /** No handshake can ever succeed with this configuration. */
  hopeless(): void;
}

/** Conversation is one connection of the terminal mode: its output, and the commands typed for it. */
export class Conversation {
  readonly socket: TlsSocket;
  readonly outputs: HeldOutputs;
  readonly connection: number;
  private readonly options: ConversationOptions;
  private readonly events: ConversationEvents;
  private secure = false;
  private done = false;
  private endWanted = false;
  /** Commands that wait for a finished handshake. */
  private waiting: Command[] = [];
  private readonly errorQueue: ErrorQueue;
  private readonly earlyData: EarlyDataLines | undefined;
  private buffered = '';
  /** Error lines of the fault that ended the conversation. */
  private failure: string | undefined;

  constructor(
    socket: TlsSocket,
    { connection, outputs, errorQueue, earlyData }: ConversationParts,
    options: ConversationOptions,
    events: ConversationEvents,
  ) {
    this.socket = socket;
    this.outputs = outputs;
    this.connection = connection;
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

  /** release prints the held output, and from now on prints at once. */
  release(): void {
    this.outputs.release();
  }

  /** typed handles one read of the terminal; false when the connection or its output takes no more for now. */
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

  /** close handles the keys q and Q: it closes the transport, without close_notify unless the options ask for it. */
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

  /** endPolitely ends with close_notify as soon as the handshake is done. */
  endPolitely(): void {
    this.endWanted = true;
    if (this.secure) this.finish('');
  }

  /** endNow ends with close_notify, or without it before the handshake is done. */
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
      // The reference clears its error queue before each command.
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
      // The reference's handshake has nothing to do here, and succeeds.
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
    // A goodbye inside the handshake has no reason of its own, and is a failure all the same.
    if (!this.secure && !this.done) {
      this.handshakeFailed(this.errorQueue.take());
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
    // Data received before the fault is printed before it.
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

/** troubleLines describes the end of a conversation; empty for a broken transport, as in the reference. */
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

/** verifyErrorLine reports an error in the client's certificate, which need not be the reason of the failure. */
function verifyErrorLine(verifyResult: number): string {
  return verifyResult === 0 ? '' : `verify error:${verifyErrorText(verifyResult)}\n`;
}

/** Maximum number of commands typed before the handshake is done; more than a person types. */
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
