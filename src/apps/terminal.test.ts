import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { Doors } from '../connection/engine.ts';
import { connectionReport } from '../diagnostics/connection-report.ts';
import { tls13Info } from '../diagnostics/session-info.test.fixture.ts';
import { Problem } from '../names/problems.ts';
import { Client, localListener } from '../server/connected.test.fixture.ts';
import { Mark, TransparentEngine } from '../server/transparent-engine.test.fixture.ts';
import { Screen } from './screen.test.fixture.ts';
import { runTerminal, type TerminalOptions } from './terminal.ts';

const nameText = () => 'CN = x';
const report = connectionReport(tls13Info, { nameText });
const closing = 'shutting down SSL\nCONNECTION CLOSED\n';

test('a conversation from ACCEPT to the statistics', async () => {
  const { screen, client, input, ended, accept } = await terminal({ acceptCount: 1 });
  client.send(Mark.hello, 'ping\n');
  await screen.shows(/ping\n/);
  input.write('pong\n');
  await client.reads(/pong\n/);
  client.send(Mark.closeNotify);
  client.socket.end();
  await ended;
  assert.equal(screen.stdout, `${accept}\n${report}ping\nDONE\n${closing}STATISTICS\n`);
  assert.equal(screen.stderr, '');
  assert.equal(client.text, 'pong\n\0');
});

test('text typed before the handshake is sent after it', async () => {
  const { screen, client, input, ended } = await terminal({ acceptCount: 1 });
  input.write('early\n');
  client.send(Mark.hello);
  await client.reads(/early\n/);
  await screen.shows(/CIPHER is/);
  client.socket.end(Buffer.of(Mark.closeNotify));
  await ended;
});

test('q closes the connection without close_notify, the server goes on', async () => {
  const { screen, client, input, ended, connect } = await terminal({ acceptCount: 2 });
  client.send(Mark.hello);
  await screen.shows(/CIPHER is/);
  input.write('q\n');
  await client.ended();
  assert.equal(client.text, '');
  const next = await connect();
  next.send(Mark.hello, 'next\n');
  await screen.shows(/next\n/);
  next.socket.end(Buffer.of(Mark.closeNotify));
  client.socket.end();
  await ended;
  assert.match(screen.stdout, /supported\nDONE\nshutting down SSL\nCONNECTION CLOSED\n-----BEGIN/);
});

test('Q and the end of input end the server', async () => {
  for (const end of [(input: PassThrough) => input.write('Q\n'), (input: PassThrough) => input.end()]) {
    const { screen, client, input, ended } = await terminal({});
    client.send(Mark.hello);
    await screen.shows(/CIPHER is/);
    end(input);
    await client.ended();
    client.socket.end();
    await ended;
    assert.equal(client.text, '');
    assert.ok(screen.stdout.endsWith(`supported\nDONE\n${closing}STATISTICS\n`));
    assert.equal(screen.stderr, 'shutdown accept socket\n');
  }
});

test('with close_notify asked for, Q says it', async () => {
  const { screen, client, input, ended } = await terminal({ closeNotify: true });
  client.send(Mark.hello);
  await screen.shows(/CIPHER is/);
  input.write('Q\n');
  await client.ended();
  client.socket.end();
  await ended;
  assert.equal(client.text, '\0');
});

test('the end of input can be ignored', async () => {
  const { screen, client, input, ended } = await terminal({ ignoreEof: true, acceptCount: 1 });
  client.send(Mark.hello);
  await screen.shows(/CIPHER is/);
  input.end();
  client.send('still here\n');
  await screen.shows(/still here\n/);
  client.socket.end(Buffer.of(Mark.closeNotify));
  await ended;
  assert.match(screen.stdout, /\nDONE\n/);
});

test('keys ask the engine, and what it refuses shows up at the end', async () => {
  const { screen, client, input, ended, engines } = await terminal({ acceptCount: 1 });
  client.send(Mark.hello);
  await screen.shows(/CIPHER is/);
  input.write('k\n');
  await screen.shows(/(SSL_do_handshake -> 1\n){1}/);
  input.write('K\n');
  await screen.shows(/(SSL_do_handshake -> 1\n){2}/);
  input.write('r\n');
  await screen.shows(/(SSL_do_handshake -> 1\n){3}/);
  assert.equal(screen.stderr, '');
  client.send(Mark.closeNotify);
  client.socket.end();
  await ended;
  assert.deepEqual(engines[0]?.calls.slice(0, 2), ['updateKeys false', 'updateKeys true']);
  assert.ok(screen.stdout.endsWith(`ERROR\n${closing}STATISTICS\n`));
  assert.match(screen.stderr, /^\w+:error:0A00010A:SSL routines:can_renegotiate:wrong ssl version:[^\n]*\n$/);
});

