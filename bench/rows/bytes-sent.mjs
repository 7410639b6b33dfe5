import { startServer } from '../processes.mjs';
import { pairedRounds } from '../statistics.mjs';

const mebibyte = 1024 * 1024;

/** One long answer in pieces of 64 KiB, AES-128-GCM. */
export const bytesSent = {
  name: 'bytes-sent',
  measure: (bench) => sent(bench, { what: '1 GiB sent, server CPU', must: 2.0 }),
};

/** The same in TLS 1.2 with AES-128-CBC and HMAC-SHA1, encrypt-then-MAC. */
export const cbcBytesSent = {
  name: 'cbc-bytes-sent',
  measure: (bench) => {
    const suite = { version: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' };
    return sent(bench, { what: '1 GiB sent with a CBC suite, server CPU', suite });
  },
};

async function sent({ quick, client, ...files }, { what, must, suite }) {
  const bytes = (quick ? 64 : 256) * mebibyte;
  const servers = [await startServer('ours', files), await startServer('node', files)];
  const measure = (server) => async () => {
    const before = await server.cpu();
    await client.run('download', { port: server.port, bytes, suite });
    const after = await server.cpu();
    return ((after - before) * 1024 * mebibyte) / bytes / 1000;
  };
  const pairs = await pairedRounds(quick ? 2 : 7, ...servers.map(measure));
  for (const server of servers) await server.stop();
  return [{ what, unit: 's', against: 'node:https', compare: 'ratio', pairs, must }];
}
