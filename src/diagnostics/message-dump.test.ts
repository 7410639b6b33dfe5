import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageDump } from './message-dump.ts';

function recorded() {
  const lines: string[] = [];
  return { lines, dump: messageDump((text) => lines.push(text)) };
}

test('a record header, what it hides, and a message are told with their bytes', () => {
  const { lines, dump } = recorded();
  dump.record?.('read', Buffer.of(23, 3, 3, 0, 0x45), 23);
  dump.inner?.('read', 22, 0x0304);
  dump.message?.('write', 22, 0x0304, Buffer.alloc(18, 2));
  assert.deepEqual(lines, [
    '<<< TLS 1.2, RecordHeader [length 0005]\n    17 03 03 00 45\n',
    '<<< TLS 1.3, InnerContent [length 0001]\n    16\n',
    `>>> TLS 1.3, Handshake [length 0012], ServerHello\n    ${'02 '.repeat(15)}02\n    02 02\n`,
  ]);
});

test('an alert is told by its level and name, as far as they are known', () => {
  const { lines, dump } = recorded();
  for (const bytes of [[1, 0], [2, 40], [3, 120], [2]]) dump.message?.('read', 21, 0x0303, Buffer.from(bytes));
  assert.deepEqual(
    lines.map((text) => text.split('\n')[0]),
    [
      '<<< TLS 1.2, Alert [length 0002], warning close_notify',
      '<<< TLS 1.2, Alert [length 0002], fatal handshake_failure',
      '<<< TLS 1.2, Alert [length 0002], ??? ???',
      '<<< TLS 1.2, Alert [length 0001], ???',
    ],
  );
});

test('what is no message or no version is told by its numbers', () => {
  const { lines, dump } = recorded();
  dump.message?.('read', 22, 0xfefd, Buffer.of(1));
  dump.message?.('read', 22, 0x0303, Buffer.of(99));
  dump.record?.('read', Buffer.from('GET /'), 0x47);
  assert.deepEqual(
    lines.map((text) => text.split('\n')[0]),
    [
      '<<< Not TLS data or unknown version (version=65277, content_type=22) [length 0001]',
      '<<< TLS 1.2, Handshake [length 0001]???',
      '<<< Not TLS data or unknown version (version=17748, content_type=256) [length 0005]',
    ],
  );
});
