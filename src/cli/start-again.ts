import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';

/** What newer releases of Node have: the process becomes another program and keeps its id and files. */
interface Replaceable {
  execve?: (file: string, words: readonly string[], environment: NodeJS.ProcessEnv) => never;
}

/**
 * Runs this program anew with one more flag for Node. Where this process cannot be replaced it stays as the parent of a
 * child that has its input and output, is sent its signals and dies with it. Resolves with the exit code; never does
 * where the process is replaced.
 */
export async function startAgain(flag: string): Promise<number> {
  const words = [flag, ...process.execArgv, ...process.argv.slice(1)];
  const running: typeof process & Replaceable = process;
  running.execve?.(process.execPath, [process.execPath, ...words], process.env);
  const child = spawn(process.execPath, words, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // Nothing is told over this; what matters is that it closes when this process is gone.
  child.channel?.unref();
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code, signal) => {
      if (signal === null) resolve(code ?? 1);
      else endBy(signal);
    });
  });
}

/** In the child: the end of the parent is ours too. */
export function endWithParent(): void {
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const;

/** As the child has ended, so that who waits for us sees the same. */
function endBy(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Reached where the signal does not end a process.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
}
