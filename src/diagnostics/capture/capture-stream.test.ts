import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { CaptureLosses } from './capture-losses.ts';
import { CaptureStream } from './capture-stream.ts';

/** Reader takes one piece per call. */
class Reader extends Writable {
  read = '';
  private readonly unread: (() => void)[] = [];

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.unread.push(() => {
      this.read += bytes.toString('latin1').slice(0, 5);
      done();
    });
  }

  take(): void {
    this.unread.shift()?.();
  }
}

function capture(stream: Writable): { told: string[]; output: CaptureStream } {
  const told: string[] = [];
  const losses = new CaptureLosses('it', (line) => told.push(line));
  return { told, output: new CaptureStream(stream, Buffer.from('HEAD'), losses) };
}

test('a reader gets the header and all blocks in order', async () => {
  const reader = new Reader();
  const { told, output } = capture(reader);
  output.write(Buffer.from('one'), 1);
  output.write(Buffer.from('two'), 1);
  const closed = output.close();
  for (let turn = 0; turn < 10; turn++) {
    reader.take();
    await new Promise(setImmediate);
  }
  await closed;
  assert.equal(reader.read, 'HEADonetwo');
  assert.deepEqual(told, []);
});

test('packets for a reader that is too slow are lost past 8 MiB, whole writes of them', () => {
  const reader = new Reader();
  const { told, output } = capture(reader);
  for (let sent = 0; sent < 10; sent++) output.write(Buffer.alloc(2 ** 20), 1);
  assert.ok(reader.writableLength <= 8 * 2 ** 20);
  assert.ok(reader.writableLength > 7 * 2 ** 20);
  assert.deepEqual(told, ['s_server: capture it: its reader is too slow; packets are missing from here on\n']);
});

test('packets for a reader that has gone are counted', async () => {
  const reader = new Writable({ write: (_bytes, _encoding, done) => done(new Error('write EPIPE')) });
  const { told, output } = capture(reader);
  await new Promise(setImmediate);
  output.write(Buffer.from('one'), 2);
  output.write(Buffer.from('two'), 1);
  await output.close();
  assert.deepEqual(told, [
    's_server: capture it: write EPIPE; packets are missing from here on\n',
    's_server: capture it: 3 packets are missing\n',
  ]);
});

test('a reader that has stopped holds up the end for two seconds at most', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { told, output } = capture(new Reader());
  output.write(Buffer.from('one'), 4);
  const closed = output.close();
  t.mock.timers.tick(2000);
  await closed;
  assert.deepEqual(told.at(-1), 's_server: capture it: 4 packets are missing\n');
});
