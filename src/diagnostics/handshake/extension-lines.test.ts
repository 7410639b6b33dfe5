import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extensionLines } from './extension-lines.ts';

test('an extension is told by name, number and bytes', () => {
  const lines: string[] = [];
  const watcher = extensionLines((text) => lines.push(text));
  watcher.extension?.('read', 11, Buffer.of(1, 0));
  watcher.extension?.('read', 44, new Uint8Array(0));
  assert.deepEqual(lines, [
    `TLS client extension "EC point formats" (id=11), len=2\n0000 - 01 00 ${' '.repeat(44)}..\n`,
    'TLS client extension "unknown" (id=44), len=0\n',
  ]);
});
