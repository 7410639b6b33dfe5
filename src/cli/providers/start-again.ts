import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileName, flag, folderName } from './started-again.ts';

/**
 * Replaceable is a member of newer releases of Node: the process becomes another program and keeps its id and files.
 */
interface Replaceable {
  execve?: (file: string, words: readonly string[], environment: NodeJS.ProcessEnv) => never;
}

/**
 * startAgain runs this program anew, with its OpenSSL under this configuration, which is a file only during the start.
 * A process that cannot be replaced stays as the parent of a child that has its input and output, gets its signals and
 * dies with it. Resolves with the exit code; never if the process is replaced.
 */
export async function startAgain(configuration: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), folderName));
  const file = join(folder, fileName);
  writeFileSync(file, configuration, { mode: 0o600 });
  // The last of two such arguments counts.
  const words = [...process.execArgv, `${flag}${file}`, ...process.argv.slice(1)];
  const running: typeof process & Replaceable = process;
  // Node loads those certificates at once, and prints an error if the configuration leaves no algorithm for it.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  if (process.platform !== 'win32') running.execve?.(process.execPath, [process.execPath, ...words], env);
  const child = spawn(process.execPath, words, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // No messages are sent over this; its end reports that this process is gone.
  child.channel?.unref();
  for (const signal of passedOn) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code, signal) => {
      rmSync(folder, { recursive: true, force: true });
      if (signal === null) resolve(code ?? 1);
      else endBy(signal);
    });
  });
}

/** settleIn cleans up in the new process: it removes the file, and exits with its parent, if any. */
export function settleIn(file: string): void {
  rmSync(dirname(file), { recursive: true, force: true });
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGXFSZ'] as const;

/** endBy ends this process by the child's signal, so that our parent sees the same. */
function endBy(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Only signals that do not end a process get here.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
}
