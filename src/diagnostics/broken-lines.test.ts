import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenLines } from './broken-lines.ts';

function printed(bytes: Uint8Array): string {
  let text = '';
  brokenLines({
    err: (line) => {
      text += line;
    },
  }).broken?.('badExtension', bytes);
  return text;
}

test('a violation is one line with the rule and the bytes', () => {
  assert.equal(printed(Buffer.of(0, 0x0a, 0xff)), 'BROKEN: bad extension: 00 0a ff\n');
  assert.equal(printed(Buffer.alloc(0)), 'BROKEN: bad extension\n');
});

test('of many bytes the first are shown', () => {
  assert.match(printed(Buffer.alloc(1000)), /^BROKEN: bad extension: (00 ){63}00 \.\.\. \(1000 bytes\)\n$/);
});
