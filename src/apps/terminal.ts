import type { Readable } from 'node:stream';
import { unmapped } from '../bytes/ip-address.ts';
import { joinObservers } from '../connection/observer.ts';
import { connectionName } from '../diagnostics/connection-words.ts';
import type { AcceptLoop } from '../server/listening/accept-loop.ts';
import type { TlsSocket } from '../server/sockets/tls-socket.ts';
import { type AppOptions, announce, outputsFor, serveApp } from './app.ts';
import { Conversation, type ConversationOptions, type ConversationParts } from './conversation.ts';
import { EarlyDataLines } from './early-data-lines.ts';
import { ErrorQueue } from './error-queue.ts';
import { Keyboard } from './keyboard.ts';
import { HeldOutputs, type Outputs } from './printing/outputs.ts';
import { keysText, type Switch, switchOf } from './typed-commands.ts';

export interface TerminalOptions extends AppOptions, Omit<ConversationOptions, 'statistics'> {
  /** Undefined: there is no input and no end of it. */
  readonly input: Readable | undefined;
  readonly crlf?: boolean;
  /** `-early_data`: prints early data, and other lines for a handshake that fails. */
  readonly earlyData?: boolean;
  /** The end of input is ignored. */
  readonly ignoreEof?: boolean;
}

/**
 * runTerminal is the default mode: it prints received data and sends typed input. It serves any number of clients at
 * once; the oldest is the current one, which has keyboard and screen. The output of the others is held until it is
 * their turn. Resolves when the server has ended and the statistics are printed.
 */
export async function runTerminal(options: TerminalOptions): Promise<void> {
  announce(options);
  const terminal = new Terminal(options);
  await terminal.ended;
  options.outputs.out(options.statistics());
}

class Terminal {
  readonly ended: Promise<void>;
  private readonly options: TerminalOptions;
  private readonly keyboard: Keyboard;
  private readonly server: AcceptLoop;
  /** Open conversations in the order of arrival. */
  private readonly conversations = new Set<Conversation>();
  /** Conversations that ended before their turn, with output still held. */
  private readonly past: Conversation[] = [];
  private current: Conversation | undefined;
  /** Parts of the next connection. */
  private next: ConversationParts;

  constructor(options: TerminalOptions) {
    this.options = options;
    this.keyboard = new Keyboard(options.input, { crlf: options.crlf ?? false });
    this.next = this.partsFor(0, this.heldOutputs(options.outputs));
    this.server = serveApp(options, {
      observe: (connection) => {
        this.next = this.partsFor(
          connection,
          outputsFor(options, connection, (it) => this.heldOutputs(it)),
        );
        const { outputs, errorQueue, earlyData } = this.next;
        return joinObservers([errorQueue.observer, earlyData?.observer ?? {}, options.observe?.(outputs) ?? {}]);
      },
      backlog: () => this.next.outputs,
      onConnection: (socket, connection) => this.take(socket, connection),
    });
    this.ended = this.server.ended;
  }

  /** partsFor makes what a connection and its observer, which is made first, share. */
  private partsFor(connection: number, outputs: HeldOutputs): ConversationParts {
    const earlyData = this.options.earlyData ? new EarlyDataLines(outputs) : undefined;
    return { connection, outputs, errorQueue: new ErrorQueue(), earlyData };
  }

  private heldOutputs(target: Outputs): HeldOutputs {
    const outputs = new HeldOutputs(target);
    if (this.current !== undefined) outputs.hold();
    return outputs;
  }

  private take(socket: TlsSocket, connection: number): void {
    const conversation = new Conversation(socket, this.next, this.options, {
      over: () => this.over(conversation),
      quit: () => this.quit(),
      ready: () => {
        if (conversation === this.current) this.keyboard.ready();
      },
      hopeless: () => this.server.stop(),
    });
    this.conversations.add(conversation);
    socket.once('secure', () => {
      const waits = conversation !== this.current && !conversation.over;
      if (waits && this.options.mode === 'normal') this.announceWaiting(socket, connection);
    });
    if (this.current === undefined) this.turnTo(conversation);
  }

  private announceWaiting({ peer }: TlsSocket, connection: number): void {
    const note = `connection ${connection} from ${peer} is waiting; Ctrl-N and Enter turns to it`;
    this.options.outputs.err(`${note}\n`);
  }

  private turnTo(conversation: Conversation | undefined): void {
    this.current = conversation;
    if (conversation === undefined) {
      this.keyboard.watch(undefined);
      return;
    }
    conversation.release();
    this.keyboard.watch({
      typed: (read) => this.typed(conversation, read),
      inputEnded: () => this.inputEnded(conversation),
    });
  }

  private typed(conversation: Conversation, read: Uint8Array): boolean {
    const { mode, narrator } = this.options;
    const several = this.conversations.size > 1;
    const asked = mode === 'normal' && (several || narrator !== undefined) ? switchOf(read) : undefined;
    if (asked === undefined || (asked === 'next' && !several)) return conversation.typed(read);
    this.switched(conversation, asked);
    return true;
  }

  private switched(conversation: Conversation, asked: Switch): void {
    const { outputs } = this.options;
    if (asked === 'keys') outputs.err(keysText);
    else if (asked === 'connections') outputs.err(this.list());
    else if (asked === 'next') this.turnFrom(conversation);
    else this.typedFor(asked.connection, asked.key);
  }

  private turnFrom(conversation: Conversation): void {
    // The conversation moves to the end of the queue.
    this.conversations.delete(conversation);
    this.conversations.add(conversation);
    conversation.outputs.hold();
    this.turnToOldest();
  }

  private typedFor(connection: number, key: string): void {
    const meant = [...this.conversations].find((it) => it.connection === connection);
    if (meant === undefined) this.options.outputs.err(`there is no connection ${connection}\n`);
    else meant.typed(Buffer.from(`${key}\n`));
  }

  private list(): string {
    const byNumber = [...this.conversations].sort((a, b) => a.connection - b.connection);
    return byNumber.map((it) => `${this.nameOf(it)}${this.standing(it)}\n`).join('');
  }

  private nameOf({ connection, socket: { remoteAddress, remotePort } }: Conversation): string {
    if (remoteAddress === undefined || remotePort === undefined) return connectionName(connection, null);
    return connectionName(connection, { address: unmapped(remoteAddress), port: remotePort });
  }

  private standing(conversation: Conversation): string {
    if (conversation === this.current) return ', the current one';
    return conversation.handshaken ? '' : ', no handshake yet';
  }

  private inputEnded(conversation: Conversation): void {
    if (this.options.ignoreEof) return;
    if (this.options.mode === 'normal') conversation.close('quitServer');
    else conversation.endPolitely();
  }

  private over(conversation: Conversation): void {
    this.conversations.delete(conversation);
    if (conversation === this.current) {
      for (const ended of this.past.splice(0)) ended.release();
      this.turnToOldest();
      return;
    }
    this.past.push(conversation);
    if (this.past.length > mostPast) this.past.shift()?.release();
  }

  private turnToOldest(): void {
    const [oldest] = this.conversations;
    this.turnTo(oldest);
  }

  /** quit ends the other conversations, with close_notify where possible, and prints their output. */
  private quit(): void {
    this.server.stop();
    const { current } = this;
    for (const conversation of [...this.conversations]) {
      if (conversation !== current) conversation.endNow();
    }
  }
}

/** Maximum number of ended connections with held output; beyond it the oldest is printed at once. */
const mostPast = 64;
