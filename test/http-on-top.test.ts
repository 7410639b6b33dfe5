import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { attach, type TestServer, testServer } from '../src/index.ts';
import { installed, run } from './clients.ts';
import { connected, reaching, silent, visits } from './served-connections.ts';

test('http.createServer serves 1,000 connections of Node and curl while 200 are silent', async (t) => {
  await using server = await testServer();
  const http = createServer((request, response) => response.end(request.url));
  attach(http, server.server);
  const quiet = await silent(server, 200);
  // Ports say nothing: the system gives those of closed connections again.
  let connections = 0;
  server.server.on('secureConnection', () => {
    connections++;
  });
  await visits(750, async (number) => {
    assert.equal(await page(server, `/${number}`), `/${number}`);
  });
  assert.equal(connections, 750);
  await t.test('curl', { skip: installed('curl') === undefined && 'curl is not installed' }, async () => {
    // Each page over a connection of its own.
    const urls = Array.from({ length: 50 }, (_, number) => `https://127.0.0.1:${server.port}/curl-${number}`);
    const { out } = await run('curl', ['--silent', '--insecure', '--noproxy', '*', '-H', 'Connection: close', ...urls]);
    assert.deepEqual(out.match(/curl-\d+/g)?.length, 50);
  });
  assert.equal(
    quiet.some((it) => it.destroyed || it.readableEnded),
    false,
  );
  // The last answer is read before its connection is gone.
  while (server.size > 200) await setImmediate();
  assert.equal(server.size, 200);
  for (const socket of quiet) socket.destroy();
});

test('a header that is only half sent gets 408', async () => {
  await using server = await testServer();
  attach(createServer({ headersTimeout: 50, connectionsCheckingInterval: 10 }), server.server);
  const client = await connected(server);
  client.write('GET / HTTP/1.1\r\nHost: local');
  assert.match(await text(client), /^HTTP\/1\.1 408 Request Timeout\r\n/);
});

test('an attached server that came after the TLS server was listening enforces its time-outs too', async () => {
  await using server = await testServer();
  assert.ok(server.server.listening);
  const http = createServer({ headersTimeout: 50, connectionsCheckingInterval: 10 });
  attach(http, server.server);
  const closed = once(http, 'close');
  const client = await connected(server);
  client.write('GET');
  assert.match(await text(client), / 408 /);
  await server.close();
  await closed;
});

test('requests follow each other on one connection, with bodies both ways', async () => {
  await using server = await testServer();
  const http = createServer((request, response) => {
    request.pipe(response);
  });
  attach(http, server.server);
  const client = await connected(server);
  const body = 'x'.repeat(100_000);
  for (let i = 0; i < 3; i++) {
    client.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    let answer = '';
    while (!answer.endsWith('0\r\n\r\n')) answer += String((await once(client, 'data'))[0]);
    assert.equal(answer.match(/x/g)?.length, body.length);
  }
  client.destroy();
});

async function page(server: TestServer, path: string): Promise<string> {
  const request = get({ ...reaching(server), path, agent: false });
  const [response] = await once(request, 'response');
  return text(response);
}
