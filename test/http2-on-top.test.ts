import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { attach, testServer } from '../src/index.ts';
import { ALPNProtocols, crowdOnHttp2, echoingHttp2, http2Page } from './crowds.ts';
import { reaching } from './served-connections.ts';

test('an http2 secure server serves many connections of Node and curl while others are silent', (t) =>
  crowdOnHttp2(t, { node: 50, curl: 10, silent: 20 }));

test('many requests share one connection', async () => {
  await using server = await testServer({ ALPNProtocols });
  attach(echoingHttp2(), server.server);
  const session = connect(`https://localhost:${server.port}`, reaching(server));
  const pages = await Promise.all(Array.from({ length: 100 }, (_, number) => http2Page(session, `/${number}`)));
  assert.deepEqual(
    pages,
    Array.from(pages, (_, number) => `2.0 /${number}`),
  );
  const { socket } = await server.next();
  assert.equal(socket.alpnProtocol, 'h2');
  session.close();
});

test('a client without h2 gets HTTP/1.1 from the same server', async () => {
  await using server = await testServer({ ALPNProtocols });
  attach(echoingHttp2(), server.server);
  const [response] = await once(get({ ...reaching(server), path: '/old', agent: false }), 'response');
  assert.equal(await text(response), '1.1 /old');
});
