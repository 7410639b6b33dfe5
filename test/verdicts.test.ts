import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { certificateFiles } from './certificates.ts';
import { installed } from './clients.ts';
import { factsIn, ofKind, onlyOne } from './facts.ts';
import { Program } from './program.ts';
import { curl, isAlive, judged, notMet } from './verdict-runs.ts';

const skip = (installed('openssl') ?? installed('curl')) === undefined && 'openssl or curl is not installed';
const scratch = mkdtempSync(join(tmpdir(), 'serverhello-verdicts-'));
after(() => rmSync(scratch, { recursive: true }));

const sClient = (...words: readonly string[]) => [
  '--',
  'sh',
  '-c',
  'sleep 0.3 | openssl s_client "$@"',
  'sh',
  '-connect',
  'localhost:{port}',
  ...words,
];

interface Meeting {
  readonly what: string;
  /** Options of the server. */
  readonly server?: readonly string[];
  readonly client: readonly string[];
  /** Terms that hold. Each is tried with `not:` as well. */
  readonly hold: readonly string[];
}

const client12 = certificateFiles({ after: () => {} }, 'P-256');

const meetings: readonly Meeting[] = [
  {
    what: 'curl',
    client: curl,
    hold: [
      ...[
        'established',
        'tls=1.3',
        'tls=1.2..',
        'tls>=1.3',
        'offers-tls=1.3',
        'alpn=h2',
        'offers-alpn=http/1.1',
        'sni=localhost',
        'sni',
      ],
      ...[
        'http=GET /',
        'not:retry',
        'resumed=no',
        'early-data=none',
        'not:client-cert',
        'not:verified',
        'connections=1',
      ],
      ...[
        'suite=TLS_AES_256_GCM_SHA384',
        'offers-suite=TLS_AES_128_GCM_SHA256',
        'group=X25519',
        'share=x25519',
        'offers-group=P-256',
      ],
      ...[
        'scheme=ecdsa_secp256r1_sha256',
        'offers-scheme=rsa_pss_rsae_sha256',
        'ech=none',
        'ext=supported_versions',
        'not:grease',
      ],
      ...[
        'not:ocsp',
        'not:pq',
        'not:offers-pq',
        'hello=100..2000',
        'records=1',
        'time=..60000',
        'not:alert=unknown_ca',
        'not:failed',
      ],
      ...['any:tls=1.3', 'first:tls=1.3', 'last:tls=1.3', '1:tls=1.3', 'not:ja3=00', 'not:ja4=t13'],
    ],
  },
  {
    what: 'openssl in TLS 1.2 with a certificate, asking for a stapled response',
    server: ['-tls1_2', '-verify', '1', '-verify_quiet'],
    client: sClient(
      '-tls1_2',
      '-servername',
      'localhost',
      '-status',
      '-cert',
      client12.words[1] ?? '',
      '-key',
      client12.words[3] ?? '',
    ),
    hold: [
      ...[
        'tls=1.2',
        'tls=..1.2',
        'not:tls=1.3',
        'suite=ECDHE-ECDSA-AES256-GCM-SHA384',
        'client-cert',
        'not:verified',
        'client-name=localhost',
      ],
      ...['ocsp', 'alpn=none', 'sni=localhost', 'close-notify', 'group=x25519'],
    ],
  },
  {
    what: 'openssl that has to send another hello',
    server: ['-groups', 'P-384'],
    client: sClient('-groups', 'X25519:P-384'),
    hold: ['retry', 'group=secp384r1', 'share=X25519', 'not:share=P-384', 'tls=1.3'],
  },
  {
    what: 'openssl over datagrams',
    server: ['-dtls'],
    client: sClient('-dtls'),
    hold: ['tls=1.2', 'established', 'suite=ECDHE-ECDSA-AES256-GCM-SHA384', 'records=1', 'not:http=GET /'],
  },
  {
    what: 'openssl with a suite that we do not have',
    server: ['-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384', '-tls1_2'],
    client: sClient('-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256', '-tls1_2'),
    hold: ['failed', 'failed=noSharedCipher', 'sent=handshake_failure', 'not:established', 'not:tls=1.0..'],
  },
  {
    what: 'curl that does not trust the certificate',
    client: ['--', 'sh', '-c', 'curl -s {url}; true'],
    hold: ['failed', 'failed=peerAlert', 'alert=unknown_ca', 'not:sent=unknown_ca', 'not:failed=lost'],
  },
];

for (const { what, server = [], client, hold } of meetings) {
  test(`${what}: what holds is met, and its opposite is not`, { skip }, async () => {
    const words = [...client];
    if (hold.includes('failed') && words[2] === '-c') words[3] = `${words[3]}; true`;
    const met = await judged(...server, '-expect', hold.join(','), ...words);
    assert.deepEqual(notMet(met.err), []);
    assert.notEqual(met.status, 5, met.err);
    const opposite = await judged(...server, '-expect', hold.map((term) => `not:${term}`).join(','), ...words);
    assert.equal(notMet(opposite.err).length, hold.length, opposite.err);
    assert.equal(opposite.status, 5);
  });
}

