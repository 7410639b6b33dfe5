import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from '../command-line/parse.ts';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { Stop } from '../output/stop.ts';
import { hostAndPort, listenAddress } from './accept-address.ts';

test('an address names host and port, or only one of them', () => {
  assert.deepEqual(hostAndPort('localhost:4433'), { host: 'localhost', port: '4433' });
  assert.deepEqual(hostAndPort('[::1]:4433'), { host: '::1', port: '4433' });
  assert.deepEqual(hostAndPort('*:https'), { port: 'https' });
  assert.deepEqual(hostAndPort(':0'), { port: '0' });
  assert.deepEqual(hostAndPort('4433'), { port: '4433' });
  assert.deepEqual(hostAndPort('localhost'), { port: 'localhost' });
  assert.deepEqual(hostAndPort('localhost:'), { host: 'localhost', port: '' });
  assert.deepEqual(hostAndPort('[::1]'), { host: '::1', port: '' });
  assert.deepEqual(hostAndPort('localhost:*'), { host: 'localhost', port: '' });
  assert.deepEqual(hostAndPort(''), { port: '' });
});

test('addresses that could mean two things are refused', () => {
  for (const text of ['a:b:c', '::1', '::1:4433', '[::1', '[::1]x', '[::1]:4433:1']) {
    assert.throws(() => hostAndPort(text), new Stop('s_server: -accept argument malformed or ambiguous\n'), text);
  }
});

test('any text is an address or refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        assert.ok(!hostAndPort(text).port.includes(':'));
      } catch (error) {
        assert.ok(error instanceof Stop);
      }
    }),
  );
});

test('without an option the address is port 4433 of all families', () => {
  assert.deepEqual(address(''), { family: 'any', port: '4433' });
});

test('the last of -port, -accept and -unix counts', () => {
  assert.deepEqual(address('-accept localhost:1 -port 2'), { family: 'any', port: '2' });
  assert.deepEqual(address('-port 2 -accept localhost:1'), { family: 'any', host: 'localhost', port: '1' });
  assert.deepEqual(address('-port 2 -unix sock'), { path: 'sock', unlink: false });
  assert.deepEqual(address('-unlink -unix sock'), { path: 'sock', unlink: true });
  assert.deepEqual(address('-4 -unix sock -port 2'), { family: 'any', port: '2' });
});

test('the last of -4 and -6 counts, and both drop a unix path', () => {
  assert.deepEqual(address('-4 -accept 1 -6'), { family: 'IPv6', port: '1' });
  assert.deepEqual(address('-6 -accept 1 -4'), { family: 'IPv4', port: '1' });
  assert.deepEqual(address('-accept 1 -unix sock -4'), { family: 'IPv4', port: '' });
});

function address(line: string) {
  return listenAddress(parse(line === '' ? [] : line.split(' '), new RecordedOutput()).given);
}
