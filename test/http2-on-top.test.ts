import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientHttp2Session, connect, createSecureServer } from 'node:http2';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { attach, testServer } from '../src/index.ts';
import { installed, run } from './clients.ts';
import { reaching, silent, visits } from './served-connections.ts';

const ALPNProtocols = ['h2', 'http/1.1'];

test('an http2 secure server serves 1,000 connections of Node and curl while 200 are silent', async (t) => {
  await using server = await testServer({ ALPNProtocols });
  attach(echoing(), server.server);
  const quiet = await silent(server, 200);
  await visits(750, async (number) => {
    const session = connect(`https://localhost:${server.port}`, reaching(server));
    assert.equal(await page(session, `/${number}`), `2.0 /${number}`);
    session.close();
    await once(session, 'close');
  });
  await t.test('curl', { skip: installed('curl') === undefined && 'curl is not installed' }, async () => {
    for (let number = 0; number < 50; number++) {
      const url = `https://127.0.0.1:${server.port}/curl-${number}`;
      const { out } = await run('curl', ['--silent', '--insecure', '--noproxy', '*', '--http2', url]);
      assert.equal(out, `2.0 /curl-${number}`);
    }
  });
  assert.equal(
    quiet.some((it) => it.destroyed || it.readableEnded),
    false,
  );
  for (const socket of quiet) socket.destroy();
});

test('many requests share one connection', async () => {
  await using server = await testServer({ ALPNProtocols });
  attach(echoing(), server.server);
  const session = connect(`https://localhost:${server.port}`, reaching(server));
  const pages = await Promise.all(Array.from({ length: 100 }, (_, number) => page(session, `/${number}`)));
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
  attach(echoing(), server.server);
  const [response] = await once(get({ ...reaching(server), path: '/old', agent: false }), 'response');
  assert.equal(await text(response), '1.1 /old');
});

function echoing() {
  return createSecureServer({ allowHTTP1: true }, (request, response) => {
    response.end(`${request.httpVersion} ${request.url}`);
  });
}

async function page(session: ClientHttp2Session, path: string): Promise<string> {
  const stream = session.request({ ':path': path });
  return text(stream);
}
