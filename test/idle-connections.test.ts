import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';

/** Number of connections; it needs as many file descriptors in each of two processes, and about 3 ms for each. */
const count = Number(process.env.SERVERHELLO_IDLE_CONNECTIONS ?? 0);
const skip = count === 0 && 'SERVERHELLO_IDLE_CONNECTIONS says how many, such as 10000';

test('one process keeps many idle connections, in less memory than node:tls, and answers each', { skip }, async (t) => {
  const ours = await memoryPerConnection('serverhello');
  const theirs = await memoryPerConnection('node:tls');
  t.diagnostic(`${count} idle connections: ${ours} bytes each, with node:tls ${theirs}`);
  assert.ok(ours <= theirs);
});

/** memoryPerConnection opens all connections, measures, then asks each for an answer. */
async function memoryPerConnection(library: 'serverhello' | 'node:tls'): Promise<number> {
  const program = fileURLToPath(new URL('./echo-server.js', import.meta.url));
  const child = fork(program, [library], { execArgv: ['--expose-gc'] });
  try {
    const port = await message(child);
    await Promise.all((await opened(port, 20)).map(echo));
    const before = await resident(child);
    const clients: TLSSocket[] = [];
    while (clients.length < count) clients.push(...(await opened(port, Math.min(50, count - clients.length))));
    const after = await resident(child);
    for (let at = 0; at < count; at += 500) await Promise.all(clients.slice(at, at + 500).map(echo));
    for (const client of clients) client.destroy();
    return Math.round((after - before) / count);
  } finally {
    child.kill();
  }
}

function opened(port: number, number: number): Promise<TLSSocket[]> {
  return Promise.all(
    Array.from({ length: number }, async () => {
      const client = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
      await once(client, 'secureConnect');
      return client;
    }),
  );
}

async function echo(client: TLSSocket): Promise<void> {
  client.write('ping');
  assert.equal(String((await once(client, 'data'))[0]), 'ping');
}

async function resident(child: ChildProcess): Promise<number> {
  child.send('memory');
  return message(child);
}

async function message(child: ChildProcess): Promise<number> {
  const [number] = await once(child, 'message');
  return number;
}