test('a certificate that cannot be requested is told at once', async () => {
  const { screen, client, input, ended } = await terminal({ acceptCount: 1 });
  client.send(Mark.hello);
  await screen.shows(/CIPHER is/);
  input.write('c\n');
  await screen.shows(/error:0A000117:/, 'stderr');
  assert.match(screen.stdout, /\nFailed to initiate request\n$/);
  client.socket.end(Buffer.of(Mark.closeNotify));
  await ended;
  assert.match(screen.stdout, /request\nDONE\n/);
});

test('P sends plain text and S prints the statistics, both send their line too', async () => {
  const { screen, client, input, ended } = await terminal({ acceptCount: 1 });
  client.send(Mark.hello);
  await screen.shows(/CIPHER is/);
  input.write('P\n');
  await client.reads(/^Lets print some clear text\nP\n$/);
  input.write('S\n');
  await client.reads(/\nS\n$/);
  assert.match(screen.stdout, /supported\nSTATISTICS\n$/);
  client.socket.end(Buffer.of(Mark.closeNotify));
  await ended;
});

test('the statistics of the key S can wait for the next line of the server output', async () => {
  const { screen, client, input, ended } = await terminal({ acceptCount: 1, bufferedStatistics: true });
  client.send(Mark.hello);
  await screen.shows(/CIPHER is/);
  input.write('S\n');
  await client.reads(/S\n/);
  client.send('data\n', Mark.closeNotify);
  client.socket.end();
  await ended;
  assert.ok(screen.stdout.endsWith(`data\nSTATISTICS\nDONE\n${closing}STATISTICS\n`));
});

test('a record without data is a blocked read', async () => {
  const { screen, client, ended } = await terminal({ acceptCount: 1 });
  client.send(Mark.hello, 'a\n', Mark.idle, 'b\n', Mark.closeNotify);
  client.socket.end();
  await ended;
  assert.ok(screen.stdout.includes('supported\na\nRead BLOCK\nb\nDONE\n'));
});

test('a failed handshake is an error on stderr, a fault later one on both', async () => {
  const { screen, client, ended, connect, accept } = await terminal({ acceptCount: 2 });
  client.send(Mark.fault);
  client.socket.end();
  await client.ended();
  const later = await connect();
  later.send(Mark.hello, 'last', Mark.fault);
  later.socket.end();
  await ended;
  assert.equal(screen.stdout, `${accept}\n${closing}${report}lastERROR\n${closing}STATISTICS\n`);
  const line = /\w+:error:0A000119:SSL routines:ssl3_get_record:decryption failed or bad record mac:[^\n]*\n/.source;
  assert.match(screen.stderr, new RegExp(`^ERROR\n${line}${line}$`));
  assert.equal(later.text, '[alert]');
});

test('where no version is enabled the server gives up', async () => {
  const createEngine = ({ doors }: { doors: Doors }) => {
    const engine = new TransparentEngine(doors, tls13Info);
    engine.feed = () => {
      doors.ended({ how: 'failed', problem: new Problem('noProtocolsAvailable', 'f') });
      return 'more';
    };
    return engine;
  };
  const { screen, client, ended } = await terminal({ createEngine });
  client.send('x');
  client.socket.end();
  await ended;
  assert.match(screen.stderr, /^ERROR\n.*:0A0000BF:/);
});

test('quiet: letters are text, and the end of input ends each connection politely', async () => {
  const { screen, client, input, ended, connect } = await terminal({ mode: 'quiet', acceptCount: 2 });
  client.send(Mark.hello);
  input.write('Q\n');
  await client.reads(/Q\n/);
  input.end();
  await client.ended();
  assert.equal(client.text, 'Q\n\0');
  const next = await connect();
  next.send(Mark.hello);
  await next.ended();
  assert.equal(next.text, '\0');
  client.socket.end();
  next.socket.end();
  await ended;
  assert.equal(screen.stderr, '');
});

test('brief: the summary is on stderr', async () => {
  const { screen, client, ended } = await terminal({ mode: 'brief', acceptCount: 1 });
  client.send(Mark.hello, Mark.closeNotify);
  client.socket.end();
  await ended;
  assert.match(screen.stderr, /^Protocol version: TLSv1\.3\n/);
});

test('a newer connection is served while its output waits for the older one', async () => {
  const { screen, client, ended, connect } = await terminal({ acceptCount: 2 });
  client.send(Mark.hello, 'first\n');
  await screen.shows(/first\n/);
  const newer = await connect();
  newer.send(Mark.hello, 'second\n', Mark.closeNotify);
  await newer.ended();
  newer.socket.end();
  await screen.shows(/^connection 2 from 127\.0\.0\.1:\d+ is waiting; Ctrl-N and Enter turns to it\n$/, 'stderr');
  assert.ok(!screen.stdout.includes('second'));
  client.send('first again\n', Mark.closeNotify);
  client.socket.end();
  await ended;
  const expected = `${report}first\nfirst again\nDONE\n${closing}${report}second\nDONE\n${closing}STATISTICS\n`;
  assert.ok(screen.stdout.endsWith(expected));
});

