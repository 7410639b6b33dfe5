import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { sign } from '../src/crypto/signatures.ts';
import { receiveCertificateVerify13 } from '../src/handshake/certificates/certificate-verify.ts';
import { readCertificate12, readCertificate13 } from '../src/handshake/certificates/client-certificate.ts';
import { readRawPublicKey13 } from '../src/handshake/certificates/raw-public-key.ts';
import type { Established } from '../src/handshake/flow/established.ts';
import type { Flow, Handshake, Incoming } from '../src/handshake/flow/flow.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { newSession } from '../src/handshake/resumption/tickets.ts';
import {
  receiveLaterAuthentication,
  requestCertificateLater,
} from '../src/handshake/tls13/post-handshake-authentication.ts';
import { finishedMac } from '../src/keys/schedule13.ts';
import { Certificate12, Certificate13 } from '../src/messages/certificate.ts';
import { CertificateVerify } from '../src/messages/certificate-verify.ts';
import type { Extension } from '../src/messages/extensions/extension.ts';
import { Finished } from '../src/messages/finished.ts';
import { encodeMessage, type Kind } from '../src/messages/message.ts';
import { cipherSuite } from '../src/names/cipher-suites.ts';
import { Problem } from '../src/names/problems.ts';
import { Version } from '../src/names/versions.ts';
import { bareFlow } from './bare-flow.ts';
import { certificateFiles } from './certificates.ts';
import { settingsOf } from './conversation.ts';

const tls13 = { version: Version['TLSv1.3'] };
const nothing = new Uint8Array(0);
const where = 'tls_process_client_certificate';

test('extensions of a certificate that nobody asked for are refused', async (t) => {
  const { settings, der } = await server(t, '-verify', '1');
  const shown =
    (...extensions: Extension[]) =>
    () =>
      drive(readCertificate13(bareFlow(settings), certificateBody(der, nothing, extensions), nothing));
  assert.doesNotThrow(shown());
  const stapled = { type: 5, body: Buffer.from('0100000130', 'hex') };
  for (const extension of [stapled, { type: 18, body: nothing }, { type: 0xfafa, body: nothing }]) {
    assert.throws(
      shown(extension),
      isProblem('unsolicitedExtension', 'tls_collect_extensions', 'unsupported_extension'),
    );
  }
  const misplaced = { type: 0, body: nothing };
  assert.throws(shown(misplaced), isProblem('badExtension', 'tls_collect_extensions', 'illegal_parameter'));
});

test('so are those of a bare key', async (t) => {
  const { settings, key } = await server(t, '-verify', '1');
  const info = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const flow = bareFlow(settings);
  assert.ok(readRawPublicKey13(flow, certificateBody(info, nothing), nothing));
  const body = certificateBody(info, nothing, [{ type: 5, body: Buffer.from('0100000130', 'hex') }]);
  assert.throws(
    () => readRawPublicKey13(flow, body, nothing),
    isProblem('unsolicitedExtension', 'tls_collect_extensions'),
  );
});

test('a Certificate message is to hold what it says it holds', async (t) => {
  const { settings, der } = await server(t, '-verify', '1');
  const read12 = (body: Uint8Array) => () => drive(readCertificate12(bareFlow(settings, Version['TLSv1.2']), body));
  const read13 = (body: Uint8Array) => () => drive(readCertificate13(bareFlow(settings), body, nothing));
  const body12 = encodeMessage(Certificate12, { certificateList: [der] }, tls13).subarray(4);
  const body13 = certificateBody(der, nothing);
  assert.doesNotThrow(read12(body12));
  assert.throws(read12(Buffer.concat([body12, Buffer.of(0)])), isProblem('lengthMismatch', where, 'decode_error'));
  assert.throws(read12(body12.subarray(0, 2)), isProblem('lengthMismatch', where, 'decode_error'));
  assert.throws(read12(changed(body12, 5, 1)), isProblem('certLengthMismatch', where, 'decode_error'));
  assert.throws(read12(changed(body12, 6, 1)), isProblem('asn1Lib', where, 'decode_error'));
  assert.throws(read13(Buffer.concat([body13, Buffer.of(0)])), isProblem('lengthMismatch', where, 'decode_error'));
  assert.throws(read13(certificateBody(der, Buffer.of(1))), isProblem('invalidContext', where, 'decode_error'));
  assert.throws(read13(nothing), isProblem('lengthMismatch', where, 'decode_error'));
});

