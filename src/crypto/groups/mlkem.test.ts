import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyAgreement } from '../groups.ts';
import { mlKem } from '../primitives/post-quantum.ts';
import { BadShare } from './agreement.ts';
import { type MlKemSize, mlKemLengths } from './mlkem.ts';

/** Code points, and the lengths of the client's and the server's share from the drafts. */
const groups = [
  ['MLKEM512', 0x0200, 800, 768],
  ['MLKEM768', 0x0201, 1184, 1088],
  ['MLKEM1024', 0x0202, 1568, 1568],
  ['SecP256r1MLKEM768', 0x11eb, 1249, 1153],
  ['X25519MLKEM768', 0x11ec, 1216, 1120],
  ['SecP384r1MLKEM1024', 0x11ed, 1665, 1665],
] as const;

for (const [name, code, ofClient, ofServer] of groups) {
  test(`both sides of ${name} find the same secret`, () => {
    const agreement = known(code);
    const client = agreement.keyPair();
    assert.equal(client.share.length, ofClient);
    assert.equal(agreement.shareLength, ofClient);
    const { share, secret } = agreement.respond(client.share);
    assert.equal(share.length, ofServer);
    assert.deepEqual(Buffer.from(client.derive(share)), Buffer.from(secret));
  });

  test(`a share of ${name} that is cut short or too long is refused`, () => {
    const { share } = known(code).keyPair();
    for (const wrong of [share.subarray(1), Buffer.concat([share, share.subarray(0, 1)]), new Uint8Array(0)]) {
      assert.throws(() => known(code).respond(wrong), new BadShare('length'));
      assert.throws(
        () =>
          known(code)
            .keyPair()
            .derive(wrong.subarray(0, ofServer - 1)),
        new BadShare('length'),
      );
    }
  });

  test(`a share of ${name} whose numbers are out of range is refused`, () => {
    assert.throws(() => known(code).respond(new Uint8Array(ofClient).fill(0xff)), BadShare);
  });
}

test('X25519MLKEM768 begins with the part of ML-KEM, the groups of NIST curves with the point', () => {
  const { keygen, decapsulate } = mlKem()?.ml_kem768 ?? assert.fail();
  const { publicKey, secretKey } = keygen();
  const x25519 = known(0x001d).keyPair();
  const first = known(0x11ec).respond(Buffer.concat([publicKey, x25519.share]));
  assert.deepEqual(
    Buffer.from(first.secret),
    Buffer.concat([decapsulate(first.share.subarray(0, 1088), secretKey), x25519.derive(first.share.subarray(1088))]),
  );
  const p256 = known(0x0017).keyPair();
  const second = known(0x11eb).respond(Buffer.concat([p256.share, publicKey]));
  assert.deepEqual(
    Buffer.from(second.secret),
    Buffer.concat([p256.derive(second.share.subarray(0, 65)), decapsulate(second.share.subarray(65), secretKey)]),
  );
});

test('the way of this Node and the way without it understand each other', () => {
  for (const [size, code] of [
    [512, 0x0200],
    [768, 0x0201],
    [1024, 0x0202],
  ] as const satisfies readonly (readonly [MlKemSize, number])[]) {
    const { keygen, decapsulate } = mlKem()?.[`ml_kem${size}`] ?? assert.fail();
    const other = keygen();
    const { share, secret } = known(code).respond(other.publicKey);
    assert.equal(share.length, mlKemLengths[size].ciphertext);
    assert.deepEqual(Buffer.from(decapsulate(share, other.secretKey)), Buffer.from(secret));
  }
});

test('the curves of brainpool have groups of their own in TLS 1.3', () => {
  for (const [code, length] of [
    [0x001f, 65],
    [0x0020, 97],
    [0x0021, 129],
  ] as const) {
    const client = known(code).keyPair();
    assert.equal(client.share.length, length);
    const { share, secret } = known(code).respond(client.share);
    assert.deepEqual(client.derive(share), secret);
  }
});

function known(code: number) {
  const agreement = keyAgreement(code);
  assert.ok(agreement);
  return agreement;
}
