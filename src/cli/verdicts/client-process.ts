import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPem } from '../../bytes/pem.ts';
import { filled, type Places, variablesOf } from './places.ts';
import type { ClientCommand } from './verdict-plan.ts';

/** How a command ended. */
export interface CommandEnd {
  readonly status: number | null;
  readonly signal: string | null;
  /** Why it could not be started. */
  readonly error: string | null;
}

interface ClientSurroundings {
  /** Certificates (DER) to trust. */
  readonly trusted: readonly Uint8Array[];
  /** `ca`: the file with these certificates. */
  readonly places: (ca: string) => Places;
  /** Its output goes to stderr: stdout is for something else. */
  readonly leavesStdout: boolean;
  /** Facts are written; their end ends the server by some of the signals. */
  readonly writesFacts: boolean;
}

/** ClientProcess is a command in a process group of its own, none of which outlives the server. */
export class ClientProcess {
  readonly ended: Promise<CommandEnd>;
  private readonly child: ChildProcess;
  /** Holds the certificates to trust. */
  private readonly folder: string;
  private timer: NodeJS.Timeout | undefined;

  /** @throws the system's error where there is no room for files */
  constructor(command: ClientCommand, { trusted, places, leavesStdout, writesFacts }: ClientSurroundings) {
    this.folder = mkdtempSync(join(tmpdir(), 'serverhello-run-'));
    process.once('exit', () => this.leaveNothing());
    for (const signal of endingSignals) {
      process.once(signal, () => {
        this.leaveNothing();
        // The default action is back once no listener is left.
        if (!writesFacts || !endedWithFacts.has(signal)) process.kill(process.pid, signal);
      });
    }
    const ca = join(this.folder, 'ca.pem');
    writeFileSync(ca, trusted.map((der) => toPem('CERTIFICATE', der)).join(''));
    this.child = spawned(command, places(ca), leavesStdout);
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve({ status: null, signal: null, error: error.message }));
      this.child.once('exit', (status, signal) => resolve({ status, signal, error: null }));
    });
  }

  /** stop ends the group, by force after two seconds. Resolves when the command has ended. */
  async stop(): Promise<void> {
    this.kill('SIGTERM');
    this.timer = setTimeout(() => this.kill('SIGKILL'), grace);
    await this.ended;
    clearTimeout(this.timer);
    this.leaveNothing();
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

  private leaveNothing(): void {
    this.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function spawned(command: ClientCommand, places: Places, leavesStdout: boolean): ChildProcess {
  const env = { ...process.env, ...variablesOf(places) };
  const stdio = ['inherit', leavesStdout ? 2 : 'inherit', 'inherit'] as const;
  const options = { stdio: [...stdio], detached: true, env };
  if ('shell' in command) return spawn(filled(command.shell, places), { ...options, shell: true });
  const [program = '', ...words] = command.words.map((word) => filled(word, places));
  return spawn(program, words, options);
}

/** Signals whose default action ends a process, of those that a program can catch. */
const endingSignals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGALRM', 'SIGUSR2', 'SIGXCPU'] as const;
const endedWithFacts: ReadonlySet<string> = new Set(['SIGHUP', 'SIGINT', 'SIGTERM']);

/** Milliseconds between asking a command to end and ending it. */
const grace = 2000;
