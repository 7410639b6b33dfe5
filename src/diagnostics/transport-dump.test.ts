import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transportDump } from './transport-dump.ts';

function recorded(connection = 0) {
  const lines: string[] = [];
  const add = (text: string) => lines.push(text);
  return { lines, dump: transportDump({ out: add, late: add, connection }) };
}

test('a read tells how much was asked for and what came', () => {
  const { lines, dump } = recorded();
  dump.read?.(Buffer.of(22, 3, 1, 0, 0xdc), 5);
  dump.read?.(new Uint8Array(0), 5);
  assert.match(
    lines.join(''),
    /^read from 0x[0-9a-f]+ \[0x[0-9a-f]+\] \(5 bytes => 5 \(0x5\)\)\n0000 - 16 03 01 00 dc {36}\.{5}\nread .* \(5 bytes => 0\)\n$/,
  );
});

test('connections are told apart by their addresses', () => {
  const [first, second] = [recorded(0), recorded(1)];
  for (const { dump } of [first, second]) dump.write?.(Buffer.alloc(255));
  assert.match(first.lines.join(''), /^write to .* \(255 bytes => 255 \(0xFF\)\)\n0000 - 00/);
  assert.notEqual(first.lines[0], second.lines[0]);
});
