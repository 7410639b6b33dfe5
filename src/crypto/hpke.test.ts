import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { hex } from '../bytes/hex.ts';
import { type HpkeSetup, type HpkeSuite, knowsHpkeSuite, setUpReceiver } from './hpke.ts';
import { hpkeKem } from './hpke-kem.ts';

const info = Buffer.from('Ode on a Grecian Urn');
const plaintext = 'Beauty is truth, truth beauty';

interface Vector {
  readonly suite: HpkeSuite;
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly encapsulated: string;
  /** Ciphertexts of the sequence numbers 0, 1 and 2. */
  readonly sealed: readonly string[];
}

/** RFC 9180 appendix A, the vectors of the base mode. */
const vectors: Readonly<Record<string, Vector>> = {
  'A.1.1': {
    suite: { kem: 0x20, kdf: 1, aead: 1 },
    privateKey: x25519('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'),
    publicKey: '3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d',
    encapsulated: '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
    sealed: [
      'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
      'af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b84',
      '498dfcabd92e8acedc281e85af1cb4e3e31c7dc394a1ca20e173cb72516491588d96a19ad4a683518973dcc180',
    ],
  },
  'A.2.1': {
    suite: { kem: 0x20, kdf: 1, aead: 3 },
    privateKey: x25519('8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb'),
    publicKey: '4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a',
    encapsulated: '1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a',
    sealed: [
      '1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28',
      '6b53c051e4199c518de79594e1c4ab18b96f081549d45ce015be002090bb119e85285337cc95ba5f59992dc98c',
      '71146bd6795ccc9c49ce25dda112a48f202ad220559502cef1f34271e0cb4b02b4f10ecac6f48c32f878fae86b',
    ],
  },
  'A.3.1': {
    suite: { kem: 0x10, kdf: 1, aead: 1 },
    privateKey: curveKey(
      'P-256',
      'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
      '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
    ),
    publicKey:
      '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
    encapsulated:
      '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
    sealed: [
      '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
      'fa6f037b47fc21826b610172ca9637e82d6e5801eb31cbd3748271affd4ecb06646e0329cbdf3c3cd655b28e82',
      '895cabfac50ce6c6eb02ffe6c048bf53b7f7be9a91fc559402cbc5b8dcaeb52b2ccc93e466c28fb55fed7a7fec',
    ],
  },
  'A.4.1': {
    suite: { kem: 0x10, kdf: 3, aead: 1 },
    privateKey: curveKey(
      'P-256',
      '3ac8530ad1b01885960fab38cf3cdc4f7aef121eaa239f222623614b4079fb38',
      '04085aa5b665dc3826f9650ccbcc471be268c8ada866422f739e2d531d4a8818a9466bc6b449357096232919ec4fe9070ccbac4aac30f4a1a53efcf7af90610edd',
    ),
    publicKey:
      '04085aa5b665dc3826f9650ccbcc471be268c8ada866422f739e2d531d4a8818a9466bc6b449357096232919ec4fe9070ccbac4aac30f4a1a53efcf7af90610edd',
    encapsulated:
      '0493ed86735bdfb978cc055c98b45695ad7ce61ce748f4dd63c525a3b8d53a15565c6897888070070c1579db1f86aaa56deb8297e64db7e8924e72866f9a472580',
    sealed: [
      'd3cf4984931484a080f74c1bb2a6782700dc1fef9abe8442e44a6f09044c88907200b332003543754eb51917ba',
      'd14414555a47269dfead9fbf26abb303365e40709a4ed16eaefe1f2070f1ddeb1bdd94d9e41186f124e0acc62d',
      '9bba136cade5c4069707ba91a61932e2cbedda2d9c7bdc33515aa01dd0e0f7e9d3579bf4016dec37da4aafa800',
    ],
  },
  'A.6.1': {
    suite: { kem: 0x12, kdf: 3, aead: 2 },
    privateKey: curveKey(
      'P-521',
      '01462680369ae375e4b3791070a7458ed527842f6a98a79ff5e0d4cbde83c27196a3916956655523a6a2556a7af62c5cadabe2ef9da3760bb21e005202f7b2462847',
      '0401b45498c1714e2dce167d3caf162e45e0642afc7ed435df7902ccae0e84ba0f7d373f646b7738bbbdca11ed91bdeae3cdcba3301f2457be452f271fa6837580e661012af49583a62e48d44bed350c7118c0d8dc861c238c72a2bda17f64704f464b57338e7f40b60959480c0e58e6559b190d81663ed816e523b6b6a418f66d2451ec64',
    ),
    publicKey:
      '0401b45498c1714e2dce167d3caf162e45e0642afc7ed435df7902ccae0e84ba0f7d373f646b7738bbbdca11ed91bdeae3cdcba3301f2457be452f271fa6837580e661012af49583a62e48d44bed350c7118c0d8dc861c238c72a2bda17f64704f464b57338e7f40b60959480c0e58e6559b190d81663ed816e523b6b6a418f66d2451ec64',
    encapsulated:
      '040138b385ca16bb0d5fa0c0665fbbd7e69e3ee29f63991d3e9b5fa740aab8900aaeed46ed73a49055758425a0ce36507c54b29cc5b85a5cee6bae0cf1c21f2731ece2013dc3fb7c8d21654bb161b463962ca19e8c654ff24c94dd2898de12051f1ed0692237fb02b2f8d1dc1c73e9b366b529eb436e98a996ee522aef863dd5739d2f29b0',
    sealed: [
      '170f8beddfe949b75ef9c387e201baf4132fa7374593dfafa90768788b7b2b200aafcc6d80ea4c795a7c5b841a',
      'd9ee248e220ca24ac00bbbe7e221a832e4f7fa64c4fbab3945b6f3af0c5ecd5e16815b328be4954a05fd352256',
      '142cf1e02d1f58d9285f2af7dcfa44f7c3f2d15c73d460c48c6e0e506a3144bae35284e7e221105b61d24e1c7a',
    ],
  },
};

