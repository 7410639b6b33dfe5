import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { encode } from '../src/bytes/wire.ts';
import { readCertificate12, readCertificate13 } from '../src/handshake/certificates/client-certificate.ts';
import { takesRawPublicKey } from '../src/handshake/extensions/client-certificate-type.ts';
import { CertificateRequests } from '../src/handshake/flow/client-certificate-requests.ts';
import { type Carrier, Flow, type Handshake } from '../src/handshake/flow/flow.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { Certificate13, RawPublicKey12 } from '../src/messages/certificate.ts';
import { Problem } from '../src/names/problems.ts';
import { Version } from '../src/names/versions.ts';
import type { Check } from '../src/x509/verify/run.ts';
import { certificateFiles, folder } from './certificates.ts';
import { settingsOf } from './conversation.ts';
import { surroundingsKnown } from './known-surroundings.ts';

const theirs = publicKeyInfo('ed25519');
const others = publicKeyInfo('ed25519');
const noContext = new Uint8Array(0);

test('a client is asked for its bare key where both sides want that', async (t) => {
  const plain = await settings(t);
  const bare = await settings(t, '-enable_client_rpk');
  const takes = (ours: Settings, offered?: readonly number[], asksClient = true) =>
    takesRawPublicKey(offered, { settings: ours }, { asksClient });
  assert.equal(takes(plain, [2, 0]), false);
  assert.equal(takes(bare), false);
  assert.equal(takes(bare, [0]), false);
  assert.equal(takes(bare, [2], false), false);
  assert.equal(takes(bare, [0, 2]), true);
  assert.deepEqual(
    problemOf(() => takes(bare, [1, 3])),
    ['badExtension', 'unsupported_certificate'],
  );
});

test('an expected key is right, another one and one without a list are told and borne', async (t) => {
  for (const [expected, error] of [
    [[others, theirs], 0],
    [[others], 65],
    [[], 95],
  ] as const) {
    const words = expected.length === 0 ? ['-enable_client_rpk'] : expectedWords(t, expected);
    const { flow, checks } = flowOf(await settings(t, ...words), Version['TLSv1.3']);
    const client = read13(flow, list(theirs), noContext);
    assert.deepEqual(client?.rawPublicKey, Uint8Array.from(theirs));
    assert.equal(client?.verifyResult, error);
    assert.deepEqual(
      checks.map((it) => [it.ok, it.error, it.certificate]),
      [[error === 0 ? 'passed' : 'fault', error, undefined]],
    );
  }
});

test('with -verify_return_error a key that is not expected ends the handshake', async (t) => {
  const words = [...expectedWords(t, [others]), '-verify_return_error'];
  const { flow } = flowOf(await settings(t, ...words), Version['TLSv1.3']);
  assert.deepEqual(
    problemOf(() => read13(flow, list(theirs), noContext)),
    ['certificateVerifyFailed', 'bad_certificate'],
  );
});

test('TLS 1.2 has the key in another form', async (t) => {
  const { flow } = flowOf(await settings(t, ...expectedWords(t, [theirs])), Version['TLSv1.2']);
  const body = encode(RawPublicKey12.wire(flow.context), { publicKeyInfo: theirs });
  assert.equal(read12(flow, body)?.verifyResult, 0);
  assert.equal(read12(flow, Uint8Array.of(0, 0, 0)), undefined);
});

test('a certificate with an expected key needs no chain, one with another key is a fault', async (t) => {
  const { certificate } = certificateFiles(t, 'P-256');
  const { raw, publicKey } = new X509Certificate(readFileSync(certificate));
  const info = publicKey.export({ type: 'spki', format: 'der' });
  for (const [expected, error] of [
    [info, 0],
    [others, 65],
  ] as const) {
    const { flow } = flowOf(await settings(t, ...expectedWords(t, [expected])), Version['TLSv1.3'], 'certificate');
    assert.equal(read13(flow, list(raw), noContext)?.verifyResult, error);
  }
});

