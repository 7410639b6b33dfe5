import { Program } from './program.ts';

/** Judged is the end of a run with a verdict. */
export interface Judged {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** judgedIn runs the program to its end, with these variables. */
export async function judgedIn(environment: NodeJS.ProcessEnv, ...words: readonly string[]): Promise<Judged> {
  const program = new Program(words, { environment: { GITHUB_ACTIONS: '', ...environment } });
  program.process.stdin.end();
  const { code, signal } = await program.closed;
  return { status: code, signal, out: program.out, err: program.err };
}

/** judged runs the program to its end. */
export function judged(...words: readonly string[]): Promise<Judged> {
  return judgedIn({}, ...words);
}

export function notMet(err: string): string[] {
  return err.split('\n').filter((line) => line.startsWith('NOT MET'));
}

/** The command that gets a page with curl. */
export const curl = ['--', 'curl', '-sS', '--noproxy', '*', '--cacert', '{ca}', '{url}'];

/** isAlive tells if there is a process with this number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
