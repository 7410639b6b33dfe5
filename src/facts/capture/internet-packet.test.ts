import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hex } from '../../bytes/hex.ts';
import { ipAddressBytes } from '../../bytes/ip-address.ts';
import { internetPacket, wordSum } from './internet-packet.ts';

const flow = (source: string, destination: string) => ({
  source: { address: ipAddressBytes(source), port: 1 },
  destination: { address: ipAddressBytes(destination), port: 2 },
});

/** All words with the checksum among them come to all ones (RFC 1071). */
function isRight(...parts: readonly Uint8Array[]): boolean {
  const sum = parts.reduce((total, part) => total + wordSum(part), 0);
  return sum > 0 && sum % 0xffff === 0;
}

test('an IPv4 packet has its length, its protocol and its addresses in the header', () => {
  const packet = internetPacket(flow('192.0.2.1', '198.51.100.2'), {
    protocol: 17,
    bytes: new Uint8Array(8),
    checksumAt: 6,
  });
  assert.equal(hex(packet.subarray(0, 10)), '4500001c000040004011');
  assert.equal(hex(packet.subarray(12, 20)), 'c0000201c6336402');
  assert.ok(isRight(packet.subarray(0, 20)));
});

test('an IPv6 packet has the length of what follows the header', () => {
  const packet = internetPacket(flow('2001:db8::1', '2001:db8::2'), {
    protocol: 6,
    bytes: new Uint8Array(20),
    checksumAt: 16,
  });
  assert.equal(hex(packet.subarray(0, 8)), '6000000000140640');
  assert.equal(packet.length, 60);
});

test('the checksum of the transport is right for any content over both versions of IP', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 100 }), fc.boolean(), (content, isOld) => {
      const ends = isOld ? flow('10.1.2.3', '10.255.0.9') : flow('fe80::1', '2001:db8:ffff::9');
      const bytes = Uint8Array.from(content).fill(0, 6, 8);
      const packet = internetPacket(ends, { protocol: 17, bytes, checksumAt: 6 });
      const addresses = [ends.source.address, ends.destination.address];
      const lengthAndProtocol = Uint8Array.of(0, bytes.length, 0, 17);
      assert.ok(isRight(...addresses, lengthAndProtocol, packet.subarray(isOld ? 20 : 40)));
    }),
  );
});

test('a checksum that comes to zero is sent as all ones', () => {
  const bytes = Uint8Array.of(0xff, 0xff - 17 - 4, 0, 0);
  const packet = internetPacket(flow('0.0.0.0', '0.0.0.0'), { protocol: 17, bytes, checksumAt: 2 });
  assert.equal(hex(packet.subarray(22)), 'ffff');
});
