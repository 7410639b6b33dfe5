import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex } from '../../bytes/hex.ts';
import { BadShare } from '../groups/agreement.ts';
import { modularPower } from '../groups/dh.ts';
import { srpExchange, srpVerifier } from './srp-exchange.ts';
import { srpGroup } from './srp-groups.ts';

/** RFC 5054 appendix B. */
const group = srpGroup(1024);
const salt = bytes('beb25379 d1a8581e b5a72767 3a2441ee');
const secretOfServer = bytes('e487cb59 d31ac550 471e81f0 0f6928e0 1dda08e9 74a004f4 9e61f5d1 05284d20');
const secretOfClient = bytes('60975527 035cf2ad 1989806f 0407210b c81edc04 e2762a56 afd529dd da2d4393');

test('the exchange gives the values of RFC 5054 appendix B', () => {
  assert.ok(group);
  const verifier = srpVerifier(group, salt, 'alice', 'password123');
  assert.match(hex(verifier), /^7e273de8696ffc4f4e337d05b4b375beb0dde1569e8fa00a9886d812/);
  const { share, derive } = srpExchange(group, verifier, secretOfServer);
  assert.match(hex(share), /^bd0c61512c692c0cb6d041fa01bb152d4916a1e77af46ae105393011/);
  const clientShare = modularPower(group.g, secretOfClient, group.n);
  assert.match(hex(clientShare), /^61d5e490f6f1b79547b0704c436f523dd0e560f0c64115bb72557ec4/);
  assert.match(hex(derive(clientShare)), /^b0dc82babcf30674ae450c0287745e7990a3381f63b387aaf271a10d/);
});

test('a verifier that is not below the prime counts as what is left of it', () => {
  assert.ok(group);
  const verifier = srpVerifier(group, salt, 'alice', 'password123');
  const large = Buffer.from(
    (BigInt(`0x${hex(group.n)}`) + BigInt(`0x${hex(verifier)}`)).toString(16).padStart(258, '0'),
    'hex',
  );
  const [one, other] = [verifier, large].map((it) => srpExchange(group, it, secretOfServer));
  const clientShare = modularPower(group.g, secretOfClient, group.n);
  assert.deepEqual(one?.share, other?.share);
  assert.deepEqual(one?.derive(clientShare), other?.derive(clientShare));
});

test('a share of the client that is zero or not below the prime is refused', () => {
  assert.ok(group);
  const { derive } = srpExchange(group, srpVerifier(group, salt, 'alice', 'password123'), secretOfServer);
  const { n } = group;
  const double = Buffer.from((BigInt(`0x${hex(n)}`) * 2n).toString(16).padStart(258, '0'), 'hex');
  for (const share of [Buffer.alloc(0), Buffer.of(0), n, double]) assert.throws(() => derive(share), BadShare);
});

test('the groups have the sizes that they are named by', () => {
  for (const bits of [1024, 1536, 2048, 3072, 4096, 6144, 8192]) {
    assert.equal(srpGroup(bits)?.n.length, bits / 8);
    assert.ok((srpGroup(bits)?.n[0] ?? 0) >= 0x80);
  }
  assert.equal(srpGroup(1025), undefined);
});

function bytes(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}
