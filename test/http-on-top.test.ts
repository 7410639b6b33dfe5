import assert from 'node:assert/strict';
import { on, once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { attach, testServer } from '../src/index.ts';
import { crowdOnHttp } from './crowds.ts';
import { connected } from './served-connections.ts';

test('http.createServer serves many connections of Node and curl while others are silent', (t) =>
  crowdOnHttp(t, { node: 50, curl: 10, silent: 20 }));

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
    for await (const [bytes] of on(client, 'data')) {
      answer += bytes;
      if (answer.endsWith('0\r\n\r\n')) break;
    }
    assert.equal(answer.match(/x/g)?.length, body.length);
  }
  client.destroy();
});
