import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed } from './malformed.ts';
import {
  bytes,
  decode,
  encode,
  list,
  opaque,
  optionalTail,
  rest,
  select,
  struct,
  u8,
  u16,
  u24,
  u32,
  vector,
} from './wire.ts';

const Pair = struct({ left: u8, right: u16 });
const Outer = struct({ pairs: vector(Pair, 0, 65535), name: opaque(1, 8), tail: optionalTail(u32) });

test('length fields are as wide as the largest length needs', () => {
  assert.deepEqual(Buffer.from(encode(opaque(0, 255), Buffer.of(7))), Buffer.of(1, 7));
  assert.deepEqual(Buffer.from(encode(opaque(0, 256), Buffer.of(7))), Buffer.of(0, 1, 7));
  assert.deepEqual(Buffer.from(encode(opaque(0, 65536), Buffer.of(7))), Buffer.of(0, 0, 1, 7));
});

test('a structure comes back as it was, with and without its tail', () => {
  for (const tail of [undefined, 0xfffffffe]) {
    const value = { pairs: [{ left: 1, right: 2 }], name: Buffer.from('abc'), tail };
    const again = decode(Outer, encode(Outer, value));
    assert.deepEqual({ ...again, name: Buffer.from(again.name) }, value);
  }
});

test('a fault names the path to its field', () => {
  const short = Buffer.of(0, 4, 1, 0, 2, 9, 1, 97);
  assert.throws(
    () => decode(Outer, short),
    (error) => error instanceof Malformed && error.path.join('.') === 'pairs.[1].right',
  );
});

test('what is left over is malformed', () => {
  assert.throws(() => decode(u16, Buffer.of(1, 2, 3)), Malformed);
  assert.deepEqual(Buffer.from(decode(rest, Buffer.of(1, 2, 3))), Buffer.of(1, 2, 3));
});

test('lengths outside the range are malformed to read and refused to write', () => {
  assert.throws(() => decode(opaque(1, 8), Buffer.of(0)), Malformed);
  assert.throws(() => decode(opaque(1, 8), Buffer.of(9, 0, 0, 0, 0, 0, 0, 0, 0, 0)), Malformed);
  assert.throws(() => encode(opaque(1, 8), Buffer.alloc(9)), RangeError);
  assert.throws(() => encode(bytes(3), Buffer.alloc(2)), RangeError);
});

test('a tag selects the form, and an unknown tag is malformed', () => {
  const Choice = select('kind', { 1: u8, 2: u24 });
  assert.deepEqual(decode(Choice, Buffer.of(2, 0, 1, 0)), { type: 2, value: 256 });
  assert.deepEqual(Buffer.from(encode(Choice, { type: 1, value: 5 })), Buffer.of(1, 5));
  assert.throws(() => decode(Choice, Buffer.of(3, 0)), Malformed);
});

test('a list goes on to the end of what encloses it', () => {
  assert.deepEqual(decode(list(u16), Buffer.of(0, 1, 0, 2)), [1, 2]);
  assert.throws(() => decode(list(u16), Buffer.of(0, 1, 0)), Malformed);
});
