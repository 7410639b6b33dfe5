import process from 'node:process';
import { startServer } from '../processes.mjs';
import { pairedRounds } from '../statistics.mjs';

/** X25519, a P-256 certificate, AES-128-GCM, a request and a short answer, `Connection: close`. */
export const fullHandshake = {
  name: 'full-handshake',
  measure: (bench) => handshakes(bench, { what: 'full TLS 1.3 handshake', resumed: false, must: 1.3 }),
};

export const resumedHandshake = {
  name: 'resumed-handshake',
  measure: (bench) => handshakes(bench, { what: 'resumed TLS 1.3 handshake', resumed: true, must: 1.0 }),
};

/** Measured only if the client's OpenSSL has the group. */
export const hybridHandshake = {
  name: 'hybrid-handshake',
  measure: (bench) => {
    const [major, minor] = process.versions.openssl.split('.').map(Number);
    if (major < 3 || (major === 3 && minor < 5)) return [];
    const suite = { version: 'TLSv1.3', ciphers: 'TLS_AES_128_GCM_SHA256', ecdhCurve: 'X25519MLKEM768' };
    return handshakes(bench, { what: 'full TLS 1.3 handshake, X25519MLKEM768', resumed: false, suite });
  },
};

/** `suite` has version, ciphers and group if it is not TLS 1.3. */
export async function handshakes({ quick, client, ...files }, { what, resumed, must, suite }) {
  const rounds = quick ? 2 : 9;
  const count = quick ? 150 : 400;
  const servers = [await startServer('ours', files), await startServer('node', files)];
  // Warm-up rounds for compilers and caches do not count.
  for (const server of servers) await one(server, client, { count: quick ? 150 : suite ? 1000 : 3000, resumed, suite });
  const pairs = await pairedRounds(rounds, ...servers.map((it) => () => one(it, client, { count, resumed, suite })));
  for (const server of servers) await server.stop();
  const common = { unit: 'us', against: 'node:https', compare: 'ratio' };
  return [
    { what: `${what}, server CPU`, ...common, pairs: facet(pairs, 'cpu'), must },
    { what: `${what}, wall`, ...common, pairs: facet(pairs, 'wall') },
  ];
}

/** one returns microseconds a connection. */
async function one(server, client, { count, resumed, suite }) {
  const before = await server.cpu();
  const wall = await client.run('connections', { port: server.port, count, atOnce: 8, resumed, suite });
  const after = await server.cpu();
  return { cpu: ((after - before) * 1000) / count, wall: (wall * 1000) / count };
}

function facet(pairs, name) {
  return pairs.map(({ ours, theirs }) => ({ ours: ours[name], theirs: theirs[name] }));
}
