import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefReport } from '../diagnostics/brief-report.ts';
import { tls13Info } from '../diagnostics/session-info.test.fixture.ts';
import { Client, localListener } from '../server/connected.test.fixture.ts';
import { Mark, TransparentEngine } from '../server/transparent-engine.test.fixture.ts';
import { type ReverseEchoOptions, runReverseEcho } from './reverse-echo.ts';
import { Screen } from './screen.test.fixture.ts';

const report = { nameText: () => 'CN = x' };
const established = `CONNECTION ESTABLISHED\n${briefReport(tls13Info, report)}`;

test('every line comes back reversed, whatever it ends with', async () => {
  const { screen, client, ended, accept } = await reverse({});
  client.send(Mark.hello, 'abc d', 'ef\r\n', '\n', 'x\r\r\nrest', Mark.closeNotify);
  client.socket.end();
  await ended;
  assert.equal(client.text, 'fed cba\n\nx\ntser\n\0');
  assert.equal(screen.stderr, `${established}CONNECTION CLOSED\n`);
  assert.equal(screen.stdout, `${accept}\nSTATISTICS\n`);
});

test('the line CLOSE ends the connection', async () => {
  const { screen, client, ended } = await reverse({});
  client.send(Mark.hello, 'CLOSE now\nCLOSE\nmore\n');
  await client.ended();
  client.socket.end();
  await ended;
  assert.equal(client.text, 'won ESOLC\n\0');
  assert.equal(screen.stderr, `${established}CONNECTION CLOSED\n`);
});

test('CLOSE can be a line like any other', async () => {
  const { client, ended } = await reverse({ ignoreClose: true });
  client.send(Mark.hello, 'CLOSE\n', Mark.closeNotify);
  client.socket.end();
  await ended;
  assert.equal(client.text, 'ESOLC\n\0');
});

test('a failed handshake is a failure, a later fault shows only its lines', async () => {
  const { screen, client, ended, connect } = await reverse({ acceptCount: 2 });
  client.socket.end(Buffer.of(Mark.fault));
  await client.ended();
  const later = await connect();
  later.socket.end(Buffer.of(Mark.hello, Mark.fault));
  await ended;
  const line = /\w+:error:0A000119:[^\n]*\n/.source;
  assert.match(screen.stderr, new RegExp(`^CONNECTION FAILURE\n${line}CONNECTION ESTABLISHED\n(.*\n)*${line}$`));
});

test('an endless line costs bounded memory and is answered in pieces', async () => {
  const { client, ended } = await reverse({});
  client.send(Mark.hello, Buffer.alloc(50_000, 'x').toString(), '\n', Mark.closeNotify);
  client.socket.end();
  await ended;
  assert.deepEqual(
    client.text.split('\n').map((it) => it.length),
    [16382, 16382, 16382, 50_000 - 3 * 16382, 1],
  );
});

async function reverse(options: Partial<ReverseEchoOptions>) {
  const listener = await localListener();
  const screen = new Screen();
  const ended = runReverseEcho({
    listener,
    outputs: screen,
    report,
    acceptCount: 1,
    statistics: () => 'STATISTICS\n',
    limits: { goodbyeSilence: 20 },
    createEngine: ({ doors }) => new TransparentEngine(doors, tls13Info),
    ...options,
  });
  const connect = () => Client.of(listener);
  return { screen, client: await connect(), ended, connect, accept: listener.acceptLine };
}
