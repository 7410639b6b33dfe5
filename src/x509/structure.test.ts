import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integer, sequence, Tag } from '../bytes/der.ts';
import { Malformed } from '../bytes/malformed.ts';
import { Structure } from './structure.ts';

test('fields are taken in order, the optional ones where they are', () => {
  const fields = new Structure(sequence(integer(1), integer(2))).sequence('outer');
  assert.deepEqual(Array.from(fields.take('first', Tag.integer).body), [1]);
  assert.equal(fields.takeIf('text', Tag.utf8String), undefined);
  assert.deepEqual(Array.from(fields.take('second').encoding), [2, 1, 2]);
  assert.equal(fields.takeIf('text', Tag.utf8String), undefined);
  assert.equal(fields.isEmpty, true);
  fields.end('outer');
});

test('a fault names the field', () => {
  const isFaultOf = (field: string) => (error: unknown) => error instanceof Malformed && error.path[0] === field;
  assert.throws(() => new Structure(integer(1)).take('name', Tag.sequence), isFaultOf('name'));
  assert.throws(() => new Structure(Buffer.of(2, 5)).take('number'), isFaultOf('number'));
  assert.throws(() => new Structure(Buffer.alloc(0)).take('number'), isFaultOf('number'));
  assert.throws(() => new Structure(integer(1)).end('rest'), isFaultOf('rest'));
});
