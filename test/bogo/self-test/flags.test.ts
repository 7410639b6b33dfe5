import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { certificateFiles, folder } from '../../certificates.ts';
import { type KnownKey, PskClient13 } from '../../psk-client13.ts';
import { type Report, runShim } from '../run-shim.ts';
import { echoed, leave, Runner, talk } from './runner.ts';

/** The declarations of Node lack the option. */
const asking: ConnectionOptions & { readonly requestOCSP: boolean } = { requestOCSP: true };
const succeeded = { code: 0, stdout: '', stderr: '' };

test('what is not implemented ends with 89, with the reason of a flag that is refused', async () => {
  for (const flags of [
    ['-no-such-flag'],
    ['-on-resume-no-such-flag'],
    ['-on-retry-async'],
    ['server'],
    [],
    ['-curves', '30583'],
  ]) {
    const { code, stderr } = await run(['-server', '-port', '1', ...flags].slice(flags.length === 0 ? 3 : 0));
    assert.equal(code, 89, flags.join(' '));
    assert.match(stderr, /implemented\n$/, flags.join(' '));
  }
  const { stderr } = await run(['-server', '-on-resume-retain-only-sha256-client-cert']);
  assert.match(stderr, / is not implemented: sessions keep the certificate/);
});

test('a value that makes no sense is a failure', async () => {
  for (const flags of [['-port', 'x'], ['-port'], ['-ocsp-response', '*'], ['-advertise-npn', 'x']]) {
    assert.equal((await run(['-server', ...flags])).code, 1, flags.join(' '));
  }
});

test('an end without close_notify is accepted', async (t) => {
  const runner = await Runner.listen(t);
  const running = run(await words(t, runner));
  const { socket } = await runner.accept();
  const client = await talk(socket);
  assert.equal(await echoed(client, 'x'), 'x');
  socket.end();
  assert.deepEqual(await running, succeeded);
});

test('a client without a certificate is refused where any is required', async (t) => {
  const { stderr } = await refused(t, ['-require-any-client-certificate']);
  assert.match(stderr, /^:peerDidNotReturnACertificate: alert certificate_required\n/);
});

test('callbacks see the hello and the question for a certificate, and may refuse', async (t) => {
  for (const later of [[], ['-async']]) {
    for (const words of [[], ['-use-early-callback'], ['-install-ddos-callback']]) {
      assert.deepEqual(await spoken(t, [...words, ...later]), succeeded);
    }
    for (const [flag, told] of [
      ['-fail-early-callback', 'connectionRejected: alert handshake_failure'],
      ['-fail-ddos-callback', 'connectionRejected: alert internal_error'],
      ['-fail-cert-callback', 'certCbError: alert internal_error'],
    ] as const) {
      assert.match((await refused(t, [flag, ...later])).stderr, new RegExp(`^:${told}\n`));
    }
  }
});

test('no chain of a client is judged, but for a callback that refuses all', async (t) => {
  const { certificate, key } = certificateFiles(t, 'P-256');
  const client = { cert: readFileSync(certificate), key: readFileSync(key) };
  const words = ['-require-any-client-certificate', '-expect-verify-result', '-expect-peer-cert-file', certificate];
  assert.deepEqual(await spoken(t, words, client), succeeded);
  for (const [more, alert] of [
    [[], 'handshake_failure'],
    [['-use-custom-verify-callback'], 'certificate_unknown'],
    [['-async'], 'handshake_failure'],
  ] as const) {
    const { stderr } = await refused(t, [...words, '-verify-fail', ...more], client);
    assert.match(stderr, new RegExp(`^:certificateVerifyFailed: alert ${alert}\n`));
  }
});

test('a response about the certificate is stapled, declined or refused as the callback says', async (t) => {
  const response = Buffer.from('a response').toString('base64');
  const stapled = async (words: readonly string[]) => {
    let seen: Buffer | null = null;
    const { code } = await spoken(t, ['-ocsp-response', response, ...words], asking, (client) => {
      client.on('OCSPResponse', (bytes: Buffer | null) => {
        seen = bytes;
      });
    });
    assert.equal(code, 0);
    return seen && String(seen);
  };
  assert.equal(await stapled([]), 'a response');
  assert.equal(await stapled(['-use-ocsp-callback', '-set-ocsp-in-callback']), 'a response');
  assert.equal(await stapled(['-use-ocsp-callback', '-decline-ocsp-callback', '-async']), null);
  const { stderr } = await refused(t, ['-use-ocsp-callback', '-fail-ocsp-callback'], asking);
  assert.match(stderr, /^:clienthelloTlsext: alert internal_error\n/);
});

test('a list of timestamps must be one', async (t) => {
  const { code, stderr } = await run([...(await words(t)), '-signed-cert-timestamps', 'AAA=']);
  assert.deepEqual({ code, stderr }, { code: 1, stderr: ':invalidTimestampList:\n' });
});

