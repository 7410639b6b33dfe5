import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { DatagramRunner, pskFlags } from './datagram-runner.ts';
import type { Form } from './forms.ts';
import { Runner } from './runner.ts';

const succeeded = { code: 0, stdout: '', stderr: '' };

/** datagramContract plays what the contract says about DTLS. */
export async function datagramContract(t: TestContext, form: Form): Promise<void> {
  await t.test('datagrams come in packets, and time passes only as the runner says', async (t) => {
    const { runner, outcome } = await begin(t, form, []);
    runner.client.hello();
    const lost = await runner.next();
    assert.equal(lost.opcode, 'P');
    runner.expectTimer(1000);
    runner.pass(400);
    assert.equal((await runner.next()).opcode, 't');
    runner.expectTimer(600);
    runner.pass(600);
    assert.equal((await runner.next()).opcode, 't');
    await runner.receive(({ done }) => done);
    runner.expectTimer(undefined);
    // The client reads texts: the bytes of this one are still text when they are inverted.
    runner.client.write('\u00bf');
    await runner.receive(({ received }) => received.length > 0);
    runner.end();
    assert.deepEqual(await outcome, succeeded);
  });

  await t.test('a timer that is not where the runner expects it is a failure', async (t) => {
    const { runner, outcome } = await begin(t, form, []);
    runner.expectTimer(1000);
    runner.end();
    const { code, stderr } = await outcome;
    assert.deepEqual({ code, stderr }, { code: 1, stderr: 'the next timer is undefined ms away, expected 1000\n' });
  });

  await t.test('the largest datagram is as long as the runner says', async (t) => {
    const { runner, outcome } = await begin(t, form, ['-mtu', '256']);
    runner.client.hello();
    const datagrams: Uint8Array[] = [];
    while (!runner.client.done) {
      const { datagram } = await runner.next();
      datagrams.push(datagram);
      runner.client.receive(datagram);
    }
    assert.ok(datagrams.every(({ length }) => length <= 256));
    runner.end();
    assert.deepEqual(await outcome, succeeded);
  });
}

async function begin(t: TestContext, form: Form, words: readonly string[]) {
  const listening = await Runner.listen(t);
  const { outcome } = form.start([...listening.flags(1n), '-dtls', ...pskFlags, ...words]);
  const { socket } = await listening.accept();
  return { runner: new DatagramRunner(socket), outcome };
}
