import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { run } from './clients.ts';
import { Program } from './program.ts';

/** Until the server has closed, whatever the client thinks of it. */
async function visit(port: number, options: ConnectionOptions = {}): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  socket.on('secureConnect', () => socket.end('GET / HTTP/1.0\r\n\r\n'));
  socket.on('error', () => {});
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
}

/** Until what is on stderr matches. */
async function tells(program: Program, what: RegExp): Promise<void> {
  while (!what.test(program.err)) await once(program.process.stderr, 'data');
}

function address(text: string): string {
  return text.replaceAll(/127\.0\.0\.1:\d+/g, 'ADDRESS').replaceAll(/(in|after) \d+ ms/g, '$1 N ms');
}

test('with -explain connections have headings, results and reasons in the web mode', async (t) => {
  const program = await Program.start(t, '-www', '-explain');
  await visit(program.port, { ALPNProtocols: ['h2'] });
  await visit(program.port, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' });
  await tells(program, /give us one with -cert/);
  const lines = address(program.err).split('\n');
  const from = lines.indexOf('#1 ADDRESS connected');
  const told = lines.slice(from).filter((it) => !it.includes(':error:'));
  assert.match(told[1] ?? '', /^#1 ADDRESS ok TLSv1\.3 TLS_AES_256_GCM_SHA384 \S+ ja4 t13i\w+$/);
  assert.deepEqual(told.slice(2, 4), [
    '#2 ADDRESS connected',
    '#2 ADDRESS FAILED in N ms: no shared cipher (we sent alert 40 handshake_failure)',
  ]);
  assert.equal(told[4], '   client offers TLSv1.2 at most with AES128-SHA: RSA key exchange only');
  assert.ok(lines.findIndex((it) => it.includes(':error:')) < lines.findIndex((it) => it.includes('FAILED')));
});

test('a client that does not trust the certificate is told in words', async (t) => {
  const program = await Program.start(t, '-rev', '-explain');
  await run('openssl', [
    's_client',
    '-connect',
    `127.0.0.1:${program.port}`,
    '-verify_return_error',
    '-servername',
    'wrong',
  ]);
  await tells(program, /that alone will not do: wrong is not among its names\n/);
  const [headline, ...lines] = address(program.err).split('\n').slice(-6, -1);
  assert.equal(headline, '#1 ADDRESS FAILED in N ms: tlsv1 alert unknown ca (client sent alert 48 unknown_ca)');
  assert.match(lines[1] ?? '', /client asked for the name wrong and was shown CN = localhost \(EC \w+\) for localhost/);
});

test('lines of different connections never mix without a heading', async (t) => {
  const program = await Program.start(t, '-rev', '-explain');
  const sockets = [];
  for (let i = 0; i < 2; i++) {
    const socket = connect({ port: program.port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    await tells(program, new RegExp(`^#${i + 1} \\S+ ok `, 'm'));
    sockets.push(socket);
  }
  for (const socket of sockets) {
    const seen = program.err.length;
    socket.end();
    while (!program.err.slice(seen).includes('CONNECTION CLOSED')) await once(program.process.stderr, 'data');
  }
  const closing = address(program.err)
    .split('\n')
    .filter((it) => it === '#1 ADDRESS' || it === '#2 ADDRESS');
  assert.deepEqual(closing, ['#1 ADDRESS', '#2 ADDRESS']);
});

test('into a pipe nothing is told that the reference does not tell', async (t) => {
  const program = await Program.start(t, '-www');
  await visit(program.port, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' });
  await tells(program, /no shared cipher/);
  await program.stop();
  assert.doesNotMatch(program.err, /#1|FAILED|client offers/);
});

test('-json has the explanation in the fact of the failure, also without -explain', async (t) => {
  const program = await Program.start(t, '-www', '-json', 'fd:2');
  await visit(program.port, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' });
  await tells(program, /"fact":"closed"/);
  const line = program.err.split('\n').find((it) => it.includes('"fact":"failed"')) ?? '';
  const { explain } = JSON.parse(line) as { explain: readonly string[] };
  assert.match(explain[0] ?? '', /RSA key exchange only$/);
});

/** The program with a terminal of its own, made by python3. */
function onTerminal(t: TestContext, environment: NodeJS.ProcessEnv, ...words: readonly string[]) {
  const file = fileURLToPath(new URL('../bin/s_server.js', import.meta.url));
  const pty = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';
  const child = spawn('python3', ['-c', pty, process.execPath, file, '-accept', '127.0.0.1:0', ...words], {
    env: { ...process.env, NO_COLOR: '', ...environment },
  });
  t.after(() => void child.kill());
  const seen = { text: '' };
  child.stdout.on('data', (bytes: Buffer) => {
    seen.text += bytes.toString('latin1').replaceAll('\r\n', '\n');
  });
  const shows = async (what: RegExp) => {
    while (!what.test(seen.text)) await once(child.stdout, 'data');
    return what.exec(seen.text)?.[1] ?? '';
  };
  return { child, seen, shows };
}

test('on a terminal explanations and colours are the default', async (t) => {
  const { child, seen, shows } = onTerminal(t, {});
  await visitPlain(Number(await shows(/ACCEPT \S*:(\d+)\n/)));
  await shows(/use https/);
  const shown = seen.text.replaceAll('\u001b', 'ESC');
  assert.match(shown, /ESC\[1m#1 127\.0\.0\.1:\d+ESC\[22m connected\n/);
  assert.match(shown, /ESC\[31mFAILEDESC\[39m in \d+ ms: http request \(no alert\)\n {3}the client speaks plain HTTP/);
  child.kill();
});

test('-no_color and NO_COLOR leave the words and take the colours', async (t) => {
  for (const [environment, words] of [
    [{ NO_COLOR: '1' }, []],
    [{}, ['-no_color']],
  ] as const) {
    const { seen, shows } = onTerminal(t, environment, ...words);
    await visitPlain(Number(await shows(/ACCEPT \S*:(\d+)\n/)));
    await shows(/use https/);
    assert.match(seen.text, /^#1 \S+ FAILED in/m);
    assert.ok(!seen.text.includes('\u001b['));
  }
});

async function visitPlain(port: number): Promise<void> {
  const socket = connectPlain(port, '127.0.0.1');
  socket.end('GET / HTTP/1.1\r\n\r\n');
  socket.resume();
  await once(socket, 'close');
}
