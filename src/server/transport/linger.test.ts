import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { defaultLimits } from './connection-limits.ts';
import { linger } from './linger.ts';
import { MemoryTransport } from './memory-transport.test.fixture.ts';

const limits = { ...defaultLimits, goodbyeSilence: 500, goodbyeTimeout: 10_000 };

/** A transport that lingers, on a clock that the test moves. */
function lingering(t: TestContext, written = '') {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const transport = new MemoryTransport();
  if (written !== '') transport.write(written);
  const heard: string[] = [];
  linger(transport, limits, { data: (chunk) => heard.push(String(chunk)), end: () => heard.push('end') }, () =>
    heard.push('done'),
  );
  return { transport, heard, pass: (milliseconds: number) => t.mock.timers.tick(milliseconds) };
}

test('a peer that is silent after our end is left', async (t) => {
  const { transport, heard, pass } = lingering(t);
  await turn();
  pass(499);
  assert.ok(!transport.destroyed);
  pass(1);
  await turn();
  assert.deepEqual(heard, ['done']);
});

test('a peer that goes on talking is heard, until it closes', async (t) => {
  const { transport, heard, pass } = lingering(t);
  await turn();
  pass(400);
  transport.peerGives(Buffer.from('more'));
  await turn();
  pass(400);
  transport.peerGives(null);
  await turn();
  await turn();
  assert.deepEqual(heard, ['more', 'end', 'done']);
});

test('the silence of a peer that we do not read does not count', async (t) => {
  const { transport, heard, pass } = lingering(t);
  await turn();
  transport.pause();
  pass(2000);
  assert.ok(!transport.destroyed);
  transport.resume();
  transport.peerGives(Buffer.from('more'));
  await turn();
  assert.deepEqual(heard, ['more']);
  transport.destroy();
  await turn();
});

test('a peer that takes nothing of what is on its way is left at last', async (t) => {
  const { transport, heard, pass } = lingering(t, 'never taken');
  pass(9999);
  assert.ok(!transport.destroyed);
  pass(1);
  await turn();
  assert.deepEqual(heard, ['done']);
});
