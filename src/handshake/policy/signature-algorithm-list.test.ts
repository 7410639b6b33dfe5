import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ListFailure } from './list-failure.ts';
import { applySignatureAlgorithms } from './signature-algorithm-list.ts';

test('a scheme is named by its parts in either order or by its name', () => {
  assert.deepEqual(
    codes('RSA+SHA256:SHA384+ECDSA:PSS+SHA256:RSA-PSS+sha512:DSA+SHA1'),
    [0x0401, 0x0503, 0x0804, 0x0806, 0x0202],
  );
  assert.deepEqual(
    codes(' ed25519 : rsa_pss_pss_sha256:ecdsa_secp521r1_sha512:ecdsa_sha224'),
    [0x0807, 0x0809, 0x0603, 0x0303],
  );
});

test('a scheme of a newer release is known by its name', () => {
  assert.deepEqual(codes('mldsa65:ecdsa_brainpoolP256r1tls13_sha256'), [0x0905, 0x081a]);
});

test('a question mark lets a name be unknown', () => {
  assert.deepEqual(codes('?FOO:RSA+SHA256:?ed448'), [0x0401, 0x0808]);
});

test('what the reference refuses is refused without a line', () => {
  for (const text of [
    ...['', ':', 'FOO', 'RSA', 'RSA+', '+SHA256', 'RSA+SHA256:', 'RSA+SHA256+X', 'rsa+SHA256', 'RSA+MD5', 'RSA+Sha256'],
    ...['RSA+ECDSA', 'SHA1+SHA256', 'RSA-PSS+SHA1', 'RSA+SHA2-256', 'EC+SHA256', 'ed25519+SHA256', 'ED25519'],
    ...['dsa_sha256', 'gost2012_256', 'rsa_pkcs1_md5_sha1', '?FOO'],
    ...['RSA+SHA256:RSA+SHA256', 'RSA+SHA256:rsa_pkcs1_sha256'],
  ]) {
    assert.throws(() => applySignatureAlgorithms(text), { name: 'ListFailure', lines: [] }, text);
  }
});

test('any text at all gives schemes, each once, or a failure', () => {
  const parts = fc.constantFrom('RSA', 'ECDSA', '+', 'SHA256', 'SHA1', 'ed25519', 'FOO', ':', '?', ' ', '\0', 'é');
  fc.assert(
    fc.property(
      fc.array(parts).map((all) => all.join('')),
      (text) => {
        try {
          const schemes = applySignatureAlgorithms(text);
          assert.ok(schemes.length > 0);
          assert.equal(new Set(schemes).size, schemes.length);
        } catch (failure) {
          assert.ok(failure instanceof ListFailure);
        }
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

function codes(text: string): number[] {
  return applySignatureAlgorithms(text).map(({ code }) => code);
}