test('a session that is resumed, of two connections', { skip }, async () => {
  const file = join(scratch, 'session');
  const client = `sleep 0.3 | openssl s_client -connect localhost:{port} -sess_out ${file}; sleep 0.3 | openssl s_client -connect localhost:{port} -sess_in ${file}`;
  const terms = '1:resumed=no,2:resumed=ticket,last:resumed,any:resumed,not:first:resumed,connections=2';
  const { status, err } = await judged('-tls1_2', '-expect', terms, '-exec', client);
  assert.deepEqual([status, notMet(err)], [0, []], err);
});

test('a handshake that fails unexpectedly is status 4, and is explained', { skip }, async () => {
  const { status, err } = await judged('-expect', 'connections=1', '--', 'sh', '-c', 'curl -s {url}; true');
  assert.equal(status, 4, err);
  assert.match(err, /FAILED.*unknown ca.*\n.*does not trust this certificate/);
});

test('a command that fails is status 6, and one that cannot run 2', { skip }, async () => {
  const failed = await judged('--', 'sh', '-c', 'curl -sS --cacert {ca} {url}; exit 9');
  assert.deepEqual([failed.status, /the command ended with status 9/.test(failed.err)], [6, true], failed.err);
  const missing = await judged('--', join(scratch, 'no such command'));
  assert.equal(missing.status, 2);
  assert.match(missing.err, /^s_server: cannot run the command: .*ENOENT$/m);
});

test('no client is status 3, at the end of the command or of the time', async () => {
  assert.equal((await judged('-expect', 'pq', '--', 'true')).status, 3);
  const waited = await judged('-expect', 'pq', '-wait', '1');
  assert.deepEqual([waited.status, /no client came within 1 s/.test(waited.err)], [3, true]);
});

test('an address that is taken is status 2, and terms that are none status 1', async (t) => {
  const other = await Program.start(t, '-nocert', '-cipher', 'PSK', '-psk', '00');
  const taken = await judged('-accept', `127.0.0.1:${other.port}`, '-expect', 'pq');
  assert.equal(taken.status, 2, taken.err);
  for (const words of [
    ['-expect', 'pqq'],
    ['-expect', 'tls=1.3', '-expect', 'tls=1.2'],
    ['-expect', `@${join(scratch, 'missing')}`],
    ['-exec', 'true', '--', 'true'],
    ['-exec', 'cat {ca}'],
    ['-wait', '3'],
    ['--', 'curl', '{key}'],
  ]) {
    const { status, err } = await judged(...words);
    assert.deepEqual([status, err.split('\n').length], [1, 2], err);
  }
});

test('a probe is told and not judged, and the server waits on', { skip }, async () => {
  const program = new Program(['-expect', 'tls=1.3']);
  await program.prints(/^ACCEPT .*:\d+$/m);
  connect(program.port, '127.0.0.1').resume().end();
  while (!/connection 1 ended without a ClientHello: not judged/.test(program.err)) await pause(10);
  const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  client.stdin.end('Q\n');
  const { code } = await program.closed;
  assert.equal(code, 0, program.err);
});

test('a probe that says nothing does not hold a run beyond its limit', async () => {
  const program = new Program(['-limit', '2', '--', 'sleep', '60']);
  await program.prints(/^ACCEPT .*:\d+$/m);
  const probe = connect(program.port, '127.0.0.1').resume();
  probe.on('error', () => {});
  const { code } = await program.closed;
  assert.equal(code, 3);
  assert.match(program.err, /the limit of 2 s was reached/);
});

