import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tls13Session } from '../session-info.test.fixture.ts';
import { sessionText } from './session-text.ts';

test('a TLS 1.3 session shows its resumption PSK and the early data it allows', () => {
  assert.equal(
    sessionText(tls13Session),
    `SSL-Session:
    Protocol  : TLSv1.3
    Cipher    : TLS_AES_256_GCM_SHA384
    Session-ID: CAFE
    Session-ID-ctx: 01000000
    Resumption PSK: ${'11'.repeat(48)}
    PSK identity: None
    PSK identity hint: None
    SRP username: None
    Start Time: 1700000000
    Timeout   : 7200 (sec)
    Verify return code: 0 (ok)
    Extended master secret: no
    Max Early Data: 0
`,
  );
});

test('an older session shows its master key, and a ticket if there is one', () => {
  const text = sessionText({
    ...tls13Session,
    version: 0x0303,
    cipherSuite: 0xfefe,
    ticketLifetimeHint: 7200,
    ticket: Buffer.from('abc'),
    compression: 1,
    verifyResult: 18,
    extendedMasterSecret: true,
    pskIdentity: 'me',
  });
  assert.match(text, /\n {4}Cipher {4}: FEFE\n/);
  assert.match(text, /\n {4}Master-Key: 11/);
  assert.match(text, /\n {4}PSK identity: me\n/);
  assert.match(
    text,
    /hint: 7200 \(seconds\)\n {4}TLS session ticket:\n {4}0000 - 61 62 63 .*abc\n\n {4}Compression: 1 \(zlib compression\)\n/,
  );
  assert.match(text, /\n {4}Verify return code: 18 \(self-signed certificate\)\n {4}Extended master secret: yes\n$/);
});
