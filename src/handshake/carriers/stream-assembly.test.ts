import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StreamAssembly } from './stream-assembly.ts';

function message(type: number, body: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(type, body.length >>> 16, body.length >>> 8, body.length), body]);
}

test('messages come out whole and in order, however their bytes are cut', () => {
  const body = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(fc.array(body, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 30 })), (bodies, cuts) => {
      const stream = Buffer.concat(bodies.map((it, index) => message(index, it)));
      const assembly = new StreamAssembly();
      const found: Uint8Array[] = [];
      for (let at = 0; at < stream.length; ) {
        const length = cuts.shift() ?? stream.length;
        assembly.push(stream.subarray(at, at + length));
        at += length;
        for (let next = assembly.next(); next; next = assembly.next()) {
          assert.equal(next.type, found.length);
          assert.equal(next.endsRecord, !assembly.midway);
          found.push(Uint8Array.from(next.body));
        }
      }
      assert.deepEqual(found, bodies);
      assert.equal(assembly.midway, false);
    }),
  );
});

test('type and length are known with the first four bytes', () => {
  const assembly = new StreamAssembly();
  assembly.push(Uint8Array.of(1, 0));
  assert.equal(assembly.midway, true);
  assert.equal(assembly.header, undefined);
  assembly.push(Uint8Array.of(1, 2));
  assert.deepEqual(assembly.header, { type: 1, length: 258 });
  assert.equal(assembly.next(), undefined);
});

test('a message in single bytes is joined once', (context) => {
  const bytes = message(1, new Uint8Array(10_000));
  const concat = context.mock.method(Buffer, 'concat');
  const assembly = new StreamAssembly();
  let whole: unknown;
  for (const byte of bytes) {
    assembly.push(Uint8Array.of(byte));
    whole ??= assembly.next();
  }
  assert.ok(whole);
  const copied = concat.mock.calls.reduce((sum, { result }) => sum + (result?.length ?? 0), 0);
  assert.ok(copied <= bytes.length + 4, `${copied} bytes were copied`);
});
