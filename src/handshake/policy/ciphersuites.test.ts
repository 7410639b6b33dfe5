import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyCiphersuites, defaultCiphersuites } from './ciphersuites.ts';
import { ListFailure } from './list-failure.ts';

test('the default list is that of OpenSSL', () => {
  assert.deepEqual(
    defaultCiphersuites.map(({ code }) => code),
    [0x1302, 0x1303, 0x1301],
  );
});

test('suites come in the order named, as often as named, and unknown names are passed over', () => {
  assert.deepEqual(
    codes(' TLS_AES_128_CCM_8_SHA256 :FOO:: TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_8_SHA256'),
    [0x1305, 0x1301, 0x1305],
  );
  assert.deepEqual(codes(`${'X'.repeat(200)}:TLS_AES_128_CCM_SHA256`), [0x1304]);
});

test('the empty text names no suite and is no failure', () => {
  assert.deepEqual(applyCiphersuites(''), []);
});

test('the name of an older suite is known and adds nothing', () => {
  assert.deepEqual(applyCiphersuites('TLS_RSA_WITH_AES_128_CBC_SHA'), []);
});

test('a list without any known name is refused', () => {
  const lines = [{ library: 20, reason: 185, text: 'no cipher match', function: 'set_ciphersuites' }];
  for (const text of ['FOO', ':', ' ', 'tls_aes_128_gcm_sha256', 'TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384']) {
    assert.throws(
      () => applyCiphersuites(text),
      (failure) => failure instanceof ListFailure && isSame(failure.lines, lines),
    );
  }
});

test('any text at all gives a list or a failure', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      try {
        applyCiphersuites(text);
      } catch (failure) {
        assert.ok(failure instanceof ListFailure);
      }
    }),
    { seed: 1 },
  );
});

function codes(text: string): number[] {
  return applyCiphersuites(text).map(({ code }) => code);
}

function isSame(actual: unknown, expected: unknown): boolean {
  assert.deepEqual(actual, expected);
  return true;
}
