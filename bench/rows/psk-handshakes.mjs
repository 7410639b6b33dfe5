import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { opensslVersion, programs, startProgram } from '../processes.mjs';
import { pairedRounds } from '../statistics.mjs';

/** Resumptions with the two programs, with and without a key exchange, which Node's client cannot omit. */
export const pskHandshakes = {
  name: 'psk-handshakes',
  async measure(bench) {
    if (opensslVersion() === undefined) return [];
    return [
      await resumptions(bench, 'resumption with ECDHE, server CPU', []),
      // Without a common group only the session's key is left.
      await resumptions(bench, 'resumption without ECDHE, server CPU', ['-allow_no_dhe_kex', '-groups', 'P-384']),
    ];
  },
};

async function resumptions({ quick, certFile, keyFile }, what, clientWords) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const identity = ['-cert', certFile, '-key', keyFile];
  const words = ['-accept', '127.0.0.1:0', ...identity, '-www', '-allow_no_dhe_kex', '-groups', 'X25519'];
  const count = quick ? 20 : 60;
  const servers = [await startProgram(programs.ours(words)), await startProgram(programs.openssl(words))];
  const measures = servers.map((server, index) => {
    const file = join(folder, `session-${index}`);
    visit(server.port, ['-sess_out', file]);
    return async () => {
      const before = server.cpu();
      for (let number = 0; number < count; number++) visit(server.port, ['-sess_in', file, ...clientWords]);
      return ((server.cpu() - before) * 1000) / count;
    };
  });
  for (const measure of measures) await measure();
  const pairs = await pairedRounds(quick ? 2 : 7, ...measures);
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true });
  return { what, unit: 'us', against: 'openssl s_server', compare: 'ratio', pairs };
}

/** visit runs one client that waits for the page. */
function visit(port, words) {
  const connect = ['s_client', '-connect', `127.0.0.1:${port}`, '-tls1_3', '-ign_eof', ...words];
  execFileSync('openssl', connect, {
    input: 'GET / HTTP/1.0\r\n\r\n',
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: 10_000,
  });
}
