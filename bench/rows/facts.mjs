import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programs, startProgram } from '../processes.mjs';
import { pairedRounds } from '../statistics.mjs';

/** What `-json` costs: the program with and without it. */
export const facts = {
  name: 'facts',
  async measure({ quick, client, certFile, keyFile }) {
    const words = ['-accept', '127.0.0.1:0', '-cert', certFile, '-key', keyFile, '-www'];
    const count = quick ? 150 : 400;
    const folder = mkdtempSync(join(tmpdir(), 'serverhello-facts-'));
    const told = [...words, '-json', join(folder, 'facts')];
    const servers = [await startProgram(programs.ours(told)), await startProgram(programs.ours(words))];
    const measure = (server) => async () => {
      const before = server.cpu();
      await client.run('connections', { port: server.port, count, atOnce: 1, resumed: false });
      return ((server.cpu() - before) * 1000) / count;
    };
    for (const server of servers) await measure(server)();
    const pairs = await pairedRounds(quick ? 2 : 7, ...servers.map(measure));
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true });
    const what = '`-www -json FILE`: full handshake and status page, server CPU';
    return [{ what, unit: 'us', against: 'without `-json`', compare: 'ratio', pairs }];
  },
};
