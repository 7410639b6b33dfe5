import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';

/** What newer releases of Node have: the process becomes another program and keeps its id and files. */
interface Replaceable {
  execve?: (file: string, words: readonly string[], environment: NodeJS.ProcessEnv) => never;
}

/**
 * Runs this program anew, with its OpenSSL under this configuration, which is a file for the moment of the start. Where
 * this process cannot be replaced it stays as the parent of a child that has its input and output, is sent its signals
 * and dies with it. Resolves with the exit code; never does where the process is replaced.
 */
export async function startAgain(configuration: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), folderName));
  const file = join(folder, fileName);
  writeFileSync(file, configuration, { mode: 0o600 });
  // The last of two counts.
  const words = [...process.execArgv, `${flag}${file}`, ...process.argv.slice(1)];
  const running: typeof process & Replaceable = process;
  // Node reads those certificates at once, and prints that it cannot where the configuration leaves it nothing to do so.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  if (process.platform !== 'win32') running.execve?.(process.execPath, [process.execPath, ...words], env);
  const child = spawn(process.execPath, words, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // Nothing is told over this; what matters is that it closes when this process is gone.
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

/** The configuration file that this process was started again with, if it was. */
export function startedAgainWith(nodeWords: readonly string[]): string | undefined {
  const file = nodeWords.findLast((word) => word.startsWith(flag))?.substring(flag.length);
  const isOurs = file !== undefined && basename(file) === fileName && basename(dirname(file)).startsWith(folderName);
  return isOurs ? file : undefined;
}

/** In what was started again: the file is no longer needed, and where there is a parent, its end is ours too. */
export function settleIn(file: string): void {
  rmSync(dirname(file), { recursive: true, force: true });
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
}

const flag = '--openssl-config=';
const folderName = 'serverhello-start-';
const fileName = 'openssl.cnf';

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGXFSZ'] as const;

/** As the child has ended, so that who waits for us sees the same. */
function endBy(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Reached where the signal does not end a process.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
}
