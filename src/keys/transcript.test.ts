import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hash } from '../crypto/primitives/hash.ts';
import { Transcript } from './transcript.ts';

const one = Buffer.from('first message');
const two = Buffer.from('second message');

test('a hash that is chosen late covers the messages before it', () => {
  const transcript = new Transcript();
  transcript.add(one);
  transcript.use('sha256');
  transcript.add(two);
  assert.deepEqual(Buffer.from(transcript.digest('sha256')), Buffer.from(hash('sha256', one, two)));
  assert.deepEqual(Buffer.from(transcript.bytes()), Buffer.concat([one, two]));
});

test('reading the hash does not end it', () => {
  const transcript = new Transcript();
  transcript.use('sha384');
  transcript.digest('sha384');
  transcript.add(one);
  assert.deepEqual(Buffer.from(transcript.digest('sha384')), Buffer.from(hash('sha384', one)));
});

test('after a HelloRetryRequest a message_hash stands for the first hello', () => {
  const transcript = new Transcript();
  transcript.add(one);
  transcript.use('sha256');
  transcript.replaceByHash('sha256');
  transcript.add(two);
  const synthetic = Buffer.concat([Buffer.of(254, 0, 0, 32), hash('sha256', one)]);
  assert.deepEqual(Buffer.from(transcript.digest('sha256')), Buffer.from(hash('sha256', synthetic, two)));
});

test('a binder covers the last message only in part', () => {
  const transcript = new Transcript();
  transcript.add(one);
  transcript.add(two);
  const expected = hash('sha256', one, two.subarray(0, 5));
  assert.deepEqual(Buffer.from(transcript.digestTruncated('sha256', 5)), Buffer.from(expected));
});

test('what was forgotten cannot be asked for', () => {
  const transcript = new Transcript();
  transcript.add(one);
  transcript.forgetMessages();
  assert.throws(() => transcript.bytes());
  assert.throws(() => transcript.digestTruncated('sha256', 1));
  assert.throws(() => transcript.digest('sha256'));
});

test('a message may be changed by its owner once it is in', () => {
  const transcript = new Transcript();
  const mine = Buffer.from(one);
  transcript.add(mine);
  mine.fill(0);
  transcript.use('sha256');
  assert.deepEqual(Buffer.from(transcript.digest('sha256')), Buffer.from(hash('sha256', one)));
});
