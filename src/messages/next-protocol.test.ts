import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Version } from '../names/versions.ts';
import { encodeMessage } from './message.ts';
import { NextProtocol, nextProtocolPadding } from './next-protocol.ts';

test('name and padding fill a multiple of 32 bytes, whatever the length of the name', () => {
  for (let length = 0; length <= 255; length++) {
    const selectedProtocol = new Uint8Array(length);
    const padding = nextProtocolPadding(selectedProtocol);
    assert.ok(padding.length >= 1 && padding.length <= 32);
    const message = encodeMessage(NextProtocol, { selectedProtocol, padding }, { version: Version['TLSv1.2'] });
    assert.equal((message.length - 4) % 32, 0);
  }
});
