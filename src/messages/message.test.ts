import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed } from '../bytes/malformed.ts';
import { Version } from '../names/versions.ts';
import { CertificateRequest } from './certificate-request.ts';
import { CertificateVerify } from './certificate-verify.ts';
import { Finished } from './finished.ts';
import { decodeMessage, encodeMessage, splitMessage } from './message.ts';
import { NewSessionTicket } from './new-session-ticket.ts';
import { ServerHelloDone } from './server-hello-done.ts';

const tls11 = { version: Version['TLSv1.1'] };
const tls12 = { version: Version['TLSv1.2'] };
const tls13 = { version: Version['TLSv1.3'] };

test('the header holds the type and three bytes of length', () => {
  assert.deepEqual([...encodeMessage(ServerHelloDone, {}, tls12)], [14, 0, 0, 0]);
  assert.deepEqual([...encodeMessage(Finished, { verifyData: Buffer.of(7, 8) }, tls12)], [20, 0, 0, 2, 7, 8]);
});

test('a message of another type is refused', () => {
  assert.throws(() => decodeMessage(Finished, Buffer.of(14, 0, 0, 0), tls12), Malformed);
});

test('a header that names more or fewer bytes than there are is refused', () => {
  for (const bytes of [[], [20], [20, 0, 0], [20, 0, 0, 1], [20, 0, 0, 0, 1], [20, 1, 0, 0, 9]]) {
    assert.throws(() => splitMessage(Buffer.from(bytes)), Malformed);
  }
});

test('the algorithm of a signature is on the wire from TLS 1.2 on, also in datagrams', () => {
  const value = { algorithm: 0x0804, signature: Buffer.of(9) };
  assert.deepEqual([...encodeMessage(CertificateVerify, value, tls11)], [15, 0, 0, 3, 0, 1, 9]);
  for (const version of [Version['TLSv1.2'], Version['DTLSv1.2'], Version['TLSv1.3']]) {
    assert.deepEqual([...encodeMessage(CertificateVerify, value, { version })], [15, 0, 0, 5, 8, 4, 0, 1, 9]);
  }
});

test('a certificate request has three forms', () => {
  const request = { certificateTypes: [1], certificateAuthorities: [], supportedSignatureAlgorithms: [0x0401] };
  assert.deepEqual([...encodeMessage(CertificateRequest, request, tls11)], [13, 0, 0, 4, 1, 1, 0, 0]);
  assert.deepEqual([...encodeMessage(CertificateRequest, request, tls12)], [13, 0, 0, 8, 1, 1, 0, 2, 4, 1, 0, 0]);
  const context = { certificateRequestContext: Buffer.of(5), extensions: [{ type: 13, body: Buffer.of(0, 0) }] };
  assert.deepEqual(
    [...encodeMessage(CertificateRequest, context, tls13)],
    [13, 0, 0, 10, 1, 5, 0, 6, 0, 13, 0, 2, 0, 0],
  );
});

test('a ticket of TLS 1.3 carries more than one of TLS 1.2', () => {
  const ticket = Buffer.of(1);
  assert.equal(encodeMessage(NewSessionTicket, { ticketLifetimeHint: 7200, ticket }, tls12).length, 4 + 7);
  const value = { ticketLifetime: 7200, ticketAgeAdd: 1, ticketNonce: Buffer.alloc(8), ticket, extensions: [] };
  assert.equal(encodeMessage(NewSessionTicket, value, tls13).length, 4 + 22);
});
