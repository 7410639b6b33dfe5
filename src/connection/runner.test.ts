import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Handshake, Incoming } from '../handshake/flow/flow.ts';
import { Runner } from './runner.ts';

const message: Incoming = { type: 1, body: new Uint8Array(0), bytes: new Uint8Array(0), endsRecord: true };

test('a coroutine gets its messages and its result is handed on', () => {
  const runner = new Runner((proceed) => proceed());
  const results: number[] = [];
  runner.begin(waitForOne(), (result) => results.push(result));
  assert.deepEqual(runner.awaited, [1, 2]);
  assert.equal(runner.busy, true);
  runner.deliver(message);
  assert.deepEqual(results, [1]);
  assert.equal(runner.busy, false);
});

test('while an answer is awaited no message is', async () => {
  let settled: (() => void) | undefined;
  const runner = new Runner((proceed) => {
    settled = proceed;
  });
  const results: unknown[] = [];
  const promise = Promise.resolve('late');
  runner.begin(waitForAnswer(promise), (result) => results.push(result));
  assert.equal(runner.awaitsAnswer, true);
  assert.equal(runner.awaited, undefined);
  await promise;
  await Promise.resolve();
  settled?.();
  assert.deepEqual(results, ['late']);
});

test('a refused answer is thrown where it is awaited', async () => {
  const caught: unknown[] = [];
  const runner = new Runner((proceed) => {
    try {
      proceed();
    } catch (error) {
      caught.push(error);
    }
  });
  const promise = Promise.reject(new Error('no'));
  runner.begin(waitForAnswer(promise), () => {});
  await promise.catch(() => {});
  await Promise.resolve();
  assert.match(String(caught[0]), /no/);
});

test('after a stop a late answer changes nothing', async () => {
  let settled = 0;
  const runner = new Runner(() => {
    settled++;
  });
  const promise = Promise.resolve(1);
  runner.begin(waitForAnswer(promise), () => {});
  runner.stop();
  await promise;
  await Promise.resolve();
  assert.equal(settled, 0);
});

function* waitForOne(): Handshake<number> {
  const { type } = (yield { for: 'message', types: [1, 2] }) as Incoming;
  return type;
}

function* waitForAnswer(promise: Promise<unknown>): Handshake<unknown> {
  return yield { for: 'answer', promise };
}
