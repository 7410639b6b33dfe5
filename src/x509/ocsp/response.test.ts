import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed } from '../../bytes/malformed.ts';
import { basic, good, response, revoked, unknown } from './response.test.fixture.ts';
import { basicOcspResponse, readBasicOcspResponse, readOcspResponse } from './response.ts';

test('what a response says is read, and what follows it is left out', () => {
  const bytes = response(basic([good, revoked, unknown]));
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
  const bytes = response(basic([good, revoked]));
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
