import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { tls13Info } from '../diagnostics/session-info.test.fixture.ts';
import { Client, localListener } from '../server/connected.test.fixture.ts';
import { Mark, TransparentEngine } from '../server/transparent-engine.test.fixture.ts';
import { type FileServerOptions, runFileServer } from './file-server.ts';
import { Screen } from './screen.test.fixture.ts';
import { SecretFiles } from './secret-files.ts';

const directory = mkdtempSync(join(tmpdir(), 's_server-web-'));
after(() => rmSync(directory, { recursive: true }));
writeFileSync(join(directory, 'a.txt'), 'text\n');
writeFileSync(join(directory, 'page.html'), '<html>\n');
writeFileSync(join(directory, 'empty.txt'), '');
writeFileSync(join(directory, 'own.http'), 'HTTP/1.1 404 mine\r\nX: y\r\n\r\nbody\n\nmore');

const plain = 'HTTP/1.0 200 ok\r\nContent-type: text/plain\r\n\r\n';
const html = 'HTTP/1.0 200 ok\r\nContent-type: text/html\r\n\r\n';

test('a GET is answered with the file, whose name is told on stderr', async () => {
  const { screen, client, ended } = await web({});
  client.send(Mark.hello, 'GET /a.txt HTTP/1.0\r\n\r\n');
  await finish(client, ended);
  assert.equal(client.text, `${plain}text\n\0`);
  assert.equal(screen.stderr, 'FILE:a.txt\n');
});

test('with quiet no file is told', async () => {
  const { screen, client, ended } = await web({ quiet: true });
  client.send(Mark.hello, 'GET /page.html HTTP/1.0\r\n\r\n');
  await finish(client, ended);
  assert.equal(client.text, `${html}<html>\n\0`);
  assert.equal(screen.stderr, '');
});

test('an empty file is a header, and with headers of its own nothing', async () => {
  for (const [mode, text] of [
    ['WWW', plain],
    ['HTTP', ''],
  ] as const) {
    const { client, ended } = await web({ mode });
    client.send(Mark.hello, 'GET /empty.txt HTTP/1.0\r\n\r\n');
    await finish(client, ended);
    assert.equal(client.text, `${text}\0`);
  }
});

test('a file may hold the whole response', async () => {
  const { client, ended } = await web({ mode: 'HTTP' });
  client.send(Mark.hello, 'GET /own.http HTTP/1.0\r\n\r\n');
  await finish(client, ended);
  assert.equal(client.text, 'HTTP/1.1 404 mine\r\nX: y\r\n\r\nbody\n\nmore\0');
});

test('a HEAD is answered with what comes before the body', async () => {
  for (const [mode, target, text] of [
    ['WWW', '/page.html ', html],
    ['WWW', '/nosuch ', plain],
    ['WWW', '/stats ', html],
    ['HTTP', '/own.http ', 'HTTP/1.1 404 mine\r\nX: y\r\n\r\n'],
    ['HTTP', '/a.txt ', 'text\n'],
    ['HTTP', '/nosuch ', plain],
  ] as const) {
    const { client, ended } = await web({ mode });
    client.send(Mark.hello, `HEAD ${target}HTTP/1.0\r\n\r\n`);
    await finish(client, ended);
    assert.equal(client.text, `${text}\0`);
  }
});

test('the status page has its place beside the files, but not beside whole responses', async () => {
  for (const [mode, target, text] of [
    ['WWW', '/stats ', /^HTTP\/1.0 200 ok\r\nContent-type: text\/html\r\n\r\nPAGE\0$/],
    ['WWW', '/stats', /'stats\r\n' is an invalid file name\r\n\0$/],
    ['HTTP', '/stats ', /Error opening 'stats' mode='r'\r\n/],
  ] as const) {
    const { client, ended } = await web({ mode });
    client.send(Mark.hello, `GET ${target}\r\n\r\n`);
    await finish(client, ended);
    assert.match(client.text, text);
  }
});

