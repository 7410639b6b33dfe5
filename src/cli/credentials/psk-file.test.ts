import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BadPskFile, readPskFile } from './psk-file.ts';

function keysIn(text: string, repeated: (line: number, earlier: number) => void = () => assert.fail()) {
  return readPskFile(Buffer.from(text), repeated);
}

test('each line has an identity, up to the last colon, and a key', () => {
  const keys = keysIn('\n# sensors\nurn:dev:1:00FF\r\n  #urn:dev:2:11\n\t\nJ\u00fcrgen:bb\t\nplain:aa  ');
  assert.deepEqual(
    [...keys].map(([identity, key]) => [Buffer.from(identity, 'latin1').toString(), Buffer.from(key).toString('hex')]),
    [
      ['urn:dev:1', '00ff'],
      ['J\u00fcrgen', 'bb'],
      ['plain', 'aa'],
    ],
  );
});

test('the later of two lines with an identity counts, and both are named', () => {
  const told: number[][] = [];
  const keys = keysIn('a:01\nb:02\na:03\na:04\n', (...lines) => told.push(lines));
  assert.deepEqual(keys.get('a'), Buffer.of(4));
  assert.deepEqual(told, [
    [3, 1],
    [4, 3],
  ]);
});

test('a line that is no identity and key is named by its number, and not shown', () => {
  const faults: readonly (readonly [line: string, fault: string])[] = [
    ['secret', 'not an identity and a key with a colon between them'],
    [':00', 'not an identity and a key with a colon between them'],
    ['a:', 'the key is not pairs of hex digits'],
    ['a:123', 'the key is not pairs of hex digits'],
    ['a:xy', 'the key is not pairs of hex digits'],
    ['a: 12', 'the key is not pairs of hex digits'],
    [`${'i'.repeat(257)}:00`, 'an identity of more than 256 bytes'],
    [`a:${'00'.repeat(257)}`, 'a key of more than 256 bytes'],
  ];
  for (const [line, fault] of faults) {
    const message = `line 2: ${fault}`;
    assert.throws(() => keysIn(`ok:00\n${line}\n`), { name: 'BadPskFile', message });
  }
  assert.equal(keysIn(`${'i'.repeat(256)}:${'00'.repeat(256)}`).size, 1);
});

test('what is written is read, and any other bytes are refused with a line number or read', () => {
  const identity = fc.uint8Array({ minLength: 1, maxLength: 256 }).map((it) => it.filter((byte) => byte > 0x20));
  const entry = fc.tuple(
    identity.filter((it) => it.length > 0 && !' #\u00a0'.includes(String.fromCharCode(it[0] ?? 0))),
    fc.uint8Array({ minLength: 1, maxLength: 256 }),
  );
  fc.assert(
    fc.property(entry, ([name, key]) => {
      const text = Buffer.from(name).toString('latin1');
      const line = Buffer.from(`${text}:${Buffer.from(key).toString('hex')}\n`, 'latin1');
      const keys = readPskFile(line, () => assert.fail());
      assert.deepEqual([...keys], [[text, Buffer.from(key)]]);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      try {
        readPskFile(bytes, () => {});
      } catch (error) {
        assert.ok(error instanceof BadPskFile && /^line \d+: /.test(error.message));
      }
    }),
  );
});
