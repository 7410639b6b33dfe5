import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex } from '../bytes/hex.ts';
import { EarlySecret, exportKeys, nextTraffic, resumptionPsk, trafficKeys } from './schedule13.ts';

/** RFC 8448 section 3: secrets and transcript hashes of the simple handshake. */
const shared = bytes('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d');
const toServerFinished = bytes('9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13');
const toClientFinished = bytes('209145a96ee8e2a122ff810047cc952684658d6049e86429426db87c54ad143d');

test('the application secrets are those of RFC 8448', () => {
  const master = new EarlySecret('sha256').handshake(shared).master();
  assert.equal(
    hex(master.clientTraffic(toServerFinished)),
    '9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5',
  );
  assert.equal(
    hex(master.serverTraffic(toServerFinished)),
    'a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643',
  );
  assert.equal(
    hex(master.exporter(toServerFinished)),
    'fe22f881176eda18eb8f44529e6792c50c9a3f89452f68d8ae311b4309d3cf50',
  );
});

test('resumption secret and ticket PSK are those of RFC 8448', () => {
  const resumption = new EarlySecret('sha256').handshake(shared).master().resumption(toClientFinished);
  assert.equal(hex(resumption), '7df235f2031d2a051287d02b0241b0bfdaf86cc856231f2d5aba46c434ec196c');
  assert.equal(
    hex(resumptionPsk('sha256', resumption, bytes('0000'))),
    '4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3',
  );
});

test('traffic keys are those of RFC 8448', () => {
  const server = bytes('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38');
  const { key, iv } = trafficKeys('sha256', server, 16);
  assert.equal(hex(key), '3fce516009c21727d0f2e4e86ee403bc');
  assert.equal(hex(iv), '5d313eb2671276ee13000b30');
});

test('a PSK changes everything, and without a key exchange zeros take the place of the shared secret', () => {
  const alone = new EarlySecret('sha256', Buffer.alloc(32, 1)).handshake(undefined);
  const zeros = new EarlySecret('sha256', Buffer.alloc(32, 1)).handshake(Buffer.alloc(32));
  const without = new EarlySecret('sha256').handshake(undefined);
  assert.deepEqual(alone.serverTraffic(toServerFinished), zeros.serverTraffic(toServerFinished));
  assert.notDeepEqual(alone.serverTraffic(toServerFinished), without.serverTraffic(toServerFinished));
});

test('each key update leads to another secret, and each label and context to another export', () => {
  const secret = Buffer.alloc(48, 7);
  assert.notDeepEqual(nextTraffic('sha384', secret), secret);
  const none = new Uint8Array(0);
  const one = exportKeys('sha384', secret, 'EXPORTER-a', none, 20);
  assert.equal(one.length, 20);
  assert.notDeepEqual(one, exportKeys('sha384', secret, 'EXPORTER-b', none, 20));
  assert.notDeepEqual(one, exportKeys('sha384', secret, 'EXPORTER-a', Buffer.of(0), 20));
});

function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}
