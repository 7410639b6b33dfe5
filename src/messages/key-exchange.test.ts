import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed } from '../bytes/malformed.ts';
import { decode, encode } from '../bytes/wire.ts';
import { Version } from '../names/versions.ts';
import { ClientKeyExchange, RsaClientKeyExchange } from './client-key-exchange.ts';
import { namedCurveType, ServerEcdhParams, ServerKeyExchange } from './server-key-exchange.ts';

const version = Version['TLSv1.2'];
const params = { curveType: namedCurveType, namedCurve: 0x001d, point: Buffer.of(1, 2) };

test('what is signed is what stands in front of the signature', () => {
  const signed = { algorithm: 0x0804, signature: Buffer.of(9) };
  const bytes = encode(ServerKeyExchange.wire({ version, keyExchange: 'ECDHE' }), { params, signed });
  assert.deepEqual([...bytes], [3, 0, 0x1d, 2, 1, 2, 8, 4, 0, 1, 9]);
  assert.deepEqual([...encode(ServerEcdhParams, params)], [3, 0, 0x1d, 2, 1, 2]);
});

test('an anonymous exchange has no signature, a PSK exchange has a hint instead', () => {
  const anonymous = ServerKeyExchange.wire({ version, keyExchange: 'ECDHE', anonymous: true });
  assert.deepEqual([...encode(anonymous, { params })], [3, 0, 0x1d, 2, 1, 2]);
  const psk = ServerKeyExchange.wire({ version, keyExchange: 'ECDHEPSK' });
  assert.deepEqual([...encode(psk, { identityHint: Buffer.of(7), params })], [0, 1, 7, 3, 0, 0x1d, 2, 1, 2]);
});

test('SSL 3.0 sends the encrypted premaster secret without a length', () => {
  const bytes = Buffer.of(0, 1, 5);
  const tls = decode(RsaClientKeyExchange.wire({ version }), bytes);
  assert.deepEqual([...tls.encryptedPreMasterSecret], [5]);
  const ssl = decode(RsaClientKeyExchange.wire({ version: Version.SSLv3 }), bytes);
  assert.deepEqual([...ssl.encryptedPreMasterSecret], [0, 1, 5]);
});

test('under a suite without the message every byte of it is malformed', () => {
  for (const kind of [ServerKeyExchange, ClientKeyExchange]) {
    assert.throws(() => decode<unknown>(kind.wire({ version, keyExchange: 'GOST' }), Buffer.of(1)), Malformed);
  }
});
