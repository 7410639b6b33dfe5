import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../../program.ts';

/** Outcome is what the runner sees of a shim that has ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Started is a shim that runs. */
export interface Started {
  readonly outcome: Promise<Outcome>;
  kill(): void;
}

/** Form is one of the two ways to run the shim. */
export interface Form {
  readonly name: string;
  start(words: readonly string[]): Started;
}

/** direct is one process for each test. */
export const direct: Form = { name: 'shim', start: (words) => started('test/bogo/shim', words, {}) };

/** persistentForm starts the persistent process, and returns its launcher. */
export async function persistentForm(test: Cleanup): Promise<Form> {
  const file = fileURLToPath(new URL('../persistent.js', import.meta.url));
  const process = spawn(globalThis.process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  test.after(async () => {
    process.kill();
  });
  const [port] = (await once(process.stdout, 'data')) as [Buffer];
  const variables = { SHIM_PORT: port.toString().trim() };
  return { name: 'launcher', start: (words) => started('test/bogo/launcher', words, variables) };
}

function started(command: string, words: readonly string[], variables: NodeJS.ProcessEnv): Started {
  const child = spawn(command, words, {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const outcome = Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return {
    outcome: outcome.then(([[code], stdout, stderr]) => ({ code, stdout, stderr })),
    kill: () => child.kill('SIGKILL'),
  };
}
