import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectPlainly } from 'node:net';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { testServer } from '../src/index.ts';
import { connected, silent } from './served-connections.ts';

test('what a client says is seen in three lines', async () => {
  await using server = await testServer({ ALPNProtocols: ['h2'] });
  connect({ port: server.port, ca: server.certificate ?? '', servername: 'localhost', ALPNProtocols: ['h2', 'x'] });
  assert.deepEqual((await server.next()).clientHello?.alpnProtocols, ['h2', 'x']);
});

test('connections come one by one, each once, whoever waits first', async () => {
  await using server = await testServer();
  const waiting = [server.next(), server.next()];
  const first = await connected(server, { servername: 'first', checkServerIdentity: () => undefined });
  const second = await connected(server, { servername: 'second', checkServerIdentity: () => undefined });
  const third = await connected(server, { servername: 'third', checkServerIdentity: () => undefined });
  const visits = [...(await Promise.all(waiting)), await server.next()];
  assert.deepEqual(
    visits.map(({ socket }) => socket.servername),
    ['first', 'second', 'third'],
  );
  for (const client of [first, second, third]) client.destroy();
});

test('closing ends every connection, politely where there is one, and leaves nothing open', async () => {
  const server = await testServer();
  const client = await connected(server);
  const quiet = await silent(server, 3);
  const stuck = await connected(server);
  await server.next();
  const { socket } = await server.next();
  stuck.pause();
  while (!socket.writableNeedDrain) socket.write(Buffer.alloc(65536));
  const ended = once(client, 'end');
  client.resume();
  const waiting = server.next();
  await Promise.all([server.close(), assert.rejects(waiting, { code: 'ERR_SERVERHELLO_CLOSED' })]);
  await ended;
  assert.equal(server.size, 0);
  assert.equal(server.server.listening, false);
  await assert.rejects(server.next(), { code: 'ERR_SERVERHELLO_CLOSED' });
  await server.close();
  for (const it of [client, stuck, ...quiet]) it.destroy();
});

test('a process ends by itself once its test server is closed', () => {
  const index = new URL('../src/index.js', import.meta.url);
  const script = `
    import { testServer } from '${index}';
    const server = await testServer();
    await server[Symbol.asyncDispose]();
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 60_000 });
  assert.equal(status, 0, String(stderr));
});

test('importing the library starts nothing', () => {
  const index = new URL('../src/index.js', import.meta.url);
  const script = `
    await import('${index}');
    const active = () => process.getActiveResourcesInfo().filter((it) => !/^(Pipe|TTY|Immediate)/.test(it));
    // The files of the modules are closed in the next turns.
    while (active().length > 0) await new Promise((resolve) => setImmediate(resolve));
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 60_000 });
  assert.equal(status, 0, String(stderr));
});

test('a consumer who uses the public API passes the strictest checks of types', () => {
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  const project = fileURLToPath(new URL('../../test/consumer', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], { timeout: 60_000 });
  assert.equal(status, 0, String(stdout));
});

test('a client that connects and says nothing does not come as a connection', async () => {
  await using server = await testServer();
  const quiet = connectPlainly(server.port, '127.0.0.1');
  await once(quiet, 'connect');
  const client = await connected(server);
  assert.equal((await server.next()).error, undefined);
  client.destroy();
  quiet.destroy();
});
