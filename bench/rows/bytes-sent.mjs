import { startServer } from '../processes.mjs';
import { pairedRounds } from '../statistics.mjs';

const mebibyte = 1024 * 1024;

/** One long answer, AES-128-GCM, in pieces of 64 KiB. */
export const bytesSent = {
  name: 'bytes-sent',
  async measure({ quick, client, ...files }) {
    const bytes = (quick ? 64 : 256) * mebibyte;
    const servers = [await startServer('ours', files), await startServer('node', files)];
    const measure = (server) => async () => {
      const before = await server.cpu();
      await client.run('download', { port: server.port, bytes });
      const after = await server.cpu();
      return ((after - before) * 1024 * mebibyte) / bytes / 1000;
    };
    const pairs = await pairedRounds(quick ? 2 : 7, ...servers.map(measure));
    for (const server of servers) await server.stop();
    return [{ what: '1 GiB sent, server CPU', unit: 's', against: 'node:https', compare: 'ratio', pairs, must: 2.0 }];
  },
};
