import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { createServer, type Fact } from '../src/index.ts';
import { certificateFiles } from './certificates.ts';
import { checked, ofKind, onlyOne } from './facts.ts';

test('the library emits the facts that -json writes', async (t) => {
  const facts: Fact[] = [];
  const files = certificateFiles(t, 'P-256');
  const [cert, key] = [readFileSync(files.certificate), readFileSync(files.key)];
  const server = createServer({ cert, key, facts: { data: true } }, (socket) => socket.resume());
  server.on('fact', (fact) => facts.push(fact));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.close();
  });
  const client = connect({
    port: (server.address() as AddressInfo).port,
    rejectUnauthorized: false,
    servername: 'localhost',
    ALPNProtocols: ['x'],
  });
  await once(client, 'secureConnect');
  client.end('hello');
  client.resume();
  await once(client, 'close');
  while (ofKind(facts, 'closed').length === 0) await once(server, 'fact');
  for (const fact of facts) checked(fact);
  assert.deepEqual([facts[0]?.fact, facts.at(-1)?.fact], ['listening', 'closed']);
  const { serverName, alpn } = onlyOne(facts, 'clientHello');
  assert.deepEqual([serverName, alpn], ['localhost', ['x']]);
  const [data] = ofKind(facts, 'data');
  assert.deepEqual([data?.way, data?.bytes, data?.content], ['in', 5, Buffer.from('hello').toString('hex')]);
  assert.deepEqual(ofKind(facts, 'record'), []);
});

test('a connection that began before anybody listened has no facts', async (t) => {
  const server = createServer({}, (socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.close();
  });
  const connection = once(server, 'connection');
  const client = connect({ port: (server.address() as AddressInfo).port, rejectUnauthorized: false });
  client.on('error', () => undefined);
  await connection;
  const facts: Fact[] = [];
  server.on('fact', (fact) => facts.push(fact));
  const failed = once(server, 'tlsClientError');
  client.destroy();
  await failed;
  assert.deepEqual(facts, []);
});
