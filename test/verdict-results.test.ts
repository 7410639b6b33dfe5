import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { installed } from './clients.ts';
import { factsIn } from './facts.ts';
import { Program } from './program.ts';
import { curl, judged, judgedIn } from './verdict-runs.ts';

const skip = installed('curl') === undefined && 'curl is not installed';
const scratch = mkdtempSync(join(tmpdir(), 'serverhello-results-'));
after(() => rmSync(scratch, { recursive: true }));

/** The test cases of a JUnit file as a parser of XML reads it: name, kind of the element inside, message. */
function casesIn(file: string): readonly (readonly [string, string | null, string | null])[] {
  const script = `import json, sys, xml.etree.ElementTree as tree
suites = tree.parse(sys.argv[1]).getroot()
suite, = suites
assert suites.tag == 'testsuites' and suite.tag == 'testsuite' and float(suite.get('time')) > 0
assert all(float(case.get('time')) >= 0 for case in suite)
assert int(suite.get('tests')) == len(suite) and int(suite.get('failures')) == len(suite.findall('testcase/failure'))
rows = [(case.get('name'), *([case[0].tag, case[0].get('message')] if len(case) else [None, None])) for case in suite]
print(json.dumps(rows))`;
  const { stdout, stderr } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

const skipXml = skip || (installed('python3') === undefined && 'python3, which parses XML, is not installed');

test('-junit has a test case a term, and one each for handshakes, command and run', { skip: skipXml }, async () => {
  const file = join(scratch, 'results.xml');
  const { status } = await judged('-junit', file, '-expect', 'tls=1.3,2:pq,not:alpn=h2', ...curl);
  assert.equal(status, 5);
  assert.deepEqual(casesIn(file), [
    ['tls=1.3', null, null],
    ['2:pq', 'failure', 'expected 2:pq, seen 1 connections'],
    ['not:alpn=h2', 'failure', 'expected not:alpn=h2, seen h2 by connection 1'],
    ['handshakes', null, null],
    ['command', null, null],
    ['run', null, null],
  ]);
});

test('-junit says why a handshake or the command failed, and that no client came', { skip: skipXml }, async () => {
  const file = join(scratch, 'failed.xml');
  const distrust = ['--', 'curl', '-s', '--noproxy', '*', '{url}'];
  assert.equal((await judged('-junit', file, '-expect', 'connections=1', ...distrust)).status, 4);
  assert.deepEqual(casesIn(file).slice(1), [
    ['handshakes', 'failure', 'the handshake of connection 1 failed: tlsv1 alert unknown ca'],
    ['command', 'failure', 'the command ended with status 60'],
    ['run', null, null],
  ]);
  assert.match(readFileSync(file, 'utf8'), /does not trust this certificate/);
  assert.equal((await judged('-junit', file, '-expect', 'failed', ...distrust)).status, 6);
  assert.deepEqual(
    casesIn(file).map(([name]) => name),
    ['failed', 'command', 'run'],
  );
  assert.equal((await judged('-junit', file, '-expect', 'pq', '--', 'true')).status, 3);
  assert.deepEqual(casesIn(file), [
    ['pq', 'skipped', 'no client'],
    ['handshakes', null, null],
    ['command', null, null],
    ['run', 'failure', 'no client came'],
  ]);
});

test('a run that could not begin has results too', { skip: skipXml }, async (t) => {
  const file = join(scratch, 'not begun.xml');
  const missing = join(scratch, 'no such command');
  assert.equal((await judged('-junit', file, '-expect', 'pq', '--', missing)).status, 2);
  assert.deepEqual(casesIn(file).at(-1), ['run', 'failure', `cannot run the command: spawn ${missing} ENOENT`]);
  const other = await Program.start(t, '-nocert', '-cipher', 'PSK', '-psk', '00');
  assert.equal((await judged('-accept', `127.0.0.1:${other.port}`, '-junit', file, '-expect', 'pq')).status, 2);
  assert.deepEqual(casesIn(file).at(-1), ['run', 'failure', 'the server could not listen']);
});

test('-tap writes the same as TAP, and on stdout nothing else', { skip }, async () => {
  const { status, out, err } = await judged('-tap', '-', '-expect', 'tls=1.3,not:alpn=h2', ...curl);
  assert.equal(status, 5);
  assert.match(err, /^This is serverhello: the connection works\.$/m);
  assert.deepEqual(
    out.split('\n').filter((line) => !line.startsWith('  ')),
    [
      'TAP version 14',
      '1..5',
      'ok 1 - tls=1.3',
      'not ok 2 - not:alpn=h2',
      'ok 3 - handshakes',
      'ok 4 - command',
      'ok 5 - run',
      '',
    ],
  );
  assert.match(out, /^ {2}message: "expected not:alpn=h2, seen h2 by connection 1"$/m);
});

test('the output of a command does not get between facts on stdout', { skip }, async () => {
  const { status, out, err } = await judged('-json', '-', '-expect', 'tls=1.3', ...curl);
  assert.equal(status, 0);
  assert.equal(factsIn(out).at(-1)?.fact, 'end');
  assert.match(err, /^This is serverhello/m);
});

test('results that cannot be written are status 2 before anybody can connect, in one line', async () => {
  for (const [name, target, reason] of [
    ['junit', join(scratch, 'no such folder', 'results.xml'), /ENOENT/],
    ['tap', scratch, /EISDIR/],
    ['junit', 'fd:77', /EBADF/],
  ] as const) {
    const ready = join(scratch, 'never ready');
    const { status, out, err } = await judged(`-${name}`, target, '-ready', ready, '-expect', 'pq', '--', 'true');
    assert.deepEqual([status, err.split('\n').length], [2, 2], err);
    assert.match(err, new RegExp(`^s_server: -${name}: cannot write the results: ${reason.source}`));
    assert.doesNotMatch(out, /ACCEPT/);
    assert.equal(existsSync(ready), false);
  }
});

test(
  'results that a full disk does not take are told, and are status 2',
  { skip: !existsSync('/dev/full') },
  async () => {
    const { status, err } = await judged('-tap', '/dev/full', '-expect', 'connections=0', '--', 'true');
    assert.deepEqual([status, err], [2, 's_server: -tap: cannot write the results: ENOSPC\n']);
  },
);

test('only one output can be on stdout, and results need a verdict', async () => {
  const both = await judged('-tap', '-', '-junit', '-', '-expect', 'pq');
  assert.deepEqual([both.status, both.err], [1, 'Only one output can be on stdout\n']);
  for (const name of ['-junit', '-tap', '-wait', '-limit']) {
    const { status, err } = await judged(name, '1');
    assert.deepEqual([status, err], [1, `Can't use ${name} without -expect, -exec or a command\n`]);
  }
  assert.equal(existsSync('1'), false);
});

test('in GitHub Actions each thing that went wrong is an annotation of one line', { skip }, async () => {
  const { status, err } = await judgedIn({ GITHUB_ACTIONS: 'true' }, '-expect', 'tls=1.2,pq', ...curl);
  assert.equal(status, 5);
  assert.deepEqual(
    err.split('\n').filter((line) => line.startsWith('::')),
    [
      '::error title=serverhello%3A tls=1.2::expected tls=1.2, seen TLS 1.3 by connection 1',
      '::error title=serverhello%3A pq::expected pq, seen x25519 by connection 1',
    ],
  );
  const well = await judgedIn({ GITHUB_ACTIONS: 'true' }, '-expect', 'tls=1.3', ...curl);
  assert.deepEqual([well.status, /^::/m.test(well.err)], [0, false]);
});

test('nothing is left in the folder for temporary files, also after a signal', async () => {
  const temporary = mkdtempSync(join(scratch, 'tmp-'));
  await judgedIn({ TMPDIR: temporary }, '--', 'true');
  assert.deepEqual(readdirSync(temporary), []);
  for (const signal of ['SIGTERM', 'SIGQUIT'] as const) {
    const program = new Program(['--', 'sleep', '60'], { environment: { TMPDIR: temporary } });
    await program.prints(/^ACCEPT .*:\d+$/m);
    while (readdirSync(temporary).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    program.process.kill(signal);
    assert.equal((await program.closed).signal, signal);
    assert.deepEqual(readdirSync(temporary), []);
  }
});
