import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownAddress } from './own-address.ts';

const interfaces = () => [
  { address: '127.0.0.1', cidr: '127.0.0.1/8', family: 'IPv4' as const, internal: true },
  { address: '::1', cidr: '::1/128', family: 'IPv6' as const, internal: true },
  { address: '10.0.0.5', cidr: '10.0.0.5/24', family: 'IPv4' as const, internal: false },
  { address: '192.168.7.5', cidr: '192.168.7.5/16', family: 'IPv4' as const, internal: false },
];

test('an address that is bound is the one that was reached', () => {
  assert.equal(ownAddress('10.0.0.5', '192.168.7.9', interfaces), '10.0.0.5');
});

test('where all are bound it is the one in the network of the peer', () => {
  assert.equal(ownAddress('::', '::1', interfaces), '::1');
  assert.equal(ownAddress('::', '::ffff:127.0.0.1', interfaces), '127.0.0.1');
  assert.equal(ownAddress('0.0.0.0', '192.168.1.1', interfaces), '192.168.7.5');
});

test('a peer from elsewhere has reached the first that is not for this machine alone', () => {
  assert.equal(ownAddress('0.0.0.0', '203.0.113.9', interfaces), '10.0.0.5');
  assert.equal(ownAddress('::', '2001:db8::9', interfaces), '::');
});
