import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { brotliDecompressSync, deflateSync, inflateSync } from 'node:zlib';
import { decode, encode } from '../../bytes/wire.ts';
import { Certificate13 } from '../../messages/certificate.ts';
import { CompressedCertificate } from '../../messages/compressed-certificate.ts';
import { Problem } from '../../names/problems.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { Flow } from '../flow/flow.ts';
import {
  certificateBody,
  certificateMessage,
  compressAhead,
  compressed,
  decompressionAlgorithms,
} from './certificate-compression.ts';

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

test("a client's compressed certificate becomes the message again, in every form that is offered", () => {
  const plain = Buffer.alloc(3000, 'certificate');
  for (const algorithm of decompressionAlgorithms()) {
    const credential = withChain(plain);
    const message = compressed(credential, certificateMessage(credential), [algorithm]);
    assert.ok(message);
    const body = certificateBody(reader, { type: 25, body: encode(CompressedCertificate.wire(context), message) });
    assert.deepEqual(decode(Certificate13.wire(context), body).certificateList[0]?.certData, plain);
  }
  const other = Uint8Array.of(0, 0, 0, 0);
  assert.equal(certificateBody(reader, { type: 11, body: other }), other);
});

test('what does not become what it says is refused, and never more than a certificate may be long', () => {
  const bomb = deflateSync(Buffer.alloc(50_000_000));
  const good = deflateSync(Buffer.alloc(100));
  for (const [what, algorithm, uncompressedLength, bytes, problem] of [
    ['an unknown form', 0x4001, 100, good, 'badCompressionAlgorithm'],
    ['a length above the limit', 1, 102401, bomb, 'excessiveMessageSize'],
    ['more than was said', 1, 102400, bomb, 'badDecompression'],
    ['one byte more', 1, 99, good, 'badDecompression'],
    ['one byte less', 1, 101, good, 'badDecompression'],
    ['nothing', 1, 0, deflateSync(Buffer.alloc(0)), undefined],
    ['something where nothing was said', 1, 0, good, 'badDecompression'],
    ['another form than it says', 2, 100, good, 'badDecompression'],
    ['a broken stream', 1, 100, good.subarray(0, 5), 'badDecompression'],
    ['noise', 2, 100, Buffer.from('ffffffffffff', 'hex'), 'badDecompression'],
  ] as const) {
    const message = { algorithm, uncompressedLength, compressedCertificateMessage: bytes };
    const body = encode(CompressedCertificate.wire(context), message);
    const found = problemOf(() => certificateBody(reader, { type: 25, body }));
    assert.equal(found?.problem, problem, what);
    if (problem === 'badDecompression') assert.equal(found?.alert, 'bad_certificate', what);
  }
});

const context = { version: 0x0304 };

/** The reading part of a flow. */
const reader: Pick<Flow, 'decode'> = { decode: (kind, body) => decode(kind.wire(context), body) };

function problemOf(step: () => unknown): Problem | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function withChain(certificate: Uint8Array): Credential {
  return { key: privateKey, keyType: 'ED25519', bits: 256, securityBits: 128, chain: [certificate] };
}
