import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientHello } from '../messages/client-hello.ts';
import { clientCheck } from './client-check.ts';
import { blameless, extensionOf, goldenBytes, helloJson, madeHello, withExtension } from './hello.test.fixture.ts';
import { Offer } from './offer.ts';

function checkOf(fields: Partial<ClientHello>) {
  return clientCheck(new Offer(helloJson(madeHello(fields))));
}

test('a client of today is probably okay', () => {
  const check = clientCheck(new Offer(helloJson(goldenBytes('python-3.11'))));
  assert.equal(check.rating, 'Probably Okay');
  assert.equal(check.tls_version, 'TLS 1.3');
  assert.equal(check.given_cipher_suites[0], 'TLS_AES_256_GCM_SHA384');
  assert.equal(check.given_named_groups[0], 'x25519');
  assert.equal(check.given_signature_algorithms[0], 'ecdsa_secp256r1_sha256');
  assert.equal(check.ephemeral_keys_supported, true);
  assert.equal(check.session_ticket_supported, true);
  assert.equal(check.post_quantum_key_agreement, false);
  assert.deepEqual(check.insecure_cipher_suites, {});
});

test('insecure suites have their reasons, all of them', () => {
  const check = checkOf({ cipherSuites: [0x1301, 0x0003] });
  assert.deepEqual(check.insecure_cipher_suites, {
    TLS_RSA_EXPORT_WITH_RC4_40_MD5: ['was weakened for export', 'uses RC4, which leaks what it encrypts'],
  });
  assert.equal(check.rating, 'Bad');
});

test('old versions with CBC can be attacked by BEAST, later ones cannot', () => {
  const extensions = withExtension('versions');
  assert.equal(checkOf({ legacyVersion: 0x0301, extensions, cipherSuites: [0xc013] }).beast_vuln, true);
  assert.equal(checkOf({ legacyVersion: 0x0301, extensions, cipherSuites: [0xc011] }).beast_vuln, false);
  const tls11 = checkOf({ legacyVersion: 0x0302, extensions, cipherSuites: [0xc013] });
  assert.deepEqual([tls11.beast_vuln, tls11.tls_version, tls11.rating], [false, 'TLS 1.1', 'Bad']);
});

test('compression and unknown suites are bad, GREASE is not unknown', () => {
  assert.equal(checkOf({ compressionMethods: [1, 0] }).tls_compression_supported, true);
  assert.equal(checkOf({ compressionMethods: [1, 0] }).rating, 'Bad');
  const unknown = checkOf({ cipherSuites: [0x1301, 0x7777] });
  assert.deepEqual([unknown.unknown_cipher_suite_supported, unknown.rating], [true, 'Bad']);
  assert.equal(unknown.given_cipher_suites[1], '0x7777');
  const greased = checkOf({ cipherSuites: [0x1301, 0x0a0a] });
  assert.deepEqual([greased.unknown_cipher_suite_supported, greased.rating], [false, 'Probably Okay']);
});

test('a client without tickets or ephemeral keys can be improved', () => {
  const withoutTickets = checkOf({ extensions: withExtension('pskModes') });
  assert.deepEqual([withoutTickets.session_ticket_supported, withoutTickets.rating], [false, 'Improvable']);
  const extensions = withExtension('versions');
  const lasting = checkOf({ extensions, cipherSuites: [0x009c] });
  assert.deepEqual([lasting.ephemeral_keys_supported, lasting.rating], [false, 'Improvable']);
});

test('the highest version is that of DTLS where its numbers fall, too', () => {
  const dtls = (list: string) => checkOf({ extensions: [blameless.schemes, extensionOf(43, list)] }).tls_version;
  assert.equal(dtls('04 feff fefd'), 'DTLS 1.2');
  assert.equal(dtls('06 fefd fefc feff'), 'DTLS 1.3');
  assert.equal(dtls('04 0a0a 0304'), 'TLS 1.3');
});

test('post-quantum groups are told', () => {
  assert.equal(checkOf({}).post_quantum_key_agreement, true);
});
