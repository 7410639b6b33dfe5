import { opensslVersion, programs, startProgram } from '../processes.mjs';
import { pairedRounds } from '../statistics.mjs';

/**
 * The status page of the two programs. The reference serves one client at a time, so the clients come one after the
 * other.
 */
export const programHandshake = {
  name: 'program',
  async measure({ quick, client, certFile, keyFile }) {
    if (opensslVersion() === undefined) return [];
    const words = ['-accept', '127.0.0.1:0', '-cert', certFile, '-key', keyFile, '-www'];
    const count = quick ? 150 : 400;
    const servers = [await startProgram(programs.ours(words)), await startProgram(programs.openssl(words))];
    const measure = (server) => async () => {
      const before = server.cpu();
      await client.run('connections', { port: server.port, count, atOnce: 1, resumed: false });
      return ((server.cpu() - before) * 1000) / count;
    };
    await measure(servers[0])();
    const pairs = await pairedRounds(quick ? 2 : 7, ...servers.map(measure));
    for (const server of servers) await server.stop();
    const what = '`-www`: full handshake and status page, server CPU';
    return [{ what, unit: 'us', against: 'openssl s_server', compare: 'ratio', pairs }];
  },
};
