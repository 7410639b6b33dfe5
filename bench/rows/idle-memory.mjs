import { setTimeout } from 'node:timers/promises';
import { startServer } from '../processes.mjs';
import { pairedRounds } from '../statistics.mjs';

/** Silent connections after their handshake, without HTTP. A new server for every round. */
export const idleMemory = {
  name: 'idle-memory',
  async measure({ quick, client, ...files }) {
    const measure = (name) => () => perConnection(name, { client, files, count: quick ? 300 : 1000 });
    const pairs = await pairedRounds(quick ? 1 : 5, measure('ours'), measure('node'));
    return [
      { what: 'idle TLS 1.3 connection, memory', unit: 'KiB', against: 'node:tls', compare: 'ratio', pairs, must: 1.0 },
    ];
  },
};

async function perConnection(name, { client, files, count }) {
  const server = await startServer(name, files, 'bare');
  // Lasting costs of the first connections (code, pools) do not count.
  await client.run('hold', { port: server.port, count: 100 });
  await client.run('release');
  const settled = async () => {
    await setTimeout(700);
    return server.memory();
  };
  const before = await settled();
  await client.run('hold', { port: server.port, count });
  const after = await settled();
  await client.run('release');
  await server.stop();
  return (after - before) / 1024 / count;
}