test('an error body has a header that says plain text, and is no event', async () => {
  const { screen, client, ended } = await web({ mode: 'HTTP' });
  client.send(Mark.hello, 'GET /../a HTTP/1.0\r\n\r\n');
  await finish(client, ended);
  assert.equal(client.text, `${plain}'../a' contains '..' or ':'\r\n\0`);
  assert.equal(screen.stderr, '');
});

test('however a request is split, and whatever stands before it, the answer is the same', async () => {
  const other = fc.constantFrom(
    'POST /a.txt HTTP/1.0\r\n',
    'X: y\n',
    '\r\n',
    'get /\r\n',
    'GET a.txt HTTP\r\n',
    'HEADER /\n',
  );
  const request = fc.constantFrom('GET /a.txt HTTP/1.0\r\n', 'GET /a.txt \n', 'GET /a.txt x\r\nGET /page.html x\r\n');
  const cuts = fc.array(fc.nat(60), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(other, { maxLength: 3 }), request, cuts, async (before, line, places) => {
      const { client, ended } = await web({});
      const text = before.join('') + line;
      const bounds = [0, ...places.filter((it) => it < text.length).sort((a, b) => a - b), text.length];
      client.send(Mark.hello);
      for (const [index, bound] of bounds.slice(1).entries()) {
        client.send(text.substring(bounds[index] ?? 0, bound));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await finish(client, ended);
      assert.equal(client.text, `${plain}text\n\0`);
    }),
    { numRuns: 30 },
  );
});

test('a client that ends its side after the request gets the whole answer', async () => {
  writeFileSync(join(directory, 'large'), Buffer.alloc(3_000_000, 'x'));
  const { client, ended } = await web({});
  client.send(Mark.hello, 'GET /large HTTP/1.0\r\n\r\n', Mark.closeNotify);
  await finish(client, ended);
  assert.equal(client.text.length, plain.length + 3_000_000 + 1);
});

test('a file that grows while it is sent is sent as it was', async () => {
  const file = join(directory, 'log');
  writeFileSync(file, 'one\n');
  const { client, ended } = await web({
    outputs: new (class extends Screen {
      override err(text: string): void {
        appendFileSync(file, text);
      }
    })(),
  });
  client.send(Mark.hello, 'GET /log HTTP/1.0\r\n\r\n');
  await finish(client, ended);
  assert.equal(client.text, `${plain}one\n\0`);
});

test('a client that takes nothing is given up', async () => {
  writeFileSync(join(directory, 'larger'), Buffer.alloc(30_000_000, 'x'));
  const { screen, client, ended } = await web({ answerTimeout: 50 });
  client.socket.pause();
  client.send(Mark.hello, 'GET /larger HTTP/1.0\r\n\r\n');
  await screen.shows(/gave up waiting during the conversation\n/, 'stderr');
  client.socket.destroy();
  await ended;
});

test('a client that goes away in the middle is no event', async () => {
  writeFileSync(join(directory, 'larger'), Buffer.alloc(30_000_000, 'x'));
  const { screen, client, ended } = await web({});
  client.send(Mark.hello, 'GET /larger HTTP/1.0\r\n\r\n');
  await client.reads(/x/);
  client.socket.resetAndDestroy();
  await ended;
  assert.equal(screen.stderr, 'FILE:larger\n');
});

async function finish(client: Client, ended: Promise<void>): Promise<void> {
  await client.ended();
  client.socket.end();
  await ended;
}

async function web(options: Partial<FileServerOptions>) {
  const listener = await localListener();
  const screen = new Screen();
  const ended = runFileServer({
    listener,
    outputs: screen,
    page: () => 'PAGE',
    mode: 'WWW',
    directory,
    secrets: new SecretFiles([]),
    openMode: 'r',
    acceptCount: 1,
    statistics: () => 'STATISTICS\n',
    limits: { goodbyeSilence: 20 },
    createEngine: ({ doors }) => new TransparentEngine(doors, tls13Info),
    ...options,
  });
  return { screen, client: await Client.of(listener), ended };
}
