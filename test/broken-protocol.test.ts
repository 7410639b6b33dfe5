import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';

/** supported_groups twice, and DEFLATE as the only compression method. */
function brokenHello(): Uint8Array {
  const groups = '000a00040002001d';
  const extensions = Buffer.from(`${groups}${groups}000d000400020401ff01000100`, 'hex');
  const body = Buffer.concat([
    Buffer.from(`0303${'07'.repeat(32)}000002c02f0101`, 'hex'),
    Buffer.of(extensions.length >> 8, extensions.length & 0xff),
    extensions,
  ]);
  const message = Buffer.concat([Buffer.of(1, 0, body.length >> 8, body.length & 0xff), body]);
  return Buffer.concat([Buffer.of(22, 3, 1, message.length >> 8, message.length & 0xff), message]);
}

test('with -debug_broken_protocol all faults of a hello are told and it is answered', async (t) => {
  const broken: string[] = [];
  const settings = await settingsOf('-debug_broken_protocol', ...certificateFiles(t, 'RSA').words);
  const observer = { broken: (problem: string) => broken.push(problem) };
  const recorded = new Recorded({ settings, observer });
  recorded.engine.feed(brokenHello());
  assert.deepEqual(broken, ['badExtension', 'noCompressionSpecified']);
  assert.deepEqual(recorded.endings, []);
  assert.equal(recorded.sentBytes[5], 2);
});

test('a message of another type is told and waited past', async (t) => {
  const broken: string[] = [];
  const settings = await settingsOf('-debug_broken_protocol', ...certificateFiles(t, 'RSA').words);
  const observer = { broken: (problem: string) => broken.push(problem) };
  const recorded = new Recorded({ settings, observer });
  recorded.engine.feed(Buffer.from('160301000414000000', 'hex'));
  recorded.engine.feed(brokenHello());
  assert.deepEqual(broken, ['unexpectedMessage', 'badExtension', 'noCompressionSpecified']);
});

test('a message that is longer than any of its type is the end all the same', async (t) => {
  const settings = await settingsOf('-debug_broken_protocol', ...certificateFiles(t, 'RSA').words);
  const recorded = new Recorded({ settings });
  recorded.engine.feed(Buffer.from('160301000401ffffff', 'hex'));
  const [ending] = recorded.endings;
  assert.equal(ending?.how === 'failed' && ending.problem.message, 'excessive message size');
});

test('without it the first fault is the end', async (t) => {
  const recorded = new Recorded({ settings: await settingsOf(...certificateFiles(t, 'RSA').words) });
  recorded.engine.feed(brokenHello());
  assert.equal(recorded.endings[0]?.how, 'failed');
});