test('a command that ignores SIGTERM does not survive the server', async () => {
  const file = join(scratch, 'child pid');
  const script = 'trap "" TERM; echo $$ > "$1"; while :; do sleep 1; done';
  const program = new Program(['-limit', '1', '--', 'sh', '-c', script, 'sh', file]);
  const { code } = await program.closed;
  assert.equal(code, 3);
  const pid = Number(readFileSync(file, 'utf8'));
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

test('a signal to the server ends the command with it', async () => {
  const file = join(scratch, 'pid of a command');
  const program = new Program(['--', 'sh', '-c', 'echo $$ > "$1"; sleep 60', 'sh', file]);
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await pause(10);
  program.process.kill('SIGTERM');
  const { signal, code } = await program.closed;
  assert.ok(signal === 'SIGTERM' || code === 143);
  const pid = Number(readFileSync(file, 'utf8'));
  while (isAlive(pid)) await pause(10);
});

test('arguments reach the command as they are, with spaces and quotes', async () => {
  const file = join(scratch, `a 'quoted' "name" $HOME`);
  const { status } = await judged('--', 'sh', '-c', 'printf "%s|" "$@" > "$0"', file, `x 'y' "z"`, '{port}{port}', '*');
  assert.equal(status, 3);
  assert.match(readFileSync(file, 'utf8'), /^x 'y' "z"\|(\d+)\1\|\*\|$/);
});

test('-ready has the address before a command runs, and a file of terms may have comments', { skip }, async () => {
  const [ready, terms] = [join(scratch, 'ready'), join(scratch, 'terms')];
  writeFileSync(terms, '# as agreed\ntls=1.3\nhttp=GET /\n');
  const { status, out } = await judged('-ready', ready, '-expect', `@${terms}`, ...curl);
  assert.equal(status, 0);
  const [address, port, pid] = readFileSync(ready, 'utf8').trim().split(' ');
  assert.deepEqual([address, out.includes(`ACCEPT 127.0.0.1:${port}\n`), Number(pid) > 0], ['127.0.0.1', true, true]);
});

test('a request whose method comes in pieces is answered', async () => {
  const script = `const socket = require('tls').connect({ port: {port}, rejectUnauthorized: false }, () => socket.write('G'));
    socket.on('secureConnect', () => setTimeout(() => socket.write('ET /pieces HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n'), 50));
    socket.resume();`;
  const { status, err } = await judged(
    '-limit',
    '20',
    '-expect',
    'http=GET /pieces',
    '--',
    process.execPath,
    '-e',
    script,
  );
  assert.equal(status, 0, err);
});

test('what is no request is discarded, up to its end', async () => {
  const script = `const socket = require('tls').connect({ port: {port}, rejectUnauthorized: false }, () => socket.end('HELLO'.repeat(20)));
    socket.resume();`;
  const { status, err } = await judged(
    '-limit',
    '20',
    '-expect',
    'not:http=GET /',
    '--',
    process.execPath,
    '-e',
    script,
  );
  assert.equal(status, 0, err);
});

test('a -ready file that cannot appear leaves nothing behind', async () => {
  const folder = mkdtempSync(join(scratch, 'taken-'));
  const { status } = await judged('-ready', folder, '-expect', 'pq');
  assert.deepEqual([status, readdirSync(scratch).filter((name) => name.startsWith('taken-')).length], [2, 1]);
});

test('verdicts and the end of the command are facts', { skip }, async () => {
  const file = join(scratch, 'facts');
  const { status } = await judged('-json', file, '-expect', 'tls=1.3,not:alpn=h2', ...curl);
  const facts = factsIn(readFileSync(file, 'utf8'));
  assert.deepEqual(
    ofKind(facts, 'verdict').map(({ term, met, connection, seen }) => [term, met, connection, seen]),
    [
      ['tls=1.3', true, 1, 'TLS 1.3'],
      ['not:alpn=h2', false, 1, 'h2'],
    ],
  );
  assert.equal(onlyOne(facts, 'exec').status, 0);
  assert.deepEqual([status, onlyOne(facts, 'end').status], [5, 5]);
});

test('with facts on stdout the output of the command is on stderr', { skip }, async () => {
  for (const word of ['-', 'fd:1']) {
    const { status, out, err } = await judged('-json', word, '-expect', 'tls=1.3', ...curl);
    assert.equal(status, 0, err);
    assert.equal(factsIn(out).at(-1)?.fact, 'end');
    assert.match(err, /This is serverhello/);
  }
  for (const words of [
    ['-pcapng', '-', '-json', 'fd:1'],
    ['-json', '-', '-ready', 'fd:1'],
  ]) {
    const { status, err } = await judged(...words);
    assert.deepEqual([status, err.endsWith('Only one output can be on stdout\n')], [1, true], err);
  }
});

test('the last fact says why the run ended with its status', async () => {
  const node = (code: number) => ['--', process.execPath, '-e', `process.exit(${code})`];
  const visit = `require('tls').connect({ host: '{host}', port: '{port}', rejectUnauthorized: false, maxVersion: 'TLSv1.2' }).on('secureConnect', function () { this.end(); }).on('error', () => {}).resume()`;
  const file = join(scratch, 'reasons');
  const missing = join(scratch, 'no such command');
  for (const [status, because, ...words] of [
    [3, 'no client came within 1 s', '-expect', 'pq', '-wait', '1'],
    [3, 'no client came', ...node(0)],
    [6, 'the command ended with status 7', '-www', ...node(7)],
    [2, `cannot run the command: spawn ${missing} ENOENT`, '--', missing],
    [0, 'everything was as expected', '-expect', 'tls=1.2', '--', process.execPath, '-e', visit],
    [5, 'an expectation was not met', '-expect', 'tls=1.3', '--', process.execPath, '-e', visit],
    [4, 'a handshake failed', '-tls1_3', '--', process.execPath, '-e', visit],
  ] as const) {
    assert.equal((await judged('-json', file, ...words)).status, status, because);
    const end = onlyOne(factsIn(readFileSync(file, 'utf8')), 'end');
    assert.deepEqual([end.status, end.because], [status, because]);
  }
});

test('the example of the README ends as it says', { skip }, async () => {
  const block = /```console\n\$ (s_server .*-expect .*)\n\.\.\.\n(.*)\n(NOT MET.*)\n\$ echo \$\?\n(\d+)\n```/.exec(
    readFileSync('README.md', 'utf8'),
  );
  const [, command = '', answer = '', line = '', status] = block ?? assert.fail('there is no example');
  const { status: seen, out, err } = await judged(...command.split(' ').slice(1));
  assert.deepEqual([seen, out.includes(answer), notMet(err)], [Number(status), true, [line]]);
});