test('whatever stands in the place of a key is a problem, never a crash', async (t) => {
  const bare = await settings(t, '-enable_client_rpk');
  const bits = Buffer.from(theirs);
  for (let index = 0; index < bits.length; index++) {
    for (const change of [1, 0x80, 0xff]) {
      const changed = Uint8Array.from(bits);
      changed[index] = (changed[index] ?? 0) ^ change;
      const { flow } = flowOf(bare, Version['TLSv1.3']);
      const found = problemOf(() => read13(flow, list(changed), noContext));
      if (found !== undefined) assert.equal(found[0], 'asn1Lib');
    }
  }
  const { flow } = flowOf(bare, Version['TLSv1.3']);
  assert.deepEqual(
    problemOf(() => read13(flow, list(theirs, others), noContext)),
    ['lengthMismatch', 'decode_error'],
  );
  assert.equal(problemOf(() => read13(flow, list(theirs), Uint8Array.of(1)))?.[0], 'invalidContext');
});

test('a client that must show something and has no key is refused', async (t) => {
  const { flow } = flowOf(await settings(t, '-enable_client_rpk', '-Verify', '1'), Version['TLSv1.3']);
  assert.equal(problemOf(() => read13(flow, list(), noContext))?.[0], 'peerDidNotReturnACertificate');
});

test('a file without public keys is told at the start', async (t) => {
  const nothing = join(folder(t), 'nothing.pem');
  writeFileSync(nothing, 'no key');
  await assert.rejects(settings(t, '-expected-rpks', nothing), /Could not read expected public keys from /);
  await assert.rejects(settings(t, '-expected-rpks', join(folder(t), 'none')), /Could not open file or uri/);
});

test('the expected keys may be those of certificates and private keys, and stand in several files', async (t) => {
  const [one, other, third] = [1, 2, 3].map(() => certificateFiles(t, 'P-256'));
  assert.ok(one && other && third);
  const words = [one.key, other.certificate, third.certificate].flatMap((file) => ['-expected-rpks', file]);
  const { clientAuthentication } = await settings(t, ...words);
  const known = clientAuthentication?.expectedKeys?.map((key) => Buffer.from(key).toString('hex'));
  const infoOf = (file: string) =>
    createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'der' }).toString('hex');
  assert.deepEqual(known, [one.key, other.key, third.key].map(infoOf));
});

function read12(flow: Flow, body: Uint8Array) {
  return atOnce(readCertificate12(flow, body));
}

function read13(flow: Flow, body: Uint8Array, context: Uint8Array) {
  return atOnce(readCertificate13(flow, body, context));
}

/** atOnce returns the result of a reading that does not wait. */
function atOnce<T>(reading: Handshake<T>): T {
  const result = reading.next();
  if (!result.done) throw new Error('it waits');
  return result.value;
}

function settings(t: TestContext, ...words: readonly string[]): Promise<Settings> {
  return settingsOf('-verify', '1', ...words, ...certificateFiles(t, 'Ed25519').words);
}

function expectedWords(t: TestContext, keys: readonly Uint8Array[]): string[] {
  const file = join(folder(t), 'expected.pem');
  const pem = (info: Uint8Array) =>
    createPublicKey({ key: Buffer.from(info), type: 'spki', format: 'der' }).export({ type: 'spki', format: 'pem' });
  writeFileSync(file, keys.map(pem).join(''));
  return ['-expected-rpks', file];
}

/** flowOf is a handshake that waits for the client's key. */
function flowOf(settings: Settings, version: number, form: 'key' | 'certificate' = 'key') {
  const checks: Check[] = [];
  const certificateRequests = new CertificateRequests(settings.clientAuthentication);
  certificateRequests.rawPublicKey = form === 'key';
  const flow = new Flow({
    settings,
    surroundings: surroundingsKnown(),
    carrier: silent,
    tell: { verify: (check) => checks.push(check) },
    certificateRequests,
    version,
    state: '',
  });
  flow.agreeOn(version);
  return { flow, checks };
}

const silent: Carrier = {
  message: (_, bytes) => bytes,
  changeCipherSpec: () => {},
  warn: () => {},
  protectReading: () => {},
  protectWriting: () => {},
  limitFragments: () => {},
  limitReading: () => {},
  flush: () => {},
};

function list(...entries: readonly Uint8Array[]): Uint8Array {
  return encode(Certificate13.wire({ version: Version['TLSv1.3'] }), {
    certificateRequestContext: noContext,
    certificateList: entries.map((certData) => ({ certData, extensions: [] })),
  });
}

function publicKeyInfo(type: 'ed25519'): Uint8Array {
  return generateKeyPairSync(type).publicKey.export({ type: 'spki', format: 'der' });
}

function problemOf(step: () => unknown): readonly [string, string | undefined] | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return [error.problem, error.alert];
    throw error;
  }
}
