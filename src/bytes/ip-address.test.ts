import assert from 'node:assert/strict';
import { SocketAddress } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { hex } from './hex.ts';
import { ipAddressBytes, unmapped } from './ip-address.ts';

test('an address is four or sixteen bytes, however it is abbreviated', () => {
  assert.deepEqual(Array.from(ipAddressBytes('192.0.2.1')), [192, 0, 2, 1]);
  assert.equal(hex(ipAddressBytes('::')), '0'.repeat(32));
  assert.equal(hex(ipAddressBytes('2001:db8::1')), '20010db8000000000000000000000001');
  assert.equal(hex(ipAddressBytes('fe80::%eth0')), `fe80${'0'.repeat(28)}`);
  assert.equal(hex(ipAddressBytes('::ffff:127.0.0.1')), '00000000000000000000ffff7f000001');
  assert.equal(hex(ipAddressBytes('1:2:3:4:5:6:7:8')), '00010002000300040005000600070008');
});

test('the shortest form of an IPv6 address has the bytes of its longest', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const { address } = new SocketAddress({ address: text, family: 'ipv6' });
      assert.equal(hex(ipAddressBytes(address)), hex(ipAddressBytes(text)));
    }),
  );
});

test('only an IPv4 address inside of an IPv6 address is unwrapped', () => {
  assert.equal(unmapped('::ffff:192.0.2.1'), '192.0.2.1');
  for (const address of ['192.0.2.1', '::1', '::ffff:0:1', '2001:db8::ffff:192.0.2.1'])
    assert.equal(unmapped(address), address);
});
