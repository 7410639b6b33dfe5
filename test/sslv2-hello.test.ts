import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';

const challenge = 'c3'.repeat(16);

/** record is a hello in the form of SSL 2.0 with its record header of two bytes. */
function record(body: string): Uint8Array {
  const message = Buffer.from(body.replaceAll(' ', ''), 'hex');
  return Buffer.concat([Buffer.of(0x80 | (message.length >> 8), message.length & 0xff), message]);
}

async function peer(t: Parameters<typeof certificateFiles>[0]): Promise<Recorded> {
  const words = ['-cipher', 'ALL:@SECLEVEL=0', ...certificateFiles(t, 'RSA').words];
  return new Recorded({ settings: await settingsOf(...words) });
}

function failure({ endings: [ending] }: Recorded): string {
  return ending?.how === 'failed' ? ending.problem.message : `${ending?.how}`;
}

test('a hello in the form of SSL 2.0 that asks for TLS is answered', async (t) => {
  const hello = record(`01 0302 0006 0000 0010 00002f 0000ff ${challenge}`);
  const recorded = await peer(t);
  for (const byte of hello) recorded.engine.feed(Uint8Array.of(byte));
  assert.deepEqual(recorded.endings, []);
  const { sentBytes } = recorded;
  assert.deepEqual([...sentBytes.subarray(0, 3), sentBytes[5], ...sentBytes.subarray(9, 11)], [22, 3, 2, 2, 3, 2]);
});

test('the session that such a hello names is not looked for', async (t) => {
  const settings = await settingsOf('-cipher', 'ALL:@SECLEVEL=0', ...certificateFiles(t, 'RSA').words);
  const recorded = new Recorded({ settings });
  recorded.engine.feed(record(`01 0302 0006 0010 0010 00002f 0000ff ${'5e'.repeat(16)} ${challenge}`));
  assert.deepEqual(recorded.endings, []);
  assert.ok(recorded.sentBytes.length > 0);
  assert.equal(settings.statistics.misses, 0);
});

test('a client that knows only SSL 2.0 is refused', async (t) => {
  const recorded = await peer(t);
  recorded.engine.feed(record(`01 0002 0003 0000 0010 010080 ${challenge}`));
  assert.equal(failure(recorded), 'unknown protocol');
});

test('lengths that do not fit are refused', async (t) => {
  const recorded = await peer(t);
  recorded.engine.feed(record(`01 0301 0009 0000 0010 00002f ${challenge}`));
  assert.equal(failure(recorded), 'record length mismatch');
  const short = await peer(t);
  short.engine.feed(record('01 0301 00'));
  short.engine.feed(Buffer.of(0));
  assert.equal(failure(short), 'length too short');
});

test('the form is taken only in the first record', async (t) => {
  const recorded = await peer(t);
  recorded.engine.feed(record(`01 0301 0006 0000 0010 00002f 0000ff ${challenge}`));
  recorded.engine.feed(record(`01 0301 0006 0000 0010 00002f 0000ff ${challenge}`));
  assert.equal(failure(recorded), 'wrong version number');
});

test('observers are told of it as of no TLS message', async (t) => {
  const seen: unknown[] = [];
  const words = ['-cipher', 'ALL:@SECLEVEL=0', ...certificateFiles(t, 'RSA').words];
  const observer = {
    message(way: string, contentType: number, version: number, { length }: Uint8Array) {
      if (way === 'read') seen.push([contentType, version, length]);
    },
  };
  const recorded = new Recorded({ settings: await settingsOf(...words), observer });
  recorded.engine.feed(record(`01 0302 0006 0000 0010 00002f 0000ff ${challenge}`));
  assert.deepEqual(seen, [[0, 2, 31]]);
});
