import { run } from './clients.ts';
import type { Program } from './program.ts';

/**
 * takeSession runs a client of a program in terminal mode that stays until its tickets have arrived, and writes its
 * session to a file: the server ends the connection after its report.
 */
export async function takeSession(program: Program, file: string, ...words: readonly string[]): Promise<void> {
  const before = program.out.match(/CIPHER is/g)?.length ?? 0;
  const connect = ['s_client', '-connect', `127.0.0.1:${program.port}`, '-ign_eof', '-sess_out', file];
  const client = run('openssl', [...connect, ...words]);
  await program.prints(new RegExp(`(CIPHER is[^]*){${before + 1}}`));
  program.type('q\n');
  await client;
}
