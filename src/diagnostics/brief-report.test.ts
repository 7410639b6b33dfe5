import assert from 'node:assert/strict';
import { test } from 'node:test';
import { der, integer, sequence, Tag } from '../bytes/der.ts';
import { briefReport } from './brief-report.ts';
import { tls13Info, tls13Session } from './session-info.test.fixture.ts';

const nameText = () => 'CN = x';
const time = der(Tag.utcTime, Buffer.from('200101000000Z'));
const certificate = sequence(
  sequence(integer(1), sequence(), sequence(), sequence(time, time), sequence(), sequence()),
  sequence(),
  der(Tag.bitString, Buffer.of(0)),
);

test('the raw list of the client is shown with unknown suites as numbers', () => {
  assert.equal(
    briefReport(tls13Info, { nameText }),
    `Protocol version: TLSv1.3
Client cipher list: TLS_AES_256_GCM_SHA384:0x0A0A:TLS_EMPTY_RENEGOTIATION_INFO_SCSV
Ciphersuite: TLS_AES_256_GCM_SHA384
Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256:0x2B+0x1A
No peer certificate
Supported groups: <NULL>:x25519:secp256r1
`,
  );
});

test('a client certificate is shown with the way it was proven and verified', () => {
  const info = { ...tls13Info, clientCertificate: certificate, peerSignatureScheme: 0x0403, pointFormats: [0] };
  const text = briefReport({ ...info, verifiedPeerName: 'host.example' }, { nameText });
  assert.match(
    text,
    /\nPeer certificate: CN = x\nHash used: SHA256\nSignature type: ECDSA\nVerification: OK\nVerified peername: host\.example\nSupported Elliptic Curve Point Formats: uncompressed\nSupported groups/,
  );
});

test('a scheme that hashes inside itself names no hash, a failed verification its error', () => {
  const session = { ...tls13Session, verifyResult: 18 };
  const info = { ...tls13Info, clientCertificate: certificate, peerSignatureScheme: 0x0807, session };
  const text = briefReport({ ...info, verifiedPeerName: 'host.example' }, { nameText });
  assert.match(
    text,
    /\nPeer certificate: CN = x\nSignature type: ed25519\nVerification error: self-signed certificate\nSupported groups/,
  );
});

test('a bare key is told as such, and no hash with it', () => {
  const info = { ...tls13Info, clientPublicKey: new Uint8Array(44), peerSignatureScheme: 0x0403 };
  assert.match(
    briefReport(info, { nameText }),
    /\nPeer used raw public key\nSignature type: ECDSA\nVerification: OK\nSupported groups/,
  );
});