test('Ctrl-N lists keys and connections, and sends a key to another one', async () => {
  const { screen, client, input, ended, connect } = await terminal({ acceptCount: 2 });
  client.send(Mark.hello);
  await screen.shows(/CIPHER is/);
  const other = await connect();
  other.send(Mark.hello);
  await screen.shows(/connection 2 from/, 'stderr');
  input.write('\x0e?\n');
  await screen.shows(/Ctrl-N l {4}the connections/, 'stderr');
  input.write('\x0el\n');
  await screen.shows(/^#1 127\.0\.0\.1:\d+, the current one\n#2 127\.0\.0\.1:\d+$/m, 'stderr');
  input.write('\x0e9 q\n');
  await screen.shows(/^there is no connection 9$/m, 'stderr');
  input.write('\x0e2 q\n');
  await other.ended();
  other.socket.end();
  input.write('q\n');
  await client.ended();
  client.socket.end();
  await ended;
  assert.equal(client.text, '');
});

test('Ctrl-N turns to the next connection, keyboard and screen with it', async () => {
  const { screen, client, input, ended, connect } = await terminal({ acceptCount: 2 });
  client.send(Mark.hello);
  await screen.shows(/CIPHER/);
  input.write('\x0e\n');
  await client.reads(/^.\n$/);
  const newer = await connect();
  newer.send(Mark.hello, 'second\n');
  await screen.shows(/waiting/, 'stderr');
  input.write('\x0e\n');
  await screen.shows(/second\n/);
  input.write('for the second\n');
  await newer.reads(/^for the second\n$/);
  client.send('held\n');
  newer.send('more\n');
  await screen.shows(/more\n/);
  assert.ok(!screen.stdout.includes('held'));
  input.write('\x0e\n');
  await screen.shows(/held\n/);
  assert.equal(client.text, '\x0e\n');
  for (const it of [client, newer]) it.socket.end(Buffer.of(Mark.closeNotify));
  await ended;
});

test('Q ends the waiting connections too, politely, and shows what they printed', async () => {
  const { screen, client, input, ended, connect } = await terminal({});
  client.send(Mark.hello);
  await screen.shows(/CIPHER/);
  const newer = await connect();
  newer.send(Mark.hello, 'second\n');
  await screen.shows(/waiting/, 'stderr');
  const silent = await connect();
  input.write('Q\n');
  for (const it of [client, newer, silent]) {
    await it.ended();
    it.socket.end();
  }
  await ended;
  assert.equal(client.text, '');
  assert.equal(newer.text, '\0');
  assert.match(screen.stdout, /second\nshutting down SSL\nCONNECTION CLOSED\n/);
});

test('a waiting client that floods is held up, and its text is complete in the end', async () => {
  const { screen, client, ended, connect } = await terminal({ acceptCount: 2 });
  client.send(Mark.hello);
  await screen.shows(/CIPHER/);
  const flood = await connect();
  const size = 16 * 1024 * 1024;
  flood.send(Mark.hello);
  flood.socket.write(Buffer.alloc(size, 'x'));
  flood.socket.end(Buffer.of(Mark.closeNotify));
  await screen.shows(/waiting/, 'stderr');
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(flood.socket.writableLength > 0);
  client.socket.end(Buffer.of(Mark.closeNotify));
  await ended;
  assert.equal(screen.stdout.split('x'.repeat(1024)).length - 1, size / 1024);
});

test("a connection's observer prints where the connection does", async () => {
  const { screen, client, ended } = await terminal({
    acceptCount: 1,
    observe: (outputs) => {
      outputs.err('watching\n');
      return undefined;
    },
  });
  client.socket.end(Buffer.of(Mark.hello, Mark.closeNotify));
  await ended;
  assert.equal(screen.stderr, 'watching\n');
});

test('the exporter is asked when the handshake is done', async () => {
  const { screen, client, ended } = await terminal({ acceptCount: 1, exporter: { label: 'L', length: 2 } });
  client.socket.end(Buffer.of(Mark.hello, Mark.closeNotify));
  await ended;
  assert.match(screen.stdout, /\n {4}Keying material: ABAB\nDONE\n/);
});

async function terminal(options: Partial<TerminalOptions>) {
  const listener = await localListener();
  const screen = new Screen();
  const input = new PassThrough();
  const engines: TransparentEngine[] = [];
  const ended = runTerminal({
    listener,
    outputs: screen,
    input,
    mode: 'normal',
    report: { nameText },
    statistics: () => 'STATISTICS\n',
    limits: { goodbyeSilence: 20 },
    createEngine: ({ doors }) => {
      const engine = new TransparentEngine(doors, tls13Info);
      engines.push(engine);
      return engine;
    },
    ...options,
  });
  const connect = () => Client.of(listener);
  const client = await connect();
  return { screen, client, input, ended, connect, engines, accept: listener.acceptLine };
}
