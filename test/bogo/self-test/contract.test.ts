import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { certificateFiles } from '../../certificates.ts';
import { datagramContract } from './datagram-contract.ts';
import { direct, type Form, persistentForm } from './forms.ts';
import { echoed, leave, Runner, read, talk } from './runner.ts';

const succeeded = { code: 0, stdout: '', stderr: '' };

test('the shim keeps the contract of the runner as one process for a test', (t) => contract(t, direct));
test('the shim keeps the contract of the runner behind its launcher', async (t) =>
  contract(t, await persistentForm(t)));

async function contract(t: TestContext, form: Form): Promise<void> {
  const { certificate, key } = certificateFiles(t, 'P-256');
  const identity = ['-cert-file', certificate, '-key-file', key];

  await t.test('it has no handshakes that are split over two processes', async () => {
    const { outcome } = form.start(['-is-handshaker-supported']);
    assert.deepEqual(await outcome, { ...succeeded, stdout: 'No\n' });
  });

  for (const [host, words] of [
    ['127.0.0.1', []],
    ['::1', ['-ipv6']],
  ] as const) {
    await t.test(`it connects to ${host}, says its number, and inverts what it reads`, async (t) => {
      const runner = await Runner.listen(t, host);
      const { outcome } = form.start([...runner.flags(0xfedc_ba98_7654_3210n), ...words, ...identity]);
      const { socket, id } = await runner.accept();
      assert.equal(id, 0xfedc_ba98_7654_3210n);
      const client = await talk(socket);
      assert.equal(await echoed(client, 'What time is it?'), 'What time is it?');
      await leave(client);
      assert.deepEqual(await outcome, succeeded);
    });
  }

  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    await t.test(`further connections of a process resume the session of the first: ${version}`, async (t) => {
      const runner = await Runner.listen(t);
      const { outcome } = form.start([...runner.flags(7n), ...identity, '-resume-count', '2']);
      const sessions: Buffer[] = [];
      for (const reused of [false, true, true]) {
        const { socket, id } = await runner.accept();
        const versions = { minVersion: version, maxVersion: version } as const;
        const client = await talk(socket, { ...versions, session: sessions.at(-1) }, sessions);
        assert.deepEqual({ id, reused: client.isSessionReused() }, { id: 7n, reused });
        assert.equal(await echoed(client, 'hello'), 'hello');
        await leave(client);
      }
      assert.deepEqual(await outcome, succeeded);
    });
  }

  await t.test('a flag for further connections counts for these only', async (t) => {
    const runner = await Runner.listen(t);
    const alpn = ['-select-alpn', 'one', '-on-resume-select-alpn', 'two'];
    const { outcome } = form.start([
      ...runner.flags(1n),
      ...identity,
      '-resume-count',
      '1',
      ...alpn,
      '-expect-session-miss',
    ]);
    for (const wanted of ['one', 'two']) {
      const { socket } = await runner.accept();
      const client = await talk(socket, { ALPNProtocols: ['one', 'two'] });
      assert.equal(client.alpnProtocol, wanted);
      await leave(client);
    }
    assert.deepEqual(await outcome, succeeded);
  });

  await t.test(
    'a failure is reported by its code and its alert, which the table maps to the name of the runner',
    async (t) => {
      const runner = await Runner.listen(t);
      const { outcome } = form.start([...runner.flags(1n), ...identity, '-max-version', '771']);
      const { socket } = await runner.accept();
      await assert.rejects(talk(socket, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }), /handshake failure/);
      const { code, stderr } = await outcome;
      assert.equal(code, 1);
      assert.match(stderr, /^:noSharedCipher: alert handshake_failure\n/);
      assert.ok(accepts(':NO_SHARED_CIPHER:', stderr));
    },
  );

  await t.test('what the runner expects and does not hold is a failure in words', async (t) => {
    const runner = await Runner.listen(t);
    const { outcome } = form.start([...runner.flags(1n), ...identity, '-expect-curve-id', '24']);
    const { socket } = await runner.accept();
    await leave(await talk(socket, { ecdhCurve: 'P-256' }));
    assert.deepEqual(await outcome, { code: 1, stdout: '', stderr: 'the group is 23, expected 24\n' });
  });

  await t.test('what it does not implement ends with 89, before it connects', async () => {
    const { outcome } = form.start(['-server', '-no-such-flag']);
    assert.deepEqual(await outcome, { code: 89, stdout: '', stderr: '-no-such-flag is not implemented\n' });
  });

  await t.test('input one byte at a time, and callbacks that answer later, change nothing', async (t) => {
    const runner = await Runner.listen(t);
    const { outcome } = form.start([...runner.flags(1n), ...identity, '-async', '-select-alpn', 'a']);
    const { socket } = await runner.accept();
    const client = await talk(socket, { ALPNProtocols: ['b', 'a'], servername: 'localhost' });
    assert.equal(client.alpnProtocol, 'a');
    const long = 'x'.repeat(3_000);
    assert.equal(await echoed(client, long), long);
    await leave(client);
    assert.deepEqual(await outcome, succeeded);
  });

  await t.test('keying material comes before the first words, and these before the echo', async (t) => {
    const runner = await Runner.listen(t);
    const exporter = ['-export-keying-material', '32', '-export-label', 'label', '-export-context', 'context'];
    const words = [...exporter, '-use-export-context', '-shim-writes-first', '-read-size', '3'];
    const { outcome } = form.start([...runner.flags(1n), ...identity, ...words]);
    const { socket } = await runner.accept();
    const client = await talk(socket);
    const material = client.exportKeyingMaterial(32, 'label', Buffer.from('context'));
    assert.deepEqual(await read(client, 32), material);
    assert.equal((await read(client, 5)).toString(), 'hello');
    assert.equal(await echoed(client, 'abcdefgh'), 'abcdefgh');
    await leave(client);
    assert.deepEqual(await outcome, succeeded);
  });

  await t.test('an end without close_notify is a failure where the runner checks it', async (t) => {
    const runner = await Runner.listen(t);
    const { outcome } = form.start([...runner.flags(1n), ...identity, '-check-close-notify']);
    const { socket } = await runner.accept();
    const client = await talk(socket);
    assert.equal(await echoed(client, 'x'), 'x');
    socket.end();
    const { code, stderr } = await outcome;
    assert.equal(code, 1);
    assert.match(stderr, /^:unexpectedEofWhileReading:/);
  });

  await t.test('it may close first, and then takes no data', async (t) => {
    const runner = await Runner.listen(t);
    const words = ['-shim-shuts-down', '-check-close-notify', '-shim-writes-first'];
    const { outcome } = form.start([...runner.flags(1n), ...identity, ...words]);
    const { socket } = await runner.accept();
    const client = await talk(socket);
    client.write('late');
    assert.equal((await read(client, 5)).toString(), 'hello');
    await leave(client);
    const { code, stderr } = await outcome;
    assert.equal(code, 1);
    assert.ok(accepts(':APPLICATION_DATA_ON_SHUTDOWN:', stderr));
  });

  await datagramContract(t, form);

  await t.test('the connections of a killed shim end', async (t) => {
    const runner = await Runner.listen(t);
    const { outcome, kill } = form.start([...runner.flags(1n), ...identity]);
    const { socket } = await runner.accept();
    kill();
    socket.on('error', () => {});
    socket.resume();
    await once(socket, 'end');
    assert.equal((await outcome).code, null);
  });
}

/** accepts returns whether the runner takes this stderr for the error of this name. */
function accepts(name: string, stderr: string): boolean {
  const { ErrorMap } = JSON.parse(readFileSync('test/bogo/config.json', 'utf8'));
  return ErrorMap[name].some((text: string) => stderr.includes(text));
}
