import assert from 'node:assert/strict';
import test from 'node:test';
import { hkdfExpand, hkdfExpandLabel, hkdfExtract } from './hkdf.ts';
import { hash } from './primitives/hash.ts';

const bytes = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');
const text = (value: Uint8Array): string => Buffer.from(value).toString('hex');
const empty = Buffer.alloc(0);

test('RFC 5869 appendix A.1: basic case with SHA-256', () => {
  const prk = hkdfExtract('sha256', bytes('000102030405060708090a0b0c'), Buffer.alloc(22, 0x0b));
  assert.equal(text(prk), '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5');
  assert.equal(
    text(hkdfExpand('sha256', prk, bytes('f0f1f2f3f4f5f6f7f8f9'), 42)),
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  );
});

test('RFC 5869 appendix A.3: no salt and no info', () => {
  const prk = hkdfExtract('sha256', empty, Buffer.alloc(22, 0x0b));
  assert.equal(text(prk), '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04');
  assert.equal(
    text(hkdfExpand('sha256', prk, empty, 42)),
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  );
});

test('RFC 5869 appendix A.4: SHA-1', () => {
  const prk = hkdfExtract('sha1', bytes('000102030405060708090a0b0c'), Buffer.alloc(11, 0x0b));
  assert.equal(
    text(hkdfExpand('sha1', prk, bytes('f0f1f2f3f4f5f6f7f8f9'), 42)),
    '085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2c22e422478d305f3f896',
  );
});

test('RFC 8448 section 3: the key schedule up to the server handshake keys', () => {
  const nothing = hash('sha256');
  const early = hkdfExtract('sha256', empty, Buffer.alloc(32));
  assert.equal(text(early), '33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a');
  const derived = hkdfExpandLabel('sha256', early, 'derived', nothing, 32);
  assert.equal(text(derived), '6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba');
  const shared = bytes('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d');
  const handshake = hkdfExtract('sha256', derived, shared);
  assert.equal(text(handshake), '1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac');
  const server = bytes('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38');
  assert.equal(text(hkdfExpandLabel('sha256', server, 'key', empty, 16)), '3fce516009c21727d0f2e4e86ee403bc');
  assert.equal(text(hkdfExpandLabel('sha256', server, 'iv', empty, 12)), '5d313eb2671276ee13000b30');
});

test('more than the construction can give is refused', () => {
  const key = Buffer.alloc(32);
  assert.equal(hkdfExpand('sha256', key, empty, 255 * 32).length, 255 * 32);
  assert.equal(hkdfExpand('sha256', key, empty, 0).length, 0);
  assert.throws(() => hkdfExpand('sha256', key, empty, 255 * 32 + 1), RangeError);
  assert.throws(() => hkdfExpandLabel('sha256', key, 'x'.repeat(250), empty, 32), RangeError);
  assert.throws(() => hkdfExpandLabel('sha256', key, 'x', Buffer.alloc(256), 32), RangeError);
});
