import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { integer, octetString, sequence, tagged } from '../bytes/der.ts';
import { Malformed } from '../bytes/malformed.ts';
import { Version } from '../names/versions.ts';
import type { Session } from './session.ts';
import { sessionFromDer, sessionFromPem, sessionToDer, sessionToPem } from './session-der.ts';

/** Printed by `openssl s_server` and `openssl s_client` 3.0.19. */
const printed = {
  'a server of TLS 1.2 that sent a ticket': `-----BEGIN SSL SESSION PARAMETERS-----
MF8CAQECAgMDBALAMAQABDDdWAQALQtjX+Hauf+sz0aevuUDGJPdTx5J3mXrENQ8
Tx0HL+XGi5J7HZNZJ4Qsg6mhBgIEawNIxqIEAgIcIKQGBAQBAAAArQMCAQGzAwIB
HQ==
-----END SSL SESSION PARAMETERS-----
`,
  'a server of TLS 1.3 with an application protocol': `-----BEGIN SSL SESSION PARAMETERS-----
MIGJAgEBAgIDBAQCEwIEIP8+nc0xQD1nv/5a9D0V2Vz/9tNObJvJFde5Rqq9HMmY
BDD84FACsF78e3iU/R7ulgXIm1fAoFSVb6R+2KIGuBibGNh9WVnIovHs0nmFobYV
5cahBgIEawNIyKIEAgIcIKQGBAQBAAAArgcCBQDUCuTHsAQEAmgyswMCAR0=
-----END SSL SESSION PARAMETERS-----
`,
  'a server of TLS 1.2 with client certificate, server name and fragment length': `-----BEGIN SSL SESSION PARAMETERS-----
MIICDQIBAQICAwMEAsAwBCC7J65dbUXe55lbKgTK83I4MEsyk6exSXq8/DsK675d
pwQwygapZ1qq+4CMK4SQ1jp64D3VWr9tLjBndJbRy/cjc+3HSgsb16NAK4arSRwE
Y77XoQYCBGsDSPmiBAICHCCjggFzMIIBbzCCARWgAwIBAgIUN2uwL9UDpi9yO2w/
rVI3LHvQ1cMwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCbWUwHhcNMjYxMTIyMTk1
NTUwWhcNMjYxMjIyMTk1NTUwWjANMQswCQYDVQQDDAJtZTBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABLsC0ugYAbGtdHZZaJTnraW3vF3oY9mEy9B5NjISGvhZ/gpU
WY3zFsMJWg7Hyqc/AMLcNfQRYSUEZG8HP8helgajUzBRMB0GA1UdDgQWBBTyHBZE
G9tF0RlyFETCjDKqfy4OWzAfBgNVHSMEGDAWgBTyHBZEG9tF0RlyFETCjDKqfy4O
WzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDbvVOqe4V9zfnk
QmvphEVoMk+F4YxT4gGUPaOjDGRQmAIgfBANYlO30TDYvv9OKqx8/TfuHqi/KlvA
pDHuumBG2YakBgQEAQAAAKUDAgESpgsECWxvY2FsaG9zdK0DAgEBsQMCAQKzAwIB
HQ==
-----END SSL SESSION PARAMETERS-----
`,
  'a server of TLS 1.3 with client certificate and early data': `-----BEGIN SSL SESSION PARAMETERS-----
MIICCgIBAQICAwQEAhMCBCC0YirD8W//iH2pj3hofYi53BD/bii2hLVfc4G4b8V1
/AQwHvgV37kQvB6+Y7p1RXnwvUwoXR2OnImuxWNIGe84kvb8C/0dDhschORsJZ/S
ae4OoQYCBGsDSMuiBAICHCCjggFzMIIBbzCCARWgAwIBAgIUN2uwL9UDpi9yO2w/
rVI3LHvQ1cMwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCbWUwHhcNMjYxMTIyMTk1
NTUwWhcNMjYxMjIyMTk1NTUwWjANMQswCQYDVQQDDAJtZTBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABLsC0ugYAbGtdHZZaJTnraW3vF3oY9mEy9B5NjISGvhZ/gpU
WY3zFsMJWg7Hyqc/AMLcNfQRYSUEZG8HP8helgajUzBRMB0GA1UdDgQWBBTyHBZE
G9tF0RlyFETCjDKqfy4OWzAfBgNVHSMEGDAWgBTyHBZEG9tF0RlyFETCjDKqfy4O
WzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDbvVOqe4V9zfnk
QmvphEVoMk+F4YxT4gGUPaOjDGRQmAIgfBANYlO30TDYvv9OKqx8/TfuHqi/KlvA
pDHuumBG2YakBgQEAQAAAKUDAgESrgcCBQCCfXvprwQCAkAAsQMCAQKzAwIBHQ==
-----END SSL SESSION PARAMETERS-----
`,
  'a server with a pre-shared key': `-----BEGIN SSL SESSION PARAMETERS-----
MGcCAQECAgMDBAIAqwQABDDgJP0zr4ucTkX4EqCPQ19AIDqIhlxCly6/4s/yOCFJ
Ay6wKg+j2ChiVBv838hntvehBgIEawNIzKIEAgIcIKQGBAQBAAAAqAYEBGFubmGt
AwIBAbMDAgEA
-----END SSL SESSION PARAMETERS-----
`,
  'a client with a pre-shared key, its hint and a ticket': `-----BEGIN SSL SESSION PARAMETERS-----
MIIBSQIBAQICAwMEAgCrBCB0UaqqBILWlfM0ks/wKCxTEgrz/t9LkCBCTK6Rg7Ug
eQQwbwyu0906IHQLg4hQet25SS6mJe8NobjAOx4XeqyIizvx80SQs9YwwzVoGFdK
IZo7oQYCBGsDSWyiBAICHCCkAgQApwgEBmhpbnRlZKgGBARhbm5hqQQCAhwgqoGz
BIGwju6gKygY2TX2uhNjrbjX66EkDQDQo4rjhuCJ+3nZAbBcFimAxgqy25MoROcC
ryKWIezxDTHFs0vIQZHT2gj65PPW5RxQiMa7UT8+YE/lL1o7rHvU8SahfMDkHxWG
j5NSX4yYG0D9Kjsz/8RYchd4EwpaGrO0goPJv+4A8AwYYAqXufniECqDZrK5zkaF
O0jyq5LcJ1U61CTLM4o7Yl7TXUB81lQu5MUVpUVEQnKV846tAwIBAbMDAgEA
-----END SSL SESSION PARAMETERS-----
`,
};

