import assert from 'node:assert/strict';
import { test } from 'node:test';
import { der, integer, objectIdentifier, octetString, sequence, Tag, tagged } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { basicOcspResponse, readBasicOcspResponse, readOcspResponse } from './response.ts';

const time = der(0x18, Buffer.from('20260101000000Z'));
const algorithm = sequence(objectIdentifier('1.3.14.3.2.26'), der(Tag.null));
const certificateId = sequence(algorithm, octetString(Buffer.alloc(20)), octetString(Buffer.alloc(20)), integer(66));

function basic(...statuses: Uint8Array[]): Uint8Array {
  const singles = statuses.map((status) => sequence(certificateId, status, time, tagged(0, time)));
  const responderId = der(0xa2, octetString(Buffer.alloc(20)));
  const data = sequence(responderId, time, sequence(...singles));
  return sequence(data, algorithm, der(Tag.bitString, Buffer.of(0, 1, 2)));
}

function response(content: Uint8Array): Uint8Array {
  const bytes = sequence(objectIdentifier(basicOcspResponse), octetString(content));
  return sequence(der(0x0a, Buffer.of(0)), tagged(0, bytes));
}

const good = der(0x80);
const revoked = der(0xa1, time, tagged(0, der(0x0a, Buffer.of(4))));

test('what a response says is read, and what follows it is left out', () => {
  const bytes = response(basic(good, revoked, der(0x82)));
  const { der: own, status, answer } = readOcspResponse(Buffer.concat([bytes, Buffer.from('more')]));
  assert.deepEqual([Buffer.from(own), status, answer?.type], [bytes, 0, basicOcspResponse]);
  const { responses } = readBasicOcspResponse(answer?.bytes ?? new Uint8Array(0));
  assert.deepEqual(
    responses.map((it) => [it.status, it.revocation?.reason]),
    [
      ['good', undefined],
      ['revoked', 4],
      ['unknown', undefined],
    ],
  );
});

test('a response without an answer has its status', () => {
  const found = readOcspResponse(Buffer.from('30030a0103', 'hex'));
  assert.deepEqual([found.status, found.answer], [3, undefined]);
});

test('a response that is cut or changed anywhere is Malformed or read, and nothing else', () => {
  const bytes = response(basic(good, revoked));
  const read = (from: Uint8Array) => {
    const { answer } = readOcspResponse(from);
    if (answer) readBasicOcspResponse(answer.bytes);
  };
  for (let at = 0; at < bytes.length; at++) {
    assert.throws(() => read(bytes.subarray(0, at)), Malformed);
    for (const flip of [0x01, 0x20, 0x80, 0xff]) {
      const changed = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ flip : byte));
      try {
        read(changed);
      } catch (error) {
        assert.ok(error instanceof Malformed);
      }
    }
  }
});
