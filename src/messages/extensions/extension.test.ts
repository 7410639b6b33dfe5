import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed } from '../../bytes/malformed.ts';
import { alpn } from './alpn.ts';
import { encryptedClientHello } from './encrypted-client-hello.ts';
import { decodeExtension, encodeExtension, findExtension } from './extension.ts';
import { extensionKind } from './index.ts';
import { keyShare } from './key-share.ts';
import { maxFragmentBytes } from './max-fragment-length.ts';
import { statusRequest } from './status-request.ts';

test('the form of an extension follows from its place', () => {
  const entry = { group: 0x001d, keyExchange: Buffer.of(1) };
  assert.deepEqual([...encodeExtension(keyShare, 'clientHello', [entry]).body], [0, 5, 0, 0x1d, 0, 1, 1]);
  assert.deepEqual([...encodeExtension(keyShare, 'serverHello', entry).body], [0, 0x1d, 0, 1, 1]);
  assert.deepEqual([...encodeExtension(keyShare, 'helloRetryRequest', 0x001d).body], [0, 0x1d]);
});

test('the first extension of a kind is found and decoded, a missing one is undefined', () => {
  const extensions = [
    { type: 0, body: Buffer.of() },
    { type: 16, body: Buffer.of(0, 3, 2, 0x68, 0x32) },
  ];
  assert.deepEqual(findExtension(alpn, 'clientHello', extensions), [Buffer.from('h2')]);
  assert.equal(findExtension(keyShare, 'clientHello', extensions), undefined);
});

test('bytes behind the contents are malformed', () => {
  assert.throws(() => decodeExtension(keyShare, 'helloRetryRequest', Buffer.of(0, 0x1d, 0)), Malformed);
  assert.throws(() => decodeExtension(statusRequest, 'serverHello', Buffer.of(0)), Malformed);
});

test('a status request of an unknown type can be decoded', () => {
  assert.equal(decodeExtension(statusRequest, 'clientHello', Buffer.of(9, 1, 2)).statusType, 9);
});

test('an encrypted hello is of the outer or the inner type', () => {
  const inner = decodeExtension(encryptedClientHello, 'clientHello', Buffer.of(1));
  assert.deepEqual(inner, { type: 1, value: {} });
  assert.throws(() => decodeExtension(encryptedClientHello, 'clientHello', Buffer.of(2)), Malformed);
});

test('kinds are found by their code point', () => {
  assert.equal(extensionKind(51), keyShare);
  assert.equal(extensionKind(0x0a0a), undefined);
});

test('codes of the maximum fragment length stand for 512 to 4096 bytes', () => {
  assert.deepEqual([0, 1, 4, 5].map(maxFragmentBytes), [undefined, 512, 4096, undefined]);
});
