import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { struct, text, u8, u16, vector } from '../../bytes/wire.ts';
import { extensionKinds } from '../../messages/extensions/index.ts';
import { handshakeKinds } from '../../messages/handshake-kinds.ts';
import { Version } from '../../names/versions.ts';
import { messageJson } from './message-json.ts';
import { extensionJson, wireJson } from './wire-json.ts';

const versions = [Version.SSLv3, Version['TLSv1.2'], Version['TLSv1.3'], Version['DTLSv1.2']];
const keyExchanges = ['RSA', 'DHE', 'ECDHE', 'PSK', 'RSAPSK', 'DHEPSK', 'ECDHEPSK', 'SRP', 'any'] as const;
const places = [
  'clientHello',
  'serverHello',
  'helloRetryRequest',
  'encryptedExtensions',
  'certificate',
  'certificateRequest',
  'newSessionTicket',
] as const;

test('any bytes as any message are a value of JSON', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...handshakeKinds.keys(), 99),
      fc.constantFrom(...versions),
      fc.constantFrom(...keyExchanges),
      fc.boolean(),
      fc.uint8Array({ maxLength: 300 }),
      (type, version, keyExchange, rawPublicKey, bytes) => {
        const value = messageJson(type, bytes, { version, keyExchange, rawPublicKey });
        assert.deepEqual(JSON.parse(JSON.stringify(value)), value);
      },
    ),
  );
});

test('any bytes as any extension anywhere are a value of JSON', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...extensionKinds.map(({ code }) => code), 0x1234),
      fc.constantFrom(...places),
      fc.uint8Array({ maxLength: 200 }),
      (code, place, body) => {
        const value = extensionJson(code, body, place);
        assert.equal(value.bytes, Buffer.from(body).toString('hex'));
        assert.deepEqual(JSON.parse(JSON.stringify(value)), value);
      },
    ),
  );
});

const Pair = struct({ names: vector(text(1, 255), 0, 65535), number: u16 });

test('a text is itself where it is printable and its bytes where it is not', () => {
  const bytes = Uint8Array.of(0, 6, 2, 0x68, 0x32, 2, 0x0a, 0x22, 0, 7);
  assert.deepEqual(wireJson(Pair, bytes), { names: ['h2', { hex: '0a22' }], number: 7 });
});

test('a fault ends with the length that encloses it', () => {
  const bytes = Uint8Array.of(0, 3, 9, 0x68, 0x32, 0, 7);
  const fault = { malformed: '9 bytes needed, 2 left', rest: '096832' };
  assert.deepEqual(wireJson(Pair, bytes), { names: [fault], number: 7 });
});

test('after a fault that nothing encloses the rest is in hexadecimal', () => {
  assert.deepEqual(wireJson(struct({ first: u8, second: u16, third: u8 }), Uint8Array.of(1, 2)), {
    first: 1,
    second: { malformed: '2 bytes needed, 1 left', rest: '02' },
  });
});

test('what is left over is there too', () => {
  assert.deepEqual(wireJson(struct({ first: u8 }), Uint8Array.of(1, 2, 3)), { first: 1, rest: '0203' });
  assert.deepEqual(wireJson(u8, Uint8Array.of(1, 2)), { value: 1, rest: '02' });
});