test('early data is inverted before the handshake is done', async (t) => {
  const runner = await Runner.listen(t);
  const psk = ['-psk', 'a key of the test', '-psk-identity', 'somebody', '-enable-early-data', '-resume-count', '1'];
  const running = run([...runner.flags(1n), ...psk, '-on-resume-expect-accept-early-data']);
  const secret = Buffer.from('a key of the test');
  const configured: KnownKey = { identity: Buffer.from('somebody'), secret, binder: 'ext binder', ageAdd: 0 };
  const first = await speak13(runner, configured, []);
  assert.ok(first.tickets[0]);
  const second = await speak13(runner, first.tickets[0], ['\u00bf']);
  assert.deepEqual({ accepted: second.accepted, received: second.received }, { accepted: true, received: ['=@'] });
  assert.deepEqual(await running, succeeded);
});

test('the messages are compared with those that the runner expects', async (t) => {
  const trace = [
    'read hs 1',
    'write hs 2',
    'write hs 11',
    'write hs 12',
    'write hs 14',
    'read hs 16',
    'read ccs',
    'read hs 20',
  ];
  const end = ['write hs 4', 'write ccs', 'write hs 20', 'read alert 1 0'];
  const tls12: ConnectionOptions = { maxVersion: 'TLSv1.2' };
  const expecting = (lines: readonly string[]) => ['-expect-msg-callback', lines.map((line) => `${line}\n`).join('')];
  assert.deepEqual(await spoken(t, expecting([...trace, ...end]), tls12), succeeded);
  const { code, stderr } = await spoken(t, expecting(trace), tls12);
  assert.equal(code, 1);
  assert.match(stderr, /^the messages are\nread hs 1\n/);
});

test('rules choose suites up to TLS 1.2', async (t) => {
  const tls12: ConnectionOptions = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA' };
  assert.equal((await spoken(t, ['-cipher', 'DEFAULT:!AES128', '-expect-cipher-aes', '49162'], tls12)).stderr, '');
  assert.match((await refused(t, ['-cipher', 'DEFAULT:!AES'], tls12)).stderr, /^:noSharedCipher:/);
});

test('a session that is too old is not resumed', async (t) => {
  const runner = await Runner.listen(t);
  const delay = ['-resume-count', '1', '-resumption-delay', '100000', '-expect-session-miss'];
  const running = run([...(await words(t, runner)), ...delay]);
  const sessions: Buffer[] = [];
  for (let connections = 0; connections < 2; connections++) {
    const { socket } = await runner.accept();
    const client = await talk(socket, { maxVersion: 'TLSv1.2', session: sessions.at(-1) }, sessions);
    assert.equal(client.isSessionReused(), false);
    await leave(client);
  }
  assert.deepEqual(await running, succeeded);
});

test('a file that is not there is a failure', async (t) => {
  const { certificate } = certificateFiles(t, 'P-256');
  const missing = join(folder(t), 'missing');
  writeFileSync(`${missing}.not`, '');
  const { code, stderr } = await run(['-server', '-port', '1', '-cert-file', certificate, '-key-file', missing]);
  assert.equal(code, 1);
  assert.match(stderr, /^ENOENT/);
});

/** Flags of a server with a certificate. */
async function words(t: TestContext, runner?: Runner): Promise<readonly string[]> {
  const { certificate, key } = certificateFiles(t, 'P-256');
  return [...(runner ?? (await Runner.listen(t))).flags(1n), '-cert-file', certificate, '-key-file', key];
}

function run(flags: readonly string[]): Promise<Report> {
  return runShim(flags, new AbortController().signal);
}

/** One connection of a client that succeeds. */
async function spoken(
  t: TestContext,
  flags: readonly string[],
  options: ConnectionOptions = {},
  begun: (client: Awaited<ReturnType<typeof talk>>) => void = () => {},
): Promise<Report> {
  const runner = await Runner.listen(t);
  const running = run([...(await words(t, runner)), ...flags]);
  const { socket } = await runner.accept();
  await leave(await talk(socket, options, [], begun));
  return running;
}

/** One connection of a client that the shim refuses. */
async function refused(t: TestContext, flags: readonly string[], options: ConnectionOptions = {}): Promise<Report> {
  const runner = await Runner.listen(t);
  const running = run([...(await words(t, runner)), ...flags]);
  const { socket } = await runner.accept();
  const client = await talk(socket, options).catch(() => undefined);
  client?.on('error', () => {});
  client?.end();
  client?.resume();
  const report = await running;
  assert.equal(report.code, 1);
  return report;
}

/** A connection of TLS 1.3 that keeps its second flight back until early data is answered. */
async function speak13(runner: Runner, key: KnownKey, texts: readonly string[]): Promise<PskClient13> {
  const { socket } = await runner.accept();
  const held: Uint8Array[] = [];
  let holds = false;
  const client = new PskClient13(key, (bytes) => (holds ? held.push(bytes) : socket.write(bytes)));
  client.hello(...texts);
  holds = texts.length > 0;
  while (!client.done || client.received.length < texts.length || (!holds && client.tickets.length === 0)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    client.receive(chunk);
  }
  for (const bytes of held) socket.write(bytes);
  socket.end();
  return client;
}
