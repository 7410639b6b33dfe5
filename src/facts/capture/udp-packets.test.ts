import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex } from '../../bytes/hex.ts';
import { UdpPackets } from './udp-packets.ts';

const client = { address: Uint8Array.of(192, 0, 2, 1), port: 0x1234 };
const server = { address: Uint8Array.of(192, 0, 2, 2), port: 4433 };

test('a datagram is one packet between the ports of both ends, whatever its direction', () => {
  const packets = new UdpPackets(() => ({ client, server }));
  const [received] = packets.carried('in', Uint8Array.of(1, 2, 3));
  const [sent] = packets.carried('out', Uint8Array.of(4));
  assert.ok(received && sent);
  assert.equal(hex(received.bytes.subarray(20, 26)), '12341151000b');
  assert.equal(hex(received.bytes.subarray(28)), '010203');
  assert.equal(hex(sent.bytes.subarray(20, 26)), '115112340009');
  assert.deepEqual([received.way, sent.way], ['in', 'out']);
});

test('datagrams have neither a beginning nor an end', () => {
  const packets = new UdpPackets(() => ({ client, server }));
  assert.deepEqual([...packets.opened(), ...packets.ended(), ...packets.reset()], []);
});