for (const [section, vector] of Object.entries(vectors)) {
  test(`what RFC 9180 ${section} seals is opened in its order`, () => {
    const { suite, privateKey, publicKey, sealed } = vector;
    const own = hpkeKem(suite.kem)?.publicKey(privateKey);
    assert.equal(own && hex(own), publicKey);
    const receiver = setUpReceiver(setupOf(vector));
    for (const [sequence, text] of sealed.entries()) {
      const opened = receiver?.open(Buffer.from(`Count-${sequence}`), Buffer.from(text, 'hex'));
      assert.equal(opened && Buffer.from(opened).toString(), plaintext);
    }
  });
}

test('a ciphertext that does not open leaves the next one its number', () => {
  const vector = named('A.1.1');
  const receiver = setUpReceiver(setupOf(vector));
  const [first = '', second = ''] = vector.sealed;
  assert.equal(receiver?.open(Buffer.from('Count-1'), Buffer.from(second, 'hex')), undefined);
  assert.equal(receiver?.open(Buffer.from('Count-0'), Buffer.alloc(0)), undefined);
  assert.ok(receiver?.open(Buffer.from('Count-0'), Buffer.from(first, 'hex')));
});

test('an encapsulated key that is none is refused, whatever is wrong with it', () => {
  for (const section of Object.keys(vectors)) {
    const setup = setupOf(named(section));
    const good = setup.encapsulated;
    const wrong = [
      new Uint8Array(0),
      good.subarray(1),
      Buffer.concat([good, Uint8Array.of(0)]),
      new Uint8Array(good.length),
      ...(good[0] === 4 ? [altered(good, 0), altered(good, good.length - 1)] : []),
    ];
    for (const encapsulated of wrong) assert.equal(setUpReceiver({ ...setup, encapsulated }), undefined);
  }
});

test('an encapsulated key of small order is refused, whose secret would be nothing but zeros', () => {
  const info = new Uint8Array(0);
  const one = (length: number) => Uint8Array.from({ length }, (_, at) => (at === 0 ? 1 : 0));
  const x448 = generateKeyPairSync('x448').privateKey;
  for (const [kem, privateKey, length] of [
    [0x20, named('A.1.1').privateKey, 32],
    [0x21, x448, 56],
  ] as const) {
    const suite = { kem, kdf: 1, aead: 1 };
    for (const encapsulated of [new Uint8Array(length), one(length)]) {
      assert.equal(setUpReceiver({ suite, privateKey, encapsulated, info }), undefined);
    }
  }
});

test('a private key of another type than the mechanism is refused', () => {
  const { privateKey } = named('A.1.1');
  for (const section of ['A.3.1', 'A.6.1']) {
    assert.equal(setUpReceiver({ ...setupOf(named(section)), privateKey }), undefined);
  }
  assert.equal(hpkeKem(0x10)?.publicKey(named('A.6.1').privateKey), undefined);
  assert.equal(hpkeKem(0x21)?.publicKey(privateKey), undefined);
});

test('a suite is known when all of its three algorithms are', () => {
  for (const kem of [0x10, 0x11, 0x12, 0x20, 0x21]) {
    for (const code of [1, 2, 3]) assert.ok(knowsHpkeSuite({ kem, kdf: code, aead: code }));
  }
  assert.ok(!knowsHpkeSuite({ kem: 0x13, kdf: 1, aead: 1 }));
  assert.ok(!knowsHpkeSuite({ kem: 0x20, kdf: 4, aead: 1 }));
  assert.ok(!knowsHpkeSuite({ kem: 0x20, kdf: 1, aead: 0xffff }));
});

function named(section: string): Vector {
  const vector = vectors[section];
  if (vector === undefined) throw new Error(`no vector ${section}`);
  return vector;
}

function setupOf({ suite, privateKey, encapsulated }: Vector): HpkeSetup {
  return { suite, privateKey, encapsulated: Buffer.from(encapsulated, 'hex'), info };
}

function altered(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
}

function x25519(privateKey: string): KeyObject {
  const prefix = '302e020100300506032b656e04220420';
  return createPrivateKey({ key: Buffer.from(prefix + privateKey, 'hex'), format: 'der', type: 'pkcs8' });
}

function curveKey(crv: string, privateKey: string, publicKey: string): KeyObject {
  const point = Buffer.from(publicKey, 'hex').subarray(1);
  const [x, y] = [point.subarray(0, point.length / 2), point.subarray(point.length / 2)];
  const jwk = { kty: 'EC', crv, d: url(Buffer.from(privateKey, 'hex')), x: url(x), y: url(y) };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

function url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
