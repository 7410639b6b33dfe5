import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { test } from 'node:test';
import { publicKeyText } from './public-key-text.ts';

test('a key of a curve is printed with its point and its names', () => {
  const x = Buffer.from('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296', 'hex');
  const y = Buffer.from('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5', 'hex');
  const info = infoOf({ kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') });
  assert.equal(
    publicKeyText(info, 2),
    `  Public-Key: (256 bit)
  pub:
      04:6b:17:d1:f2:e1:2c:42:47:f8:bc:e6:e5:63:a4:
      40:f2:77:03:7d:81:2d:eb:33:a0:f4:a1:39:45:d8:
      98:c2:96:4f:e3:42:e2:fe:1a:7f:9b:8e:e7:eb:4a:
      7c:0f:9e:16:2b:ce:33:57:6b:31:5e:ce:cb:b6:40:
      68:37:bf:51:f5
  ASN1 OID: prime256v1
  NIST CURVE: P-256
`,
  );
});

test('an Ed25519 key is printed with its kind', () => {
  const info = infoOf({ kty: 'OKP', crv: 'Ed25519', x: 'hDr2qEOT0KLl-QKjNTkCUNqfBUh-v96o3ECpGNopyVo' });
  assert.equal(
    publicKeyText(info, 0),
    `ED25519 Public-Key:
pub:
    84:3a:f6:a8:43:93:d0:a2:e5:f9:02:a3:35:39:02:
    50:da:9f:05:48:7e:bf:de:a8:dc:40:a9:18:da:29:
    c9:5a
`,
  );
});

test('an RSA key is printed with modulus and exponent', () => {
  const n = Buffer.concat([Buffer.of(0xc1), Buffer.alloc(62, 0x11), Buffer.of(0x13)]);
  const text = publicKeyText(infoOf({ kty: 'RSA', n: n.toString('base64url'), e: 'AQAB' }), 0);
  assert.equal(
    text,
    `Public-Key: (512 bit)
Modulus:
    00:c1:11:11:11:11:11:11:11:11:11:11:11:11:11:
    11:11:11:11:11:11:11:11:11:11:11:11:11:11:11:
    11:11:11:11:11:11:11:11:11:11:11:11:11:11:11:
    11:11:11:11:11:11:11:11:11:11:11:11:11:11:11:
    11:11:11:11:13
Exponent: 65537 (0x10001)
`,
  );
});

function infoOf(key: JsonWebKey): Uint8Array {
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' });
}