for (const [name, pem] of Object.entries(printed)) {
  test(`the session of ${name} comes back byte for byte`, () => {
    assert.equal(sessionToPem(sessionFromPem(pem)), pem);
  });
}

test('fields are read from the session of a server of TLS 1.3', () => {
  const session = sessionFromPem(printed['a server of TLS 1.3 with client certificate and early data']);
  assert.equal(session.version, Version['TLSv1.3']);
  assert.equal(session.cipherSuite, 0x1302);
  assert.equal(session.id.length, 32);
  assert.equal(session.secret.length, 48);
  assert.equal(session.time, 0x6b0348cb);
  assert.equal(session.timeout, 7200);
  assert.equal(session.peerCertificate?.length, 371);
  assert.deepEqual([...session.idContext], [1, 0, 0, 0]);
  assert.equal(session.verifyResult, 18);
  assert.equal(session.extendedMasterSecret, false);
  assert.equal(session.ticketAgeAdd, 0x827d7be9);
  assert.equal(session.maxEarlyData, 16384);
  assert.equal(session.maxFragmentLength, 2);
  assert.equal(session.group, 0x001d);
  assert.equal('serverName' in session, false);
});

test('fields are read from the session of a client with a pre-shared key', () => {
  const session = sessionFromPem(printed['a client with a pre-shared key, its hint and a ticket']);
  assert.equal(session.pskIdentityHint, 'hinted');
  assert.equal(session.pskIdentity, 'anna');
  assert.equal(session.ticketLifetimeHint, 7200);
  assert.equal(session.ticket?.length, 176);
  assert.equal(session.idContext.length, 0);
  assert.equal(session.group, 0);
});

const full: Session = {
  version: Version['TLSv1.2'],
  cipherSuite: 0xc030,
  id: Buffer.alloc(32, 1),
  secret: Buffer.alloc(48, 2),
  idContext: Buffer.from('context'),
  time: 1_700_000_000,
  timeout: 300,
  verifyResult: 20,
  serverName: 'localhost',
  pskIdentityHint: 'hint',
  pskIdentity: 'J\u00fcrgen',
  srpUsername: 'alice',
  ticketLifetimeHint: 0xffffffff,
  ticket: Buffer.alloc(200, 3),
  ticketAgeAdd: 0xfedcba98,
  compression: 1,
  extendedMasterSecret: true,
  maxEarlyData: 0xffffffff,
  alpn: Buffer.from('h2'),
  maxFragmentLength: 4,
  group: 0x11ec,
};

