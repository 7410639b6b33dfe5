import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tls13Info } from '../diagnostics/session-info.test.fixture.ts';
import { Client, localListener } from '../server/connected.test.fixture.ts';
import { Mark, TransparentEngine } from '../server/transparent-engine.test.fixture.ts';
import { Screen } from './screen.test.fixture.ts';
import { runStatusServer, type StatusServerOptions } from './status-server.ts';

const header = 'HTTP/1.0 200 ok\r\nContent-type: text/html\r\n\r\n';

test('a GET is answered with the page and the connection ends politely', async () => {
  const { screen, client, ended, accept } = await web({});
  client.send(Mark.hello, 'GET / HTTP/1.0\r\n\r\n');
  await client.ended();
  client.socket.end();
  await ended;
  assert.equal(client.text, `${header}PAGE\0`);
  assert.equal(screen.stdout, `${accept}\nSTATISTICS\n`);
  assert.equal(screen.stderr, '');
});

test('a HEAD is answered with the header alone', async () => {
  const { client, ended } = await web({});
  client.send(Mark.hello, 'HEAD / HTTP/1.0\r\n\r\n');
  await client.ended();
  client.socket.end();
  await ended;
  assert.equal(client.text, `${header}\0`);
});

test('lines before the request are skipped, and a request split anywhere is the same', async () => {
  const request = 'garbage\r\nPOST / HTTP/1.0\r\nget /\nGETX /\nGET /any HTTP/1.1\r\nHost: a\r\n\r\n';
  const { client, ended } = await web({});
  client.send(Mark.hello);
  for (const letter of request) {
    client.send(letter);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await client.ended();
  client.socket.end();
  await ended;
  assert.equal(client.text, `${header}PAGE\0`);
});

test('a client that never asks is given up, one that floods costs nothing', async () => {
  const { client, ended, connect } = await web({ acceptCount: 2, requestTimeout: 30 });
  client.send(Mark.hello, 'POST / HTTP/1.0\r\n\r\n');
  const flood = await connect();
  flood.send(Mark.hello, Buffer.alloc(1_000_000, 'x').toString());
  for (const it of [client, flood]) {
    await it.ended();
    it.socket.end();
    assert.equal(it.text, '\0');
  }
  await ended;
});

test('a failed handshake shows its lines, and nothing when quiet', async () => {
  for (const quiet of [false, true]) {
    const { screen, client, ended } = await web({ quiet });
    client.socket.end(Buffer.of(Mark.fault));
    await ended;
    assert.match(screen.stderr, quiet ? /^$/ : /^\w+:error:0A000119:[^\n]*\n$/);
  }
});

test('a client that leaves without asking is no event', async () => {
  const { screen, client, ended } = await web({});
  client.socket.end(Buffer.of(Mark.hello, Mark.closeNotify));
  await ended;
  assert.equal(screen.stderr, '');
});

test('a missing close_notify is told when it breaks off a line', async () => {
  for (const [text, told] of [
    ['POST / HTTP/1.0\r\n', /^$/],
    ['POST /', /unexpected eof while reading/],
  ] as const) {
    const { screen, client, ended } = await web({});
    client.send(Mark.hello, text);
    client.socket.end();
    await ended;
    assert.match(screen.stderr, told);
  }
});

async function web(options: Partial<StatusServerOptions>) {
  const listener = await localListener();
  const screen = new Screen();
  const ended = runStatusServer({
    listener,
    outputs: screen,
    page: () => 'PAGE',
    acceptCount: 1,
    statistics: () => 'STATISTICS\n',
    limits: { goodbyeSilence: 20 },
    createEngine: ({ doors }) => new TransparentEngine(doors, tls13Info),
    ...options,
  });
  const connect = () => Client.of(listener);
  return { screen, client: await connect(), ended, connect, accept: listener.acceptLine };
}
