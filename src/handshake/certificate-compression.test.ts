import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { brotliDecompressSync, inflateSync } from 'node:zlib';
import { decode } from '../bytes/wire.ts';
import { Certificate13 } from '../messages/certificate.ts';
import type { Credential } from '../x509/credential.ts';
import { certificateMessage, compressAhead, compressed } from './certificate-compression.ts';

const { privateKey } = generateKeyPairSync('ed25519');

test('the first form of the client that we have is taken, and what comes out of it is the message', () => {
  for (const [offered, algorithm, decompress] of [
    [[0x4001, 1, 2], 1, inflateSync],
    [[2, 1], 2, brotliDecompressSync],
  ] as const) {
    const credential = withChain(Buffer.alloc(500, 'abc'));
    const message = compressed(credential, certificateMessage(credential), offered);
    assert.equal(message?.algorithm, algorithm);
    const plain = decompress(message?.compressedCertificateMessage ?? new Uint8Array(0));
    assert.equal(plain.length, message?.uncompressedLength);
    assert.deepEqual(decode(Certificate13.wire({ version: 0x0304 }), plain).certificateList[0]?.certData.length, 500);
  }
});

test('a message that would grow is not compressed, nor one for a client whose forms are all unknown', () => {
  const small = withChain(Uint8Array.of(1, 2, 3));
  assert.equal(compressed(small, certificateMessage(small), [1, 2]), undefined);
  const large = withChain(Buffer.alloc(500));
  assert.equal(compressed(large, certificateMessage(large), [0, 0x4001, 0xffff]), undefined);
  assert.equal(compressed(large, certificateMessage(large), []), undefined);
});

test('another message of the same credential is compressed anew', () => {
  const credential = withChain(Buffer.alloc(500));
  assert.ok(compressAhead([credential]));
  const certificate = certificateMessage(withChain(Buffer.alloc(900)));
  assert.equal(compressed(credential, certificate, [1])?.uncompressedLength, 909);
});

test('without a certificate there is nothing to compress ahead', () => {
  assert.equal(compressAhead([]), false);
});

function withChain(certificate: Uint8Array): Credential {
  return { key: privateKey, keyType: 'ED25519', bits: 256, securityBits: 128, chain: [certificate] };
}
