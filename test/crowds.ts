import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type ClientHttp2Session, connect, createSecureServer } from 'node:http2';
import { get } from 'node:https';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import WebSocket, { WebSocketServer } from 'ws';
import { attach, type TestServer, testServer } from '../src/index.ts';
import { installed, run } from './clients.ts';
import { reaching, silent, visits } from './served-connections.ts';

/** Crowd is the number of connections by Node's client and by curl, and of silent ones. */
export interface Crowd {
  readonly node: number;
  readonly curl: number;
  readonly silent: number;
}

export const ALPNProtocols = ['h2', 'http/1.1'];
/** The silent connections stay, however long it takes. */
const patient = { handshakeTimeout: 0 };

export async function crowdOnHttp(t: TestContext, crowd: Crowd): Promise<void> {
  await using server = await testServer(patient);
  attach(
    createHttpServer((request, response) => response.end(request.url)),
    server.server,
  );
  const quiet = await silent(server, crowd.silent);
  // Ports identify no connection: the system reuses those of closed ones.
  let connections = 0;
  server.server.on('secureConnection', () => {
    connections++;
  });
  await visits(crowd.node, async (number) => {
    const [response] = await once(get({ ...reaching(server), path: `/${number}`, agent: false }), 'response');
    assert.equal(await text(response), `/${number}`);
  });
  assert.equal(connections, crowd.node);
  await visitByCurl(t, server, { count: crowd.curl, words: [], answer: '/curl' });
  assert.ok(quiet.every(isOpen));
  // The last answer arrives before its connection is closed.
  while (server.size > quiet.length) await setImmediate();
  assert.equal(server.size, quiet.length);
  for (const socket of quiet) socket.destroy();
}

export async function crowdOnHttp2(t: TestContext, crowd: Crowd): Promise<void> {
  await using server = await testServer({ ALPNProtocols, ...patient });
  attach(echoingHttp2(), server.server);
  const quiet = await silent(server, crowd.silent);
  await visits(crowd.node, async (number) => {
    const session = connect(`https://localhost:${server.port}`, reaching(server));
    const closed = once(session, 'close');
    assert.equal(await http2Page(session, `/${number}`), `2.0 /${number}`);
    session.close();
    await closed;
  });
  await visitByCurl(t, server, { count: crowd.curl, words: ['--http2'], answer: '2.0 /curl' });
  assert.ok(quiet.every(isOpen));
  for (const socket of quiet) socket.destroy();
}

export async function crowdOnWebSockets(crowd: Crowd): Promise<void> {
  await using server = await testServer(patient);
  echoingWebSockets(server);
  const quiet = await silent(server, crowd.silent);
  await visits(crowd.node, async (number) => {
    const client = await webSocket(server);
    const answered = once(client, 'message');
    const closed = once(client, 'close');
    client.send(`message ${number}`);
    assert.equal(String((await answered)[0]), `message ${number}`);
    client.close();
    await closed;
  });
  assert.ok(quiet.every(isOpen));
  for (const socket of quiet) socket.destroy();
}

export function echoingHttp2() {
  return createSecureServer({ allowHTTP1: true }, (request, response) => {
    response.end(`${request.httpVersion} ${request.url}`);
  });
}

export async function http2Page(session: ClientHttp2Session, path: string): Promise<string> {
  const stream = session.request({ ':path': path });
  return text(stream);
}

export function echoingWebSockets(server: TestServer): void {
  const http = createHttpServer();
  const webSockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  webSockets.on('connection', (socket) => {
    socket.on('message', (message) => socket.send(message));
  });
  attach(http, server.server);
}

export async function webSocket(server: TestServer): Promise<WebSocket> {
  const { ca, servername } = reaching(server);
  const client = new WebSocket(`wss://127.0.0.1:${server.port}/`, {
    ...(ca !== undefined && { ca }),
    ...(servername !== undefined && { servername }),
    perMessageDeflate: false,
  });
  await once(client, 'open');
  return client;
}

interface CurlVisits {
  readonly count: number;
  readonly words: readonly string[];
  readonly answer: string;
}

/** visitByCurl gets each page over a connection of its own. */
async function visitByCurl(t: TestContext, server: TestServer, { count, words, answer }: CurlVisits): Promise<void> {
  await t.test('curl', { skip: installed('curl') === undefined && 'curl is not installed' }, async () => {
    for (let number = 0; number < count; number++) {
      const url = `https://127.0.0.1:${server.port}/curl-${number}`;
      const { out } = await run('curl', ['--silent', '--insecure', '--noproxy', '*', ...words, url]);
      assert.equal(out, `${answer}-${number}`);
    }
  });
}

function isOpen(socket: Socket): boolean {
  return !socket.destroyed && !socket.readableEnded;
}
