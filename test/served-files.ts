import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Cleanup, Program } from './program.ts';

const mebibyte = 1 << 20;

/** largeFileArrives asserts that `-WWW` serves a file of this size unchanged without holding it in memory. */
export async function largeFileArrives(
  t: Cleanup,
  version: string,
  mebibytes: number,
  words: readonly string[],
): Promise<void> {
  const size = mebibytes * mebibyte;
  const expected = sparseFile('large.bin', size);
  const program = await Program.start(t, '-WWW', version, ...words);
  await page(program, 'large.bin?');
  const before = peakMemory(program);
  const { digest, length } = await digestOf(program, 'large.bin');
  assert.equal(length, size);
  assert.equal(digest, expected);
  assert.ok(peakMemory(program) - before < 48 * mebibyte, `${before} to ${peakMemory(program)} bytes`);
}

export function page(program: Program, path: string): Promise<string> {
  return answer(program, path).then(text);
}

async function digestOf(program: Program, path: string): Promise<{ digest: string; length: number }> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of await answer(program, path)) {
    hash.update(chunk);
    length += chunk.length;
  }
  return { digest: hash.digest('hex'), length };
}

function answer({ port }: Program, path: string): Promise<NodeJS.ReadableStream & AsyncIterable<Uint8Array>> {
  const agent = new Agent({ rejectUnauthorized: false });
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: `/${path}`, agent }, resolve).on('error', reject);
  });
}

/** sparseFile makes a file of mostly holes, with random bytes here and there. Returns the SHA-256 of its content. */
function sparseFile(name: string, size: number): string {
  const islands = new Map([0, 25, 58, 63].map((at) => [at, randomBytes(mebibyte)]));
  const file = openSync(name, 'w');
  for (const [at, bytes] of islands) writeSync(file, bytes, 0, bytes.length, at * mebibyte);
  ftruncateSync(file, size);
  closeSync(file);
  const hash = createHash('sha256');
  const hole = Buffer.alloc(mebibyte);
  for (let at = 0; at < size / mebibyte; at++) hash.update(islands.get(at) ?? hole);
  return hash.digest('hex');
}

/** peakMemory returns bytes; 0 on systems without /proc. */
function peakMemory({ process: { pid } }: Program): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) * 1024;
  } catch {
    return 0;
  }
}
