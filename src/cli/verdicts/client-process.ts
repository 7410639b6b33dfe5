import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { filled, type Places, variablesOf } from './places.ts';
import type { ClientCommand } from './verdict-plan.ts';

/** How a command ended. */
export interface CommandEnd {
  readonly status: number | null;
  readonly signal: string | null;
  /** Why it could not be started. */
  readonly error: string | null;
}

interface ProcessOptions {
  /** Nobody else ends the server by a signal. */
  readonly endsBySignals: boolean;
  /** Its stdout is our stderr. */
  readonly leavesStdout: boolean;
}

/** ClientProcess is a command in a process group of its own, none of which outlives the server. */
export class ClientProcess {
  readonly ended: Promise<CommandEnd>;
  private readonly child: ChildProcess;
  private timer: NodeJS.Timeout | undefined;

  constructor(command: ClientCommand, places: Places, { endsBySignals, leavesStdout }: ProcessOptions) {
    const env = { ...process.env, ...variablesOf(places) };
    const options: SpawnOptions = { stdio: ['inherit', leavesStdout ? 2 : 'inherit', 'inherit'], detached: true, env };
    const [program = '', ...words] = 'words' in command ? command.words.map((word) => filled(word, places)) : [];
    this.child =
      'shell' in command
        ? spawn(filled(command.shell, places), { ...options, shell: true })
        : spawn(program, words, options);
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve({ status: null, signal: null, error: error.message }));
      this.child.once('exit', (status, signal) => resolve({ status, signal, error: null }));
    });
    process.once('exit', () => this.kill('SIGKILL'));
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        this.kill('SIGKILL');
        // The default action is back once no listener is left.
        if (endsBySignals) process.kill(process.pid, signal);
      });
    }
  }

  /** stop ends the group, by force after two seconds. Resolves when the command has ended. */
  async stop(): Promise<void> {
    this.kill('SIGTERM');
    this.timer = setTimeout(() => this.kill('SIGKILL'), grace);
    await this.ended;
    clearTimeout(this.timer);
    this.kill('SIGKILL');
  }

  kill(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // Nothing of the group is left.
    }
  }
}

/** Milliseconds between asking a command to end and ending it. */
const grace = 2000;