test('with -debug_broken_protocol a wrong signature is told, and leaves a client without a certificate', async (t) => {
  for (const [mode, refused] of [
    ['-verify', false],
    ['-Verify', true],
  ] as const) {
    const { settings, der } = await server(t, '-debug_broken_protocol', mode, '1');
    const broken: string[] = [];
    const flow = bareFlow(settings, Version['TLSv1.3'], broken);
    const client = drive(readCertificate13(flow, certificateBody(der, nothing), nothing));
    assert.ok(client);
    const signature = Buffer.from('300602010102010a', 'hex');
    const message = incoming(CertificateVerify, { algorithm: 0x0403, signature });
    const prove = () => drive(receiveCertificateVerify13(flow, client, new Uint8Array(32)), message);
    if (refused) assert.throws(prove, isProblem('peerDidNotReturnACertificate', 'tls_process_cert_verify'));
    else assert.deepEqual(prove(), { client: undefined, scheme: undefined });
    assert.deepEqual(broken, ['badSignature']);
  }
});

test('an answer without a certificate takes back the one that an earlier answer has shown', async (t) => {
  const later = await asked(t);
  const first = later.answer({ shows: true });
  assert.deepEqual(first.info.clientCertificate, later.der);
  assert.equal(first.info.session.verifyResult, 18);
  assert.equal(first.info.peerSignatureScheme, 0x0403);
  const second = later.answer({ shows: false });
  assert.equal(second.info.clientCertificate, undefined);
  assert.equal(second.info.clientChain, undefined);
  assert.equal(second.info.peerSignatureScheme, undefined);
  for (const session of [second.info.session, second.later?.tickets.base]) {
    assert.equal(session?.peerCertificate, undefined);
  }
  assert.deepEqual(later.answer({ shows: true }).info.clientCertificate, later.der);
});

test('a proof after the handshake counts for its own request only', async (t) => {
  const later = await asked(t);
  const foreign = Buffer.alloc(32, 7);
  assert.throws(() => later.answer({ shows: true, context: foreign }), isProblem('invalidContext', where));
  const others = await asked(t);
  others.request();
  assert.throws(
    () => others.answer({ shows: true, signs: Buffer.alloc(32) }),
    isProblem('badSignature', 'tls_process_cert_verify', 'decrypt_error'),
  );
  const third = await asked(t);
  assert.throws(
    () => third.answer({ shows: true, finishes: Buffer.alloc(32) }),
    isProblem('digestCheckFailed', 'tls_process_finished', 'decrypt_error'),
  );
});

test('a certificate after the handshake is proven next, and an empty one is not proven', async (t) => {
  const later = await asked(t);
  const unexpected = isProblem('unexpectedMessage', 'ossl_statem_server_read_transition');
  assert.throws(() => later.answer({ shows: true, skips: 'certificateVerify' }), unexpected);
  const other = await asked(t);
  assert.throws(() => other.answer({ shows: false, adds: 'certificateVerify' }), unexpected);
});

