import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type HttpPost, httpPost } from './http-client.ts';
import { BadReply } from './http-reply.ts';

const content = Buffer.from('30030a0103', 'hex');
const reply = Buffer.concat([Buffer.from('HTTP/1.0 200 OK\r\nContent-Type: a/b\r\n\r\n'), content]);

/** server answers the first bytes of each connection with `answer` and keeps them in `heard`. */
async function server(t: TestContext, answer: (socket: Socket) => void): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = [];
  const listening = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      heard.push(bytes.toString('latin1'));
      answer(socket);
    });
    t.after(() => socket.destroy());
  });
  listening.listen(0, '127.0.0.1');
  t.after(() => listening.close());
  await once(listening, 'listening');
  return { port: (listening.address() as AddressInfo).port, heard };
}

function post(port: number, more: Partial<HttpPost> = {}): Promise<Uint8Array> {
  const to = { secure: false, host: '127.0.0.1', port, path: '/p?q' };
  const types = { contentType: 'c/d', expected: { contentType: 'a/b', limit: 100 } };
  return httpPost({ to, proxy: undefined, body: Buffer.from('body'), patience: 30_000, ...types, ...more });
}

async function texts(asking: Promise<Uint8Array>): Promise<string[]> {
  const error: unknown = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof BadReply);
  return error.lines.map((it) => it.text);
}

test('the structure is taken although the server stays, and nothing is sent twice', async (t) => {
  const { port, heard } = await server(t, (socket) => socket.write(reply));
  assert.deepEqual(Buffer.from(await post(port)), content);
  assert.deepEqual(heard, [
    'POST /p?q HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Type: c/d\r\nContent-Length: 4\r\n\r\nbody',
  ]);
});

test('a proxy is told the whole address', async (t) => {
  const { port, heard } = await server(t, (socket) => socket.end(reply));
  const proxy = { secure: false, host: '127.0.0.1', port, path: '/' };
  await post(81, { proxy, to: { secure: false, host: 'a.example', port: 81, path: '/x' } });
  assert.match(heard.join(), /^POST http:\/\/a\.example:81\/x HTTP\/1\.0\r\nHost: a\.example\r\n/);
});

for (const [what, answer, expected] of [
  ['refuses', (socket: Socket) => socket.end('HTTP/1.0 403 no\r\n\r\n'), ['connect failure']],
  ['talks nonsense', (socket: Socket) => socket.end('nonsense\r\n\r\n'), ['header parse error']],
  ['never ends', (socket: Socket) => socket.end('x'.repeat(20_000)), ['connect failure']],
  ['hangs up', (socket: Socket) => socket.end(), ['connect failure']],
] as const) {
  test(`a proxy that ${what} when a tunnel is asked for is told of`, async (t) => {
    const { port, heard } = await server(t, answer);
    const proxy = { secure: false, host: '127.0.0.1', port, path: '/' };
    const asking = post(443, { proxy, to: { secure: true, host: 'a.example', port: 443, path: '/' } });
    assert.deepEqual(await texts(asking), expected);
    assert.match(heard.join(), /^CONNECT a\.example:443 HTTP\/1\.0\r\n/);
  });
}

test('whoever is told to stop stops at once and leaves the server', async (t) => {
  const stopping = new AbortController();
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const { port, heard } = await server(t, (socket) => {
    socket.on('close', leave);
    stopping.abort();
  });
  assert.deepEqual(await texts(post(port, { stop: stopping.signal })), ['transfer timeout']);
  await left;
  assert.deepEqual(await texts(post(port, { stop: stopping.signal })), ['transfer timeout']);
  assert.equal(heard.length, 1);
});

test('patience ends wherever the server is slow', async (t) => {
  const silent = await server(t, () => undefined);
  assert.deepEqual(await texts(post(silent.port, { patience: 50 })), ['transfer timeout']);
  const to = { secure: true, host: '127.0.0.1', port: silent.port, path: '/' };
  assert.deepEqual(await texts(post(silent.port, { to, patience: 50 })), ['transfer timeout']);
});

test('a server that is not there is told with the lines of the system', async () => {
  const refused = 'connect error';
  assert.deepEqual(
    (await texts(post(1))).filter((text) => text === refused),
    [refused, refused],
  );
});
