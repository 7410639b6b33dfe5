import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed } from '../bytes/malformed.ts';
import { decode } from '../bytes/wire.ts';
import { Version } from '../names/versions.ts';
import { ClientHello } from './client-hello.ts';

const start = `0303${'11'.repeat(32)}`;
const stream = { version: 0 };

test('a hello without extensions says so, one with an empty block says that', () => {
  assert.equal(hello(`${start}00 0002 002f 01 00`).extensions, undefined);
  assert.deepEqual(hello(`${start}00 0002 002f 01 00 0000`).extensions, []);
});

test('lists of suites and compression methods may be empty, but not odd', () => {
  const bare = hello(`${start}00 0000 00`);
  assert.deepEqual(bare.cipherSuites, []);
  assert.deepEqual(bare.compressionMethods, []);
  assert.throws(() => hello(`${start}00 0003 002f00 01 00`), { name: 'Malformed', message: /^cipherSuites\.\[1\]: / });
});

test('a session id has at most 32 bytes', () => {
  assert.equal(hello(`${start}20 ${'22'.repeat(32)} 0002 002f 01 00`).sessionId.length, 32);
  assert.throws(() => hello(`${start}21 ${'22'.repeat(33)} 0002 002f 01 00`), Malformed);
});

test('a datagram hello has a cookie behind the session id', () => {
  const bytes = `fefd${'11'.repeat(32)}00 02abcd 0002 002f 01 00`;
  const { cookie, cipherSuites } = hello(bytes, { version: Version['DTLSv1.2'] });
  assert.deepEqual(cookie, Buffer.from('abcd', 'hex'));
  assert.deepEqual(cipherSuites, [0x002f]);
});

test('bytes behind the extensions are refused', () => {
  assert.throws(() => hello(`${start}00 0002 002f 01 00 0000 00`), Malformed);
});

function hello(text: string, context = stream): ClientHello {
  return decode(ClientHello.wire(context), Buffer.from(text.replaceAll(' ', ''), 'hex'));
}
