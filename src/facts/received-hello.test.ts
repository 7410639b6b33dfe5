import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ClientHello } from '../messages/client-hello.ts';
import { alpn } from '../messages/extensions/alpn.ts';
import { encodeExtension } from '../messages/extensions/extension.ts';
import { serverName } from '../messages/extensions/server-name.ts';
import { trustAnchors } from '../messages/extensions/trust-anchors.ts';
import { encodeMessage } from '../messages/message.ts';
import { Version } from '../names/versions.ts';
import { receivedHello } from './received-hello.ts';

const extensions = [
  encodeExtension(serverName, 'clientHello', [{ nameType: 0, name: Buffer.from('a.example') }]),
  encodeExtension(alpn, 'clientHello', [Buffer.from('h2'), Buffer.from('x')]),
  encodeExtension(trustAnchors, 'clientHello', [Uint8Array.of(0x81, 0xfd, 0x59, 0x01), Uint8Array.of(0x80)]),
  { type: 0x0a0a, body: new Uint8Array(1) },
];
const hello = {
  legacyVersion: Version['TLSv1.2'],
  random: new Uint8Array(32),
  sessionId: new Uint8Array(0),
  cipherSuites: [0x1301, 0x0a0a],
  compressionMethods: [0],
  extensions,
};
const raw = encodeMessage(ClientHello, hello, { version: Version['TLSv1.2'] });

test('what has a name is named, what is unknown stays a number', () => {
  const read = receivedHello(raw);
  assert.deepEqual(read?.cipherSuites, [
    { code: 0x1301, name: 'TLS_AES_128_GCM_SHA256' },
    { code: 0x0a0a, name: undefined },
  ]);
  assert.deepEqual(
    read?.extensions.map(({ code, name }) => ({ code, name })),
    [
      { code: 0, name: 'server_name' },
      { code: 16, name: 'application_layer_protocol_negotiation' },
      { code: 0xca34, name: 'trust_anchors' },
      { code: 0x0a0a, name: undefined },
    ],
  );
  assert.equal(read?.serverName, 'a.example');
  assert.deepEqual(read?.alpnProtocols, ['h2', 'x']);
  assert.deepEqual(read?.trustAnchors, ['32473.1']);
  assert.deepEqual(read?.groups, []);
  assert.equal(read?.raw, raw);
});

test('a malformed extension counts as missing, the others are read', () => {
  const broken = [{ type: 0, body: Uint8Array.of(1, 2, 3) }, ...extensions.filter(({ type }) => type === 16)];
  const read = receivedHello(
    encodeMessage(ClientHello, { ...hello, extensions: broken }, { version: Version['TLSv1.2'] }),
  );
  assert.equal(read?.serverName, undefined);
  assert.deepEqual(read?.alpnProtocols, ['h2', 'x']);
});

test('a hello in the form of SSL 2.0 is read too', () => {
  const old = Buffer.concat([Buffer.from('010301000300000010', 'hex'), Buffer.from('00002f', 'hex'), Buffer.alloc(16)]);
  assert.deepEqual(receivedHello(old)?.cipherSuites, [{ code: 0x2f, name: 'AES128-SHA' }]);
  assert.equal(receivedHello(old)?.legacyVersion, Version.TLSv1);
});

test('whatever the bytes, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(raw.length - 1), (bytes, at) => {
      receivedHello(bytes);
      const changed = Uint8Array.from(raw);
      changed.set(bytes.subarray(0, changed.length - at), at);
      receivedHello(changed);
      receivedHello(raw.subarray(0, at));
    }),
  );
  assert.equal(receivedHello(Uint8Array.of(2, 0, 0, 0)), undefined);
});