/** asked is a server of TLS 1.3 with a client that answers requests after the handshake. */
async function asked(t: TestContext) {
  const { settings, der, key } = await server(t, '-tls1_3', '-num_tickets', '0');
  const flow = bareFlow(settings);
  flow.transcript.use('sha256');
  flow.transcript.add(Buffer.from('the handshake'));
  const secret = Buffer.alloc(32, 1);
  let established = handshakeDone(flow, secret);

  const request = () => requestCertificateLater(bareFlow(settings), established);
  const answer = (how: {
    shows: boolean;
    context?: Uint8Array;
    signs?: Uint8Array;
    finishes?: Uint8Array;
    skips?: 'certificateVerify';
    adds?: 'certificateVerify';
  }): Established => {
    const pending = request();
    const transcript = pending.transcript.fork();
    const said = <T>(kind: Kind<T>, value: T) => {
      const message = incoming(kind, value);
      transcript.add(message.bytes);
      return message;
    };
    const certificateList = how.shows ? [{ certData: der, extensions: [] }] : [];
    const messages = [
      said(Certificate13, { certificateRequestContext: how.context ?? pending.context, certificateList }),
    ];
    if ((how.shows && how.skips === undefined) || how.adds) {
      const signed = Buffer.concat([clientPrefix, how.signs ?? transcript.digest('sha256')]);
      messages.push(said(CertificateVerify, { algorithm: 0x0403, signature: sign(0x0403, key, signed) }));
    }
    const verifyData = how.finishes ?? finishedMac('sha256', secret, transcript.digest('sha256'));
    messages.push(said(Finished, { verifyData }));
    established = drive(
      receiveLaterAuthentication(bareFlow(settings), established, [pending]),
      ...messages,
    ).established;
    return established;
  };
  return { der, request, answer };
}

function handshakeDone(flow: Flow, secret: Uint8Array): Established {
  const suite = cipherSuite(0x1301);
  assert.ok(suite);
  const session = newSession(flow, {
    version: Version['TLSv1.3'],
    cipherSuite: suite.code,
    id: nothing,
    secret: nothing,
    extendedMasterSecret: false,
    maxFragmentLength: 0,
    group: 0,
  });
  return {
    info: {
      version: Version['TLSv1.3'],
      cipherSuite: suite,
      session,
      resumed: false,
      clientCipherSuites: [],
      sharedCipherSuites: [],
      signatureAlgorithms: [],
      sharedSignatureAlgorithms: [],
      sharedGroups: [],
      certificateAuthorities: [],
      secureRenegotiation: false,
      clientHello: nothing,
    },
    exportKeyingMaterial: () => undefined,
    traffic: { cipherSuite: suite, hash: 'sha256', clientRandom: nothing, client: secret, server: secret },
    later: {
      transcript: flow.transcript.fork(),
      tickets: { base: session, hash: 'sha256', resumption: Buffer.alloc(32, 2), sent: 0, count: 0, info: [] },
      requestInfo: [],
    },
  };
}

interface Server {
  readonly settings: Settings;
  readonly der: Uint8Array;
  readonly key: KeyObject;
}

async function server(t: TestContext, ...words: string[]): Promise<Server> {
  const files = certificateFiles(t, 'P-256');
  const { raw } = new X509Certificate(readFileSync(files.certificate));
  const settings = await settingsOf(...words, ...files.words);
  return { settings, der: Uint8Array.from(raw), key: createPrivateKey(readFileSync(files.key)) };
}

/** drive runs a part of the handshake to its end with these messages. */
function drive<T>(handshake: Handshake<T>, ...messages: readonly Incoming[]): T {
  let step = handshake.next();
  for (const message of messages) {
    assert.equal(step.done, false);
    step = handshake.next(message);
  }
  if (step.done !== true) throw new Error('it waits for more');
  return step.value;
}

function incoming<T>(kind: Kind<T>, value: T): Incoming {
  const bytes = encodeMessage(kind, value, tls13);
  return { type: kind.type, body: bytes.subarray(4), bytes, endsRecord: true };
}

function certificateBody(
  certData: Uint8Array,
  certificateRequestContext: Uint8Array,
  extensions: Extension[] = [],
): Uint8Array {
  return incoming(Certificate13, { certificateRequestContext, certificateList: [{ certData, extensions }] }).body;
}

function changed(bytes: Uint8Array, at: number, by: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) + by;
  return copy;
}

function isProblem(name: string, from: string, alert?: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual([error.problem, error.lines.at(-1)?.function], [name, from]);
    if (alert !== undefined) assert.equal(error.alert, alert);
    return true;
  };
}

const clientPrefix = Buffer.from(`${' '.repeat(64)}TLS 1.3, client CertificateVerify\0`, 'latin1');