test('a session with every field survives', () => {
  assert.deepEqual(plain(sessionFromDer(sessionToDer(full))), plain(full));
});

test('a session of datagrams survives', () => {
  const session = { ...full, version: Version['DTLSv1.2'] };
  assert.equal(sessionFromDer(sessionToDer(session)).version, Version['DTLSv1.2']);
});

const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' });
const reference = openssl.status === 0 && openssl.stdout.startsWith('OpenSSL 3.0.');

test('openssl sess_id reads our sessions and writes the same', { skip: !reference && 'no OpenSSL 3.0' }, () => {
  for (const session of [full, { ...full, version: Version['DTLSv1.2'] }, { ...full, version: Version['TLSv1.3'] }]) {
    const pem = sessionToPem(session);
    const result = spawnSync('openssl', ['sess_id'], { input: pem, encoding: 'utf8' });
    assert.equal(result.stdout, pem);
    assert.equal(result.status, 0);
  }
});

test('a text without a session is malformed', () => {
  assert.throws(() => sessionFromPem('-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'), Malformed);
});

test('every truncation and every damaged byte gives a session or is malformed', () => {
  const der = sessionToDer(full);
  for (let length = 0; length < der.length; length++) {
    assert.throws(() => sessionFromDer(der.subarray(0, length)), Malformed);
  }
  assert.throws(() => sessionFromDer(Buffer.concat([der, Buffer.of(0)])), Malformed);
  der.forEach((byte, at) => {
    for (const other of [byte + 1, byte - 1, 0, 0x80, 0xff]) {
      const damaged = Uint8Array.from(der);
      damaged[at] = other;
      try {
        sessionFromDer(damaged);
      } catch (error) {
        assert.ok(error instanceof Malformed, String(error));
      }
    }
  });
});

test('what does not have the form of a session is malformed', () => {
  const version = integer(0x0303);
  const cipherSuite = octetString(Buffer.of(0, 0x2f));
  const bytes = octetString(Buffer.alloc(8));
  const start = [integer(1), version, cipherSuite, bytes, bytes];
  assert.equal(sessionFromDer(sequence(...start)).timeout, 3);
  const wrong = {
    'another structure version': [integer(2), version, cipherSuite, bytes, bytes],
    'an unknown protocol version': [integer(1), integer(0x0200), cipherSuite, bytes, bytes],
    'a suite of one byte': [integer(1), version, octetString(Buffer.of(0x2f)), bytes, bytes],
    'a suite of three bytes': [integer(1), version, octetString(Buffer.of(0, 0, 0x2f)), bytes, bytes],
    'an id that is too long': [integer(1), version, cipherSuite, octetString(Buffer.alloc(33)), bytes],
    'a secret that is too long': [integer(1), version, cipherSuite, bytes, octetString(Buffer.alloc(257))],
    'no secret': [integer(1), version, cipherSuite, bytes],
    'fields out of order': [...start, tagged(2, integer(1)), tagged(1, integer(1))],
    'a field twice': [...start, tagged(1, integer(1)), tagged(1, integer(1))],
    'an unknown field': [...start, tagged(21, integer(1))],
    'a negative number': [...start, tagged(1, Buffer.of(2, 1, 0xff))],
    'a huge number': [...start, tagged(1, Buffer.of(2, 7, 1, 0, 0, 0, 0, 0, 0))],
    'a text where a number belongs': [...start, tagged(1, bytes)],
    'a number where a text belongs': [...start, tagged(6, integer(1))],
    'two values in one field': [...start, tagged(1, Buffer.concat([integer(1), integer(1)]))],
    'a certificate that is none': [...start, tagged(3, bytes)],
  };
  for (const [name, items] of Object.entries(wrong)) {
    assert.throws(() => sessionFromDer(sequence(...items)), Malformed, name);
  }
});

/** Arrays instead of Buffers and Uint8Arrays, which do not compare as equal. */
function plain(session: Session): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(session).map(([name, value]) => [name, value instanceof Uint8Array ? [...value] : value]),
  );
}
