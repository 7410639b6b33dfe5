import assert from 'node:assert/strict';
import { createECDH } from 'node:crypto';
import { before, test } from 'node:test';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { certificateFiles } from './certificates.ts';
import { settingsOf } from './conversation.ts';
import { extension, HandMadeClient, hello13, usual } from './hand-made-hello.ts';

/*
 * Each row is what a client sends as its part of a key exchange, and what becomes of it, in the words of the reference. Where
 * RFC and reference differ is told in docs/decisions/wire-rules.md.
 */

let settings: Settings;

before(async () => {
  const words = [
    '-cipher',
    'ALL:@SECLEVEL=0',
    '-psk',
    '00112233',
    '-psk_identity',
    'a',
    '-groups',
    'P-256:X25519:sect283k1',
  ];
  settings = await settingsOf('-www', ...words, ...certificateFiles({ after: () => {} }, 'RSA').words);
});

const secp256r1 = { group: '0017', field: 'GFp' } as const;
const sect283k1 = { group: '0009', field: 'GF2m' } as const;

/** A client that has answered the server's flight with this ClientKeyExchange. */
function answered(suite: number, group: string, body: (client: HandMadeClient) => Uint8Array): HandMadeClient {
  const extensions = [extension(10, `0002 ${group}`), usual.points, usual.schemes];
  const client = new HandMadeClient(settings).hello({ cipherSuites: [suite], extensions });
  return client.message(16, body(client));
}

function ecdhe(group: string, point: Uint8Array): string {
  return answered(0xc02f, group, () => Buffer.of(point.length, ...point)).end;
}

function ecdhePsk(group: string, point: Uint8Array): string {
  return answered(0xc037, group, () => Buffer.of(0, 1, 0x61, point.length, ...point)).end;
}

const key = createECDH('prime256v1');
key.generateKeys();
const uncompressed = key.getPublicKey();
const compressed = key.getPublicKey(null, 'compressed');

function point(form: number, ...coordinates: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.of(form), ...coordinates]);
}

/** A coordinate with these last bytes. */
function coordinate(length: number, ...last: readonly number[]): Uint8Array {
  return Buffer.concat([new Uint8Array(length - last.length), Uint8Array.from(last)]);
}

const bad = 'tls_process_cke_ecdhe:bad key share';

test('a point is taken in its two forms, and every other is a bad key share', () => {
  const invalid = `illegal_parameter ossl_ec_GFp_simple_oct2point:invalid encoding ${bad}`;
  const full = new Uint8Array(32).fill(0xff);
  const rows: readonly (readonly [what: string, share: Uint8Array, end: string])[] = [
    ['uncompressed', uncompressed, 'goes on'],
    ['compressed', compressed, 'goes on'],
    ['hybrid', key.getPublicKey(null, 'hybrid'), invalid],
    ['of no form', point(5, uncompressed.subarray(1)), invalid],
    ['short', uncompressed.subarray(0, -1), invalid],
    ['long', point(4, uncompressed.subarray(1), Buffer.of(0)), invalid],
    ['compressed and short', compressed.subarray(0, -1), invalid],
    ['beyond the field', point(4, full, full), invalid],
    ['compressed and beyond the field', point(2, full), invalid],
    [
      'not on the curve',
      point(4, new Uint8Array(64).fill(1)),
      `illegal_parameter EC_POINT_set_affine_coordinates:point is not on curve ${bad}`,
    ],
    [
      'compressed and not on the curve',
      point(2, coordinate(32, 1)),
      `illegal_parameter ossl_ec_GFp_simple_set_compressed_coordinates:invalid compressed point ${bad}`,
    ],
    ['infinity', Buffer.of(0), `illegal_parameter ossl_ec_key_public_check_quick:point at infinity ${bad}`],
    ['empty', Buffer.of(), `illegal_parameter ossl_ec_GFp_simple_oct2point:buffer too small ${bad}`],
  ];
  for (const [what, share, end] of rows) {
    assert.equal(ecdhe(secp256r1.group, share), end, what);
    assert.equal(ecdhePsk(secp256r1.group, share), end, `${what}, with a PSK`);
  }
});

test('points of a binary field have the same rules', () => {
  const full = new Uint8Array(36).fill(0xff);
  const [oct2point, compressedOnes] = ['oct2point', 'set_compressed_coordinates'].map(
    (it) => `ossl_ec_GF2m_simple_${it}`,
  );
  const rows: readonly (readonly [share: Uint8Array, end: string])[] = [
    [point(4, new Uint8Array(72).fill(1)), 'EC_POINT_set_affine_coordinates:point is not on curve'],
    [point(4, full, full), `${oct2point}:invalid encoding`],
    [point(2, coordinate(36, 6)), `${compressedOnes}:invalid compressed point`],
    [Buffer.of(), `${oct2point}:buffer too small`],
  ];
  for (const [share, end] of rows) assert.equal(ecdhe(sect283k1.group, share), `illegal_parameter ${end} ${bad}`);
});

