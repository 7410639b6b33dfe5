import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { LineOutput } from './line-output.ts';

/** Reader takes written text on request only. */
class Reader extends Writable {
  constructor() {
    // The default is another one from Node 22 on.
    super({ highWaterMark: 16384 });
  }

  text = '';
  private release: (() => void) | undefined;
  private stopped = false;

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error) => void): void {
    const take = () => {
      this.text += chunk.toString();
      callback();
    };
    if (this.stopped) this.release = take;
    else take();
  }

  stop(): void {
    this.stopped = true;
  }

  goOn(): void {
    this.stopped = false;
    this.release?.();
  }
}

function output(most?: number) {
  const reader = new Reader();
  const told: string[] = [];
  const lines = new LineOutput(reader, {
    resumed: (dropped) => {
      told.push(`lost ${dropped}`);
      lines.write(`lost ${dropped}`);
    },
    failed: (reason) => told.push(reason),
    ...(most !== undefined && { most }),
  });
  return { reader, lines, told };
}

test('lines come in their order, each whole', async () => {
  const { reader, lines } = output();
  lines.write('one');
  lines.write('two');
  await turn();
  lines.write('three');
  await lines.end(1000);
  assert.equal(reader.text, 'one\ntwo\nthree\n');
});

test('behind a reader that stops whole lines are dropped, and told once it goes on', async () => {
  const { reader, lines, told } = output(20_000);
  reader.stop();
  const line = 'x'.repeat(1000);
  for (let i = 0; i < 100; i++) {
    lines.write(line);
    await turn();
  }
  assert.equal(lines.dropped, 81);
  assert.deepEqual(told, []);
  reader.goOn();
  await turn();
  assert.deepEqual(told, ['lost 81']);
  lines.write('after');
  await lines.end(1000);
  const got = reader.text.split('\n');
  assert.ok(got.slice(0, 19).every((it) => it === line));
  assert.deepEqual(got.slice(19), ['lost 81', 'after', '']);
});

test('the last line has room where all others are dropped', async () => {
  const { reader, lines } = output(10);
  reader.stop();
  lines.write('one');
  lines.write('many more');
  lines.write('the last one', 'last');
  const ended = lines.end(1000);
  reader.goOn();
  await ended;
  assert.equal(reader.text, 'one\nthe last one\n');
});

test('the end does not wait longer than it should', async () => {
  const { reader, lines } = output();
  reader.stop();
  lines.write('never');
  await lines.end(20);
  assert.equal(reader.text, '');
});

test('a disk that is full is told once, and everything after it is dropped', async () => {
  const { reader, lines, told } = output();
  lines.write('one');
  await turn();
  reader.destroy(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
  await turn();
  lines.write('two');
  lines.write('three');
  await lines.end(1000);
  assert.deepEqual(told, ['ENOSPC']);
  assert.equal(lines.dropped, 2);
});
