import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stop } from '../output/stop.ts';
import { protocolList } from './protocol-list.ts';

test('names stand between commas and empty places do not count', () => {
  assert.deepEqual(protocolList('h2,http/1.1'), ['h2', 'http/1.1']);
  assert.deepEqual(protocolList(',a,,b,'), ['a', 'b']);
});

test('a name is bytes: one character each', () => {
  assert.deepEqual(protocolList('é'), ['\u00c3\u00a9']);
});

test('no name, or one of 256 bytes, ends the program without a word', () => {
  for (const text of ['', ',,', 'x'.repeat(256), 'x,'.repeat(40000)])
    assert.throws(() => protocolList(text), new Stop(''));
  assert.equal(protocolList('x'.repeat(255)).length, 1);
});
