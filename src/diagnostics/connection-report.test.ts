import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { der, integer, objectIdentifier, octetString, sequence, Tag, tagged } from '../bytes/der.ts';
import { hex } from '../bytes/hex.ts';
import { Malformed } from '../bytes/malformed.ts';
import { sessionToPem } from '../sessions/session-der.ts';
import { certificateFields } from '../x509/certificates/certificate-fields.ts';
import { connectionReport } from './connection-report.ts';
import { tls13Info, tls13Session } from './session-info.test.fixture.ts';

const nameText = (name: Uint8Array) => `<${hex(name)}>`;

test('the block of a TLS 1.3 handshake, byte by byte', () => {
  assert.equal(
    connectionReport(tls13Info, { nameText }),
    `${sessionToPem(tls13Session)}Shared ciphers:TLS_AES_256_GCM_SHA384:ECDHE-RSA-AES256-GCM-SHA384
Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256:0x2B+0x1A
Shared Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256
Supported groups: <NULL>:x25519:secp256r1
Shared groups: x25519:secp256r1
CIPHER is TLS_AES_256_GCM_SHA384
Secure Renegotiation IS supported
`,
  );
});

test("who sends a bare key is told before the client's own", () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const clientPublicKey = publicKey.export({ type: 'spki', format: 'der' });
  const report = connectionReport(
    { ...tls13Info, clientPublicKey, rawPublicKeys: { server: true, client: true } },
    { nameText },
  );
  assert.match(
    report,
    /\nServer-to-client raw public key negotiated\nClient-to-server raw public key negotiated\nClient raw public key\n {2}ED25519 Public-Key:\n {2}pub:\n {6}[0-9a-f:]{45}\n/,
  );
});

test('what a resumed session does not know is left out', () => {
  const { supportedGroups: _, ...info } = tls13Info;
  const report = connectionReport(
    { ...info, resumed: true, sharedCipherSuites: [], signatureAlgorithms: [], sharedSignatureAlgorithms: [] },
    { nameText, renegotiationDisabled: true },
  );
  assert.equal(
    report,
    `${sessionToPem(tls13Session)}CIPHER is TLS_AES_256_GCM_SHA384
Reused session-id
Secure Renegotiation IS supported
Renegotiation is DISABLED
`,
  );
});

test('everything that older versions and extensions add has its place', () => {
  const report = connectionReport(
    {
      ...tls13Info,
      pointFormats: [0, 1, 2, 77],
      sharedGroups: [],
      certificateAuthorities: [Uint8Array.of(0x30, 0x00)],
      nextProtocol: 'http/1.1',
      srtpProfile: 'SRTP_AES128_CM_SHA1_80',
      secureRenegotiation: false,
      clientCertificate: certificate,
      peerSignatureScheme: 0x0804,
    },
    { nameText, exporter: { label: 'EXPORTER-x', length: 2, material: Uint8Array.of(0xab, 0xcd) } },
  );
  const after = report.slice(report.indexOf('-----END SSL SESSION PARAMETERS-----\n') + 37);
  assert.match(after, /^Client certificate\n-----BEGIN CERTIFICATE-----\n[^-]*-----END CERTIFICATE-----\n/);
  const { subject, issuer } = certificateFields(certificate);
  const names = `subject=${nameText(subject.encoding)}\nissuer=${nameText(issuer.encoding)}`;
  assert.ok(after.includes(`${names}\nShared ciphers:`));
  assert.match(
    after,
    /\nPeer signing digest: SHA256\nPeer signature type: RSA-PSS\nSupported Elliptic Curve Point Formats: uncompressed:ansiX962_compressed_prime:ansiX962_compressed_char2:unknown\(77\)\n/,
  );
  assert.match(after, /\nShared groups: NONE\n---\nAcceptable server certificate CA names\n<3000>\nCIPHER is /);
  assert.match(
    after,
    /\nNEXTPROTO is http\/1\.1\nSRTP Extension negotiated, profile=SRTP_AES128_CM_SHA1_80\nSecure Renegotiation IS NOT supported\n/,
  );
  assert.match(
    after,
    /\nKeying material exporter:\n {4}Label: 'EXPORTER-x'\n {4}Length: 2 bytes\n {4}Keying material: ABCD\n$/,
  );
});

test('an exporter that refuses says so', () => {
  const exporter = { label: 'client finished', length: 20, material: undefined };
  assert.match(connectionReport(tls13Info, { nameText, exporter }), /\nKeying material exporter:\n {4}Error\n$/);
});

test('a malformed authority is shown as its bytes', () => {
  const refuses = () => {
    throw new Malformed('no name');
  };
  const info = { ...tls13Info, certificateAuthorities: [Uint8Array.of(1, 2)] };
  assert.match(connectionReport(info, { nameText: refuses }), /CA names\n0102\nCIPHER/);
});

const time = der(Tag.utcTime, Buffer.from('200101000000Z'));
const certificate = sequence(
  sequence(
    tagged(0, integer(2)),
    integer(1),
    sequence(objectIdentifier('1.2.3')),
    sequence(octetString(Buffer.from('issuer'))),
    sequence(time, time),
    sequence(octetString(Buffer.from('subject'))),
    sequence(),
  ),
  sequence(),
  der(Tag.bitString, Buffer.of(0)),
);
