import assert from 'node:assert/strict';
import { openSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { Keyboard, leadsNowhere, type Typist } from './keyboard.ts';

class Note implements Typist {
  reads: string[] = [];
  ends = 0;
  more = true;

  typed(chunk: Uint8Array): boolean {
    this.reads.push(Buffer.from(chunk).toString('latin1'));
    return this.more;
  }

  inputEnded(): void {
    this.ends++;
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('what is typed before there is a typist waits', async () => {
  const stream = new PassThrough();
  const keyboard = new Keyboard(stream);
  stream.write('early');
  await settle();
  const note = new Note();
  keyboard.watch(note);
  await settle();
  assert.deepEqual(note.reads, ['early']);
  keyboard.watch(undefined);
  stream.write('later');
  await settle();
  assert.deepEqual(note.reads, ['early']);
  const next = new Note();
  keyboard.watch(next);
  await settle();
  assert.deepEqual(next.reads, ['later']);
});

test('one read of the terminal is at most 16384 bytes', async () => {
  const stream = new PassThrough({ highWaterMark: 1 << 20 });
  const note = new Note();
  new Keyboard(stream).watch(note);
  stream.write(Buffer.alloc(40_000, 'x'));
  await settle();
  assert.deepEqual(
    note.reads.map((it) => it.length),
    [16384, 16384, 7232],
  );
});

test('with crlf every line feed gets a carriage return, and reads are half as long', async () => {
  const stream = new PassThrough();
  const note = new Note();
  new Keyboard(stream, { crlf: true }).watch(note);
  stream.write('one\ntwo\r\n');
  await settle();
  stream.write(Buffer.alloc(8193, '\n'));
  await settle();
  assert.deepEqual(
    note.reads.map((it) => it.length),
    [11, 16384, 2],
  );
  assert.equal(note.reads[0], 'one\r\ntwo\r\r\n');
});

test('a typist that takes no more gets the rest when it is ready', async () => {
  const stream = new PassThrough();
  const keyboard = new Keyboard(stream);
  const note = new Note();
  note.more = false;
  keyboard.watch(note);
  stream.write('a');
  await settle();
  stream.write('b');
  stream.end('c');
  await settle();
  assert.deepEqual(note.reads, ['a']);
  assert.equal(note.ends, 0);
  note.more = true;
  keyboard.ready();
  await settle();
  assert.equal(note.reads.join(''), 'abc');
  assert.equal(note.ends, 1);
});

test('the end of input is told to every typist', async () => {
  const stream = new PassThrough();
  const keyboard = new Keyboard(stream);
  stream.end();
  const notes = [new Note(), new Note()];
  for (const note of notes) {
    keyboard.watch(note);
    await settle();
    keyboard.watch(undefined);
  }
  assert.deepEqual(
    notes.map((it) => it.ends),
    [1, 1],
  );
});

test('a typist that hands over in the middle leaves the rest to the next one', async () => {
  const stream = new PassThrough({ highWaterMark: 1 << 20 });
  const keyboard = new Keyboard(stream);
  const next = new Note();
  const first = new Note();
  first.typed = (chunk) => {
    first.reads.push(String(chunk.length));
    keyboard.watch(next);
    return true;
  };
  keyboard.watch(first);
  stream.write(Buffer.alloc(16385, 'x'));
  await settle();
  assert.deepEqual(first.reads, ['16384']);
  assert.deepEqual(next.reads, ['x']);
});

test('without input nothing ends', async () => {
  const note = new Note();
  new Keyboard(undefined).watch(note);
  await settle();
  assert.equal(note.ends, 0);
});

test('the null device and a descriptor that is not open lead nowhere', () => {
  assert.ok(leadsNowhere(openSync('/dev/null', 'r')));
  assert.ok(leadsNowhere(999_999));
  assert.ok(!leadsNowhere(openSync(process.execPath, 'r')));
});
