import assert from 'node:assert/strict';
import { createHash, createHmac, createSecretKey } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { constantTimeEqual, type HashName, hash, hashLength, hmac } from './hash.ts';

const names: readonly HashName[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
const parts = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 5 });

test('every hash has the length it claims, over any number of parts', () => {
  for (const name of names) assert.equal(hash(name).length, hashLength(name));
  fc.assert(
    fc.property(fc.constantFrom(...names), parts, (name, pieces) => {
      const expected = createHash(name).update(Buffer.concat(pieces)).digest();
      assert.deepEqual(Buffer.from(hash(name, ...pieces)), expected);
    }),
    { numRuns: 50 },
  );
});

test('the short way of HMAC gives what createHmac gives, whatever the length of key and message', () => {
  const key = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(fc.constantFrom(...names), key, parts, (name, secret, pieces) => {
      const expected = createHmac(name, secret).update(Buffer.concat(pieces)).digest();
      assert.deepEqual(Buffer.from(hmac(name, secret, ...pieces)), expected);
      assert.deepEqual(Buffer.from(hmac(name, createSecretKey(secret), ...pieces)), expected);
    }),
    { numRuns: 200 },
  );
});

test('HMAC over exactly as much as the short way takes, and one byte more', () => {
  for (const size of [1024, 1025]) {
    const message = Buffer.alloc(size, 7);
    for (const name of names)
      assert.deepEqual(
        Buffer.from(hmac(name, Buffer.from('key'), message)),
        createHmac(name, 'key').update(message).digest(),
      );
  }
});

test('an earlier answer of HMAC is not overwritten by a later one', () => {
  const first = hmac('sha256', Buffer.from('Jefe'), Buffer.from('what do ya want for nothing?'));
  hmac('sha256', Buffer.from('other'), Buffer.from('other'));
  // RFC 4231 section 4.3
  assert.equal(Buffer.from(first).toString('hex'), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
});

test('comparing in constant time tells equal from unequal, also with unequal lengths', () => {
  assert.equal(constantTimeEqual(Buffer.from('ab'), Buffer.from('ab')), true);
  assert.equal(constantTimeEqual(Buffer.from('ab'), Buffer.from('ac')), false);
  assert.equal(constantTimeEqual(Buffer.from('ab'), Buffer.from('abc')), false);
  assert.equal(constantTimeEqual(Buffer.alloc(0), Buffer.alloc(0)), true);
});
