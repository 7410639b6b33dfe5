import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';

test('a TLS 1.2 client that names no signature algorithms, where SHA-1 is refused, gets handshake_failure', async (t) => {
  const body = `0303${'11'.repeat(32)} 00 0002 009c 01 00`;
  const hello = Buffer.from(`16 0301 002d 01 000029 ${body}`.replaceAll(' ', ''), 'hex');
  const recorded = new Recorded({ settings: await settingsOf(...certificateFiles(t, 'RSA').words) });
  recorded.engine.feed(hello);
  const [ending] = recorded.endings;
  assert.equal(ending?.how === 'failed' && ending.problem.message, 'no suitable signature algorithm');
  assert.deepEqual([...recorded.sentBytes], [21, 3, 3, 0, 2, 2, 40]);
});
