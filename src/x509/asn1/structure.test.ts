import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integer, sequence, Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
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

test('what is BER and no DER is read as OpenSSL reads it', () => {
  const fields = (hex: string) => new Structure(Buffer.from(hex, 'hex'));
  const indefinite = fields('3080020101a0800500000000000401aa');
  const inner = indefinite.sequence('outer');
  assert.deepEqual(Array.from(inner.take('number', Tag.integer).body), [1]);
  assert.deepEqual(Array.from(inner.take('null', 0xa0).body), [5, 0]);
  inner.end('outer');
  assert.deepEqual(Array.from(indefinite.take('text', Tag.octetString).encoding), [4, 1, 0xaa]);
  assert.deepEqual(Array.from(fields('0484000000016a').take('long length', Tag.octetString).body), [0x6a]);
  const pieces = fields('2480040161240604016204016304000000');
  assert.deepEqual(Buffer.from(pieces.take('pieces', Tag.octetString).body).toString(), 'abc');
  assert.equal(pieces.isEmpty, true);
});

test('lengths without an end, of nothing and in too many levels are faults', () => {
  for (const hex of ['3080', '30800500', '3080050000', '0480', '30ff', '30850100000000', '3080'.repeat(50)]) {
    assert.throws(() => new Structure(Buffer.from(hex, 'hex')).take('field'), Malformed, hex);
  }
});
