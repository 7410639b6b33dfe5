import assert from 'node:assert/strict';

export interface Block {
  readonly type: number;
  readonly body: Uint8Array;
}

/** The blocks of a capture, each of which says its length at both ends and is a multiple of four bytes. */
export function blocksOf(bytes: Uint8Array): Block[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const blocks: Block[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = view.getUint32(at + 4);
    assert.equal(length % 4, 0);
    assert.equal(view.getUint32(at + length - 4), length);
    blocks.push({ type: view.getUint32(at), body: bytes.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
}
