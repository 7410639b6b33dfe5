import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hex } from '../../bytes/hex.ts';
import { blocksOf } from './pcapng.test.fixture.ts';
import { fileHeader, packetBlock, secretsBlock } from './pcapng.ts';

test('a file begins with its section and one interface of raw IP packets', () => {
  const [section, description, ...others] = blocksOf(fileHeader('s_server'));
  assert.ok(section && description);
  assert.deepEqual(others, []);
  assert.deepEqual([section.type, description.type], [0x0a0d0d0a, 1]);
  assert.equal(hex(section.body.subarray(0, 16)), '1a2b3c4d00010000ffffffffffffffff');
  assert.equal(hex(description.body.subarray(0, 8)), '0065000000000000');
});

test('a packet has its time in microseconds, its length twice, and its direction', () => {
  const at = 1_700_000_000_123.456;
  const [packet] = blocksOf(packetBlock({ way: 'out', bytes: Uint8Array.of(1, 2, 3, 4, 5), at }));
  assert.ok(packet);
  const view = new DataView(packet.body.buffer, packet.body.byteOffset);
  assert.equal(view.getUint32(4) * 2 ** 32 + view.getUint32(8), 1_700_000_000_123_456);
  assert.deepEqual([view.getUint32(12), view.getUint32(16)], [5, 5]);
  assert.equal(hex(packet.body.subarray(20)), '01020304050000000002000400000002' + '00000000');
});

test('a comment stands beside the direction of its packet', () => {
  const [packet] = blocksOf(packetBlock({ way: 'in', bytes: new Uint8Array(4), at: 0, comment: 'no' }));
  assert.ok(packet);
  assert.equal(hex(packet.body.subarray(24)), '000100026e6f0000' + '0002000400000001' + '00000000');
});

test('secrets are a block of their own that says what they are', () => {
  const [secrets] = blocksOf(secretsBlock('A 01 02\n'));
  assert.ok(secrets);
  assert.equal(secrets.type, 10);
  assert.equal(hex(secrets.body), `544c534b00000008${hex(Buffer.from('A 01 02\n'))}`);
});

test('blocks of any content follow each other without a gap', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 5 }), fc.string(), (packets, comment) => {
      const blocks = packets.map((bytes) => packetBlock({ way: 'in', bytes, at: 0, comment }));
      assert.equal(blocksOf(Buffer.concat(blocks)).length, packets.length);
    }),
  );
});

test('a comment that is too long for an option is cut', () => {
  const blocks = blocksOf(packetBlock({ way: 'in', bytes: new Uint8Array(4), at: 0, comment: 'x'.repeat(70_000) }));
  assert.equal(blocks.length, 1);
});
