import assert from 'node:assert/strict';
import { createECDH, createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { defaultGroups, group, groups } from '../names/groups.ts';
import { BadShare, type KeyAgreement, keyAgreement, keyAgreementsFrom, type ShareFault } from './groups.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'hex');
const text = (value: Uint8Array): string => Buffer.from(value).toString('hex');

function agreement(name: string): KeyAgreement {
  const found = keyAgreement(groups.find((it) => it.names.includes(name))?.code ?? -1);
  assert.ok(found, name);
  return found;
}

function refuses(name: string, share: Uint8Array, fault: ShareFault): void {
  answersNot(name, share, fault);
  assert.throws(() => agreement(name).keyPair().derive(share), isFault(fault), `${name} ${text(share)}`);
}

/** A server of TLS 1.3, that is. */
function answersNot(name: string, share: Uint8Array, fault: ShareFault): void {
  assert.throws(() => agreement(name).respond(share), isFault(fault), `${name} ${text(share)}`);
}

function isFault(fault: ShareFault): (error: unknown) => boolean {
  return (error) => error instanceof BadShare && error.fault === fault;
}

test('client and server agree in every group that this Node carries', () => {
  let carried = 0;
  for (const { code, names } of groups) {
    const known = keyAgreement(code);
    // The large finite fields are slow and follow the same code.
    if (known === undefined || (code >= 0x0102 && code <= 0x0104)) continue;
    carried++;
    const client = known.keyPair();
    assert.equal(client.share.length, known.shareLength, names[0]);
    const server = known.respond(client.share);
    if (!names[0].includes('MLKEM')) assert.equal(server.share.length, known.shareLength, names[0]);
    assert.equal(text(client.derive(server.share)), text(server.secret), names[0]);
  }
  assert.ok(carried >= 7);
});

test('the groups of the default list are all there', () => {
  for (const code of defaultGroups) assert.ok(keyAgreement(code), group(code)?.names[0]);
});

test('keys are made of given bytes alone, and agree with others', () => {
  for (const { code, names } of groups) {
    const others = keyAgreement(code);
    // The large finite fields are slow and follow the same code.
    if (others === undefined || (code >= 0x0101 && code <= 0x0104)) continue;
    const [one, again, other] = ['one', 'one', 'other'].map((seed) => keyAgreementsFrom(seeded(seed))(code));
    assert.ok(one && again && other);
    const peer = others.keyPair();
    const { share, secret } = one.respond(peer.share);
    assert.equal(text(peer.derive(share)), text(secret), names[0]);
    assert.deepEqual(again.respond(peer.share), { share, secret }, names[0]);
    assert.notEqual(text(other.respond(peer.share).share), text(share), names[0]);
    assert.equal(text(one.keyPair().share), text(again.keyPair().share), names[0]);
  }
});

test('the two code points of a brainpool curve are the same curve', () => {
  for (const [before, after] of [
    [0x001a, 0x001f],
    [0x001b, 0x0020],
    [0x001c, 0x0021],
  ] as const) {
    const [old, tls13] = [keyAgreement(before), keyAgreement(after)];
    if (old === undefined || tls13 === undefined) continue;
    const client = old.keyPair();
    const server = tls13.respond(client.share);
    assert.equal(text(client.derive(server.share)), text(server.secret));
  }
});

test('unknown code points and groups that Node has not are undefined', () => {
  for (const code of [0, 0x6399, 0xff01, 0x10000, -1]) assert.equal(keyAgreement(code), undefined);
});

test('X25519 and X448 answer as in RFC 7748 section 6 and RFC 8448 section 3', () => {
  for (const { crv, own, ownShare, peer, secret } of montgomeryVectors) {
    const code = crv === 'X25519' ? 0x1d : 0x1e;
    const answer = keyAgreementsFrom(() => bytes(own))(code)?.respond(bytes(peer));
    assert.deepEqual([text(answer?.share ?? none), text(answer?.secret ?? none)], [ownShare, secret]);
  }
});

test('compressed, hybrid and infinite points are refused in TLS 1.3', () => {
  for (const [name, curve] of [
    ['secp256r1', 'prime256v1'],
    ['secp521r1', 'secp521r1'],
  ] as const) {
    const pair = createECDH(curve);
    pair.generateKeys();
    const point = pair.getPublicKey();
    answersNot(name, pair.getPublicKey(null, 'compressed'), 'point');
    answersNot(name, pair.getPublicKey(null, 'hybrid'), 'point');
    answersNot(name, Buffer.of(0), 'point');
    answersNot(name, Buffer.alloc(point.length), 'point');
    answersNot(name, point.subarray(0, -1), 'length');
    answersNot(name, Buffer.concat([point, Buffer.of(0)]), 'length');
  }
});

test('a compressed point gives the secret of the whole one up to TLS 1.2, and a bad one a fault on every curve', () => {
  for (const { code, names } of groups) {
    const group = keyAgreement(code);
    if (group === undefined || !/^(?:secp|sect|brainpool)/.test(names[0])) continue;
    const own = group.keyPair();
    const curve = names[0].replace(/tls13$/, '').replace(/^secp(192|256)r1$/, 'prime$1v1');
    const peer = createECDH(curve);
    peer.generateKeys();
    const secret = own.derive(peer.getPublicKey());
    assert.deepEqual(own.derive(peer.getPublicKey(null, 'compressed')), secret, names[0]);
    const full = Buffer.alloc(group.shareLength, 0xff);
    for (const form of [0, 2, 3, 4, 5, 6]) {
      full[0] = form;
      for (const length of [0, 1, (full.length + 1) / 2, full.length])
        assert.throws(() => own.derive(full.subarray(0, length)), BadShare, `${names[0]} ${form} ${length}`);
    }
  }
});

test('a point that is not on the curve is refused', () => {
  const share = Uint8Array.from(agreement('secp384r1').keyPair().share);
  share[96] = (share[96] ?? 0) ^ 1;
  refuses('secp384r1', share, 'point');
  refuses('secp256r1', Buffer.concat([Buffer.of(4), Buffer.alloc(64, 0xff)]), 'point');
});

test('points of small order of the Montgomery curves give no secret', () => {
  refuses('x25519', Buffer.alloc(32), 'secret');
  refuses('x25519', Buffer.concat([Buffer.of(1), Buffer.alloc(31)]), 'secret');
  refuses('x25519', bytes('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'), 'secret');
  refuses('x25519', bytes('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'), 'secret');
  refuses('x448', Buffer.alloc(56), 'secret');
});

test('shares of finite fields are refused outside 2 and p - 2 and at any other length', () => {
  const length = agreement('ffdhe2048').shareLength;
  assert.equal(length, 256);
  const one = Buffer.alloc(256);
  one[255] = 1;
  refuses('ffdhe2048', Buffer.alloc(256), 'point');
  refuses('ffdhe2048', one, 'point');
  refuses('ffdhe2048', Buffer.alloc(256, 0xff), 'point');
  refuses('ffdhe2048', Buffer.of(2), 'length');
  refuses('ffdhe2048', Buffer.alloc(257, 1), 'length');
});

test('no bytes whatever make anything but a BadShare', () => {
  const names = ['x25519', 'x448', 'secp256r1', 'sect163k1', 'brainpoolP256r1'].filter((name) =>
    keyAgreement(groups.find((it) => it.names.includes(name))?.code ?? -1),
  );
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 140 }), fc.boolean(), (name, raw, fitted) => {
      const group = agreement(name);
      const share = fitted ? Buffer.concat([raw, Buffer.alloc(150)]).subarray(0, group.shareLength) : raw;
      try {
        assert.ok(group.respond(share).secret.length > 0);
      } catch (error) {
        assert.ok(error instanceof BadShare, String(error));
      }
    }),
    { numRuns: 100 },
  );
});

const none = new Uint8Array(0);

/** Pseudorandom bytes, determined by the seed. */
function seeded(seed: string): (length: number) => Uint8Array {
  let count = 0;
  return (outputLength) => createHash('shake256', { outputLength }).update(`${seed} ${count++}`).digest();
}

const montgomeryVectors = [
  {
    crv: 'X25519',
    own: '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a',
    ownShare: '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
    peer: 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    secret: '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
  },
  {
    crv: 'X448',
    own:
      '9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d' +
      'd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b',
    ownShare:
      '9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c' +
      '22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0',
    peer:
      '3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430' +
      '27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609',
    secret:
      '07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b' +
      'b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d',
  },
  {
    crv: 'X25519',
    own: 'b1580eeadf6dd589b8ef4f2d5652578cc810e9980191ec8d058308cea216a21e',
    ownShare: 'c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f',
    peer: '99381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c',
    secret: '8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d',
  },
];
