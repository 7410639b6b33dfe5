import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementAt, objectIdentifier } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { dotted } from './object-identifier.ts';

test('what is encoded is read back', () => {
  for (const text of ['0.9.2342', '1.2.840.113549.1.1.1', '2.5.4.3', '2.999.3', '1.39.1'])
    assert.equal(dotted(elementAt(objectIdentifier(text), 0).body), text);
});

test('numbers of any size are exact', () => {
  assert.equal(dotted(Buffer.from('2b81ffffffffffffffff7f', 'hex')), '1.3.18446744073709551615');
});

test('an identifier that is empty, endless, unfinished or padded is malformed', () => {
  for (const body of ['', '2b86', '2b8001', '80'])
    assert.throws(() => dotted(Buffer.from(body, 'hex')), Malformed, body);
  assert.throws(() => dotted(Buffer.alloc(587, 1)), Malformed);
});
