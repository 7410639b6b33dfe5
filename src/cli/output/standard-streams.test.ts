import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { StandardStreams } from './standard-streams.ts';

/** Slow is a stream that takes a piece on request only. */
class Slow extends Writable {
  taken = '';
  private proceed: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 8 });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.proceed = () => {
      this.taken += chunk.toString('latin1');
      callback();
    };
  }

  /** takeAll takes all pieces, and those that arrive meanwhile. */
  async takeAll(): Promise<void> {
    while (this.proceed !== undefined) {
      const { proceed } = this;
      this.proceed = undefined;
      proceed();
      await new Promise(setImmediate);
    }
  }
}

test('where stdout is left all that was for it goes to stderr', async () => {
  const [stdout, stderr] = [new Slow(), new Slow()];
  const streams = new StandardStreams(stdout, stderr);
  streams.leaveStdout();
  streams.out('text ');
  streams.raw(Buffer.from('data '));
  streams.err('error');
  await stderr.takeAll();
  assert.deepEqual([stdout.taken, stderr.taken], ['', 'text data error']);
});

test('the end waits until both streams have taken all', async () => {
  const [stdout, stderr] = [new Slow(), new Slow()];
  const streams = new StandardStreams(stdout, stderr);
  streams.out('text ');
  streams.raw(Buffer.from('data'));
  streams.err('error');
  let over = false;
  const end = streams.writtenOut().then(() => {
    over = true;
  });
  await stdout.takeAll();
  assert.ok(!over);
  await stderr.takeAll();
  await end;
  assert.equal(stdout.taken, 'text data');
  assert.equal(stderr.taken, 'error');
});

test('a reader that goes away ends the waiting', async () => {
  const [stdout, stderr] = [new Slow(), new Slow()];
  const streams = new StandardStreams(stdout, stderr);
  streams.out('never read');
  const end = streams.writtenOut();
  stdout.destroy(new Error('EPIPE'));
  await end;
});

test('both streams have to have room before what waits goes on', async () => {
  const [stdout, stderr] = [new Slow(), new Slow()];
  const streams = new StandardStreams(stdout, stderr);
  assert.ok(!streams.full);
  streams.out('more than eight bytes');
  streams.err('more than eight bytes');
  assert.ok(streams.full);
  let calls = 0;
  streams.whenRoom(() => calls++);
  await stderr.takeAll();
  assert.equal(calls, 0);
  await stdout.takeAll();
  assert.equal(calls, 1);
  assert.ok(!streams.full);
});
