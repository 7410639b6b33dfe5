import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DatagramAssembly, type Fragment, fragmentHeader, fragmentsOf } from './datagram-assembly.ts';

const anyLength = () => 0x20000;

test('messages come out whole and in order, however their fragments overlap, repeat and arrive', () => {
  const body = fc.uint8Array({ maxLength: 40 });
  const cuts = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.tuple(body, cuts), { minLength: 1, maxLength: 6 }), fc.integer(), (messages, seed) => {
      const fragments = messages.flatMap(([bytes, pieces], sequence) => [
        ...pieces.map(([from, to]) => piece(bytes, sequence, from % (bytes.length + 1), to)),
        ...[...bytes].map((_, at) => piece(bytes, sequence, at, 1)),
        piece(bytes, sequence, 0, 0),
      ]);
      const assembly = new DatagramAssembly(anyLength);
      const taken: number[][] = [];
      for (const fragment of shuffled(fragments, seed)) {
        assembly.push(fragment);
        for (let next = assembly.take(); next; next = assembly.take()) taken.push([...next.body]);
      }
      assert.deepEqual(
        taken,
        messages.map(([bytes]) => [...bytes]),
      );
    }),
  );
});

test('a message counts as if it had come in one piece', () => {
  const assembly = new DatagramAssembly(anyLength, 5);
  const body = Buffer.from('abcdef');
  assembly.push(piece(body, 5, 3, 3));
  assembly.push(piece(body, 5, 0, 3));
  assert.equal(Buffer.from(assembly.take()?.bytes ?? []).toString('hex'), '010000060005000000000006616263646566');
  assert.equal(assembly.next, 6);
  assert.equal(assembly.push(piece(body, 5, 0, 6)), 'old');
});

test('what has come is not changed by what comes later, nor by a fragment of another message', () => {
  const assembly = new DatagramAssembly(anyLength);
  assembly.push(piece(Buffer.from('ab'), 0, 0, 1));
  assert.equal(assembly.push({ ...piece(Buffer.from('xyz'), 0, 0, 3) }), 'dropped');
  assembly.push(piece(Buffer.from('xb'), 0, 0, 2));
  assert.equal(Buffer.from(assembly.take()?.body ?? []).toString(), 'ab');
});

test('a hostile peer gets neither a long message kept nor many', () => {
  const assembly = new DatagramAssembly((type) => (type === 1 ? 100_000 : 64));
  const claim = (sequence: number, length: number, type = 1): Fragment => ({
    ...{ type, length, sequence, offset: 0, body: Uint8Array.of(0) },
  });
  assert.equal(assembly.push(claim(0, 65, 20)), 'tooLong');
  assert.equal(assembly.push(claim(1, 65, 20)), 'dropped');
  assert.equal(assembly.push(claim(8, 10)), 'dropped');
  assert.equal(assembly.push(claim(7, 100_000)), 'kept');
  assert.equal(assembly.push(claim(6, 100_000)), 'dropped');
  assert.equal(assembly.push(claim(0, 100_000)), 'kept');
});

test('fragments that claim more than there is are passed over', () => {
  const header = fragmentHeader({ type: 1, length: 4, sequence: 0 }, { offset: 2, length: 3 });
  assert.deepEqual(fragmentsOf(Buffer.concat([header, Buffer.alloc(3)])), []);
  assert.deepEqual(fragmentsOf(fragmentHeader({ type: 1, length: 4, sequence: 0 })), []);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => fragmentsOf(bytes).length <= 5));
});

function piece(body: Uint8Array, sequence: number, offset: number, length: number): Fragment {
  return { type: 1, length: body.length, sequence, offset, body: body.subarray(offset, offset + length) };
}

/** A shuffled copy, determined by the seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed >>> 0;
  const keyed = items.map((item) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return { item, key: state };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