test('X25519 takes 32 bytes that give a secret', () => {
  const noSecret = 'illegal_parameter ecx_derive:failed during derivation ssl_derive:bad key share';
  const rows: readonly (readonly [share: Uint8Array, end: string])[] = [
    [coordinate(32, 9).reverse(), 'goes on'],
    [new Uint8Array(32), noSecret],
    [coordinate(32, 1).reverse(), noSecret],
    [new Uint8Array(31).fill(9), `illegal_parameter ${bad}`],
    [new Uint8Array(33).fill(9), `illegal_parameter ${bad}`],
    [Buffer.of(), `illegal_parameter ${bad}`],
  ];
  for (const [share, end] of rows) assert.equal(ecdhe('001d', share), end);
});

test('without a point the client means that of a certificate, which it has not shown', () => {
  const end = 'handshake_failure tls_process_cke_ecdhe:missing tmp ecdh key';
  assert.equal(answered(0xc02f, '0017', () => Buffer.of()).end, end);
  assert.equal(answered(0xc037, '0017', () => Buffer.of(0, 1, 0x61)).end, end);
});

test('a value of a finite field is within 2 and p - 2 and of the order of the group', () => {
  const invalid = 'illegal_parameter ossl_dh_buf2key:invalid public key tls_process_cke_dhe:bad key share';
  const wrongOrder = 'illegal_parameter DH_check_pub_key_ex:check pubkey invalid tls_process_cke_dhe:bad key share';
  const length = 'decode_error tls_process_cke_dhe:dh public value length is wrong';
  const rows: readonly (readonly [what: string, value: (p: bigint) => bigint, end: string])[] = [
    ['2', () => 2n, 'goes on'],
    ['3', () => 3n, 'goes on'],
    ['0', () => 0n, invalid],
    ['1', () => 1n, invalid],
    ['p - 1', (p) => p - 1n, invalid],
    ['p', (p) => p, invalid],
    ['p + 1', (p) => p + 1n, invalid],
    ['p * 256', (p) => p * 256n, invalid],
  ];
  for (const [what, value, end] of rows) {
    assert.equal(
      dhe((p) => withLength(bytesOf(value(p)))),
      end,
      what,
    );
    assert.equal(
      dhePsk((p) => withLength(bytesOf(value(p)))),
      end,
      `${what}, with a PSK`,
    );
  }
  // The order of the prime that goes with a PSK, the smallest of RFC 2409 and 3526, is not known to OpenSSL.
  assert.equal(
    dhe((p) => withLength(bytesOf(p - 2n))),
    wrongOrder,
  );
  const missing = 'decode_error tls_process_cke_dhe:missing tmp dh key';
  assert.deepEqual([dhe(() => Buffer.of(0, 0)), dhePsk(() => Buffer.of(0, 0))], [missing, missing]);
  for (const body of [Buffer.of(), Buffer.of(1, 0, 2), Buffer.of(0, 1, 2, 3)]) {
    assert.deepEqual([dhe(() => body), dhePsk(() => body)], [length, length]);
  }
});

function dhe(body: (p: bigint) => Uint8Array): string {
  return answered(0x009e, '001d', (client) => body(primeIn(client, 0))).end;
}

function dhePsk(body: (p: bigint) => Uint8Array): string {
  return answered(0x00aa, '001d', (client) => Buffer.concat([Buffer.of(0, 1, 0x61), body(primeIn(client, 2))])).end;
}

/** `at`: where the parameters begin in a ServerKeyExchange. */
function primeIn(client: HandMadeClient, at: number): bigint {
  const [message] = client.bodies(12);
  assert.ok(message);
  const [high = 0, low = 0] = message.subarray(at);
  const p = message.subarray(at + 2, at + 2 + high * 0x100 + low);
  return BigInt(`0x${Buffer.from(p).toString('hex')}`);
}

function bytesOf(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
}

function withLength(value: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(value.length >> 8, value.length), value]);
}

test('a share of TLS 1.3 is an uncompressed point', () => {
  const ecpoint = 'tls_parse_ctos_key_share:bad ecpoint';
  const invalid = `illegal_parameter ossl_ec_GFp_simple_oct2point:invalid encoding ${ecpoint}`;
  const rows: readonly (readonly [share: Uint8Array, end: string])[] = [
    [uncompressed, 'goes on'],
    [compressed, `illegal_parameter ${ecpoint}`],
    [Buffer.of(0), `illegal_parameter ${ecpoint}`],
    [uncompressed.subarray(0, -1), invalid],
    [point(4, new Uint8Array(64).fill(0xff)), invalid],
    [
      point(4, new Uint8Array(64).fill(1)),
      `illegal_parameter EC_POINT_set_affine_coordinates:point is not on curve ${ecpoint}`,
    ],
  ];
  for (const [share, end] of rows) {
    const body = Buffer.concat([Buffer.from('0017', 'hex'), withLength(share)]);
    const keyShare = { type: 51, body: withLength(body) };
    const offers = hello13({ extensions: [usual.secp256r1, keyShare] }, [usual.groups, usual.share]);
    assert.equal(new HandMadeClient(settings).hello(offers).end, end);
  }
});
