import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { hex } from '../src/bytes/hex.ts';
import { hash } from '../src/crypto/primitives/hash.ts';
import { verify } from '../src/crypto/signatures.ts';
import { protection13 } from '../src/handshake/flow/protections.ts';
import { Certificate13 } from '../src/messages/certificate.ts';
import { CertificateVerify } from '../src/messages/certificate-verify.ts';
import { handshakeKinds } from '../src/messages/handshake-kinds.ts';
import { decodeMessage, encodeMessage } from '../src/messages/message.ts';
import { cipherSuite } from '../src/names/cipher-suites.ts';
import { ContentType } from '../src/names/content-types.ts';
import { ReadHalf } from '../src/record/read-half.ts';
import { WriteHalf } from '../src/record/write-half.ts';
import { bytes, context, type Side, secretsOf, type Trace, traces } from './rfc8448.ts';

for (const trace of traces) {
  const where = `RFC 8448 section ${trace.section}`;

  test(`${where}: the key schedule makes the secrets of the trace out of its messages and keys`, () => {
    assert.deepEqual(secretsOf(trace), trace.secrets);
  });

  test(`${where}: every message is written as it was read`, () => {
    for (const { name, bytes: text } of trace.messages) {
      const kind = handshakeKinds.get(bytes(text)[0] ?? -1);
      assert.ok(kind);
      assert.equal(kind.name, name);
      assert.equal(hex(encodeMessage(kind, decodeMessage(kind, bytes(text), context), context)), text);
    }
  });

  test(`${where}: every record opens with the key of its time, and is sealed to the same bytes`, () => {
    for (const side of ['client', 'server'] as const) {
      const opened = openedRecords(trace, side);
      const handshake = opened.filter(({ type }) => type === ContentType.handshake);
      const said = trace.messages.filter((it) => it.side === side).map((it) => it.bytes);
      assert.equal(handshake.map(({ content }) => hex(content)).join(''), said.join(''));
      const others = trace.records.filter((it) => it.side === side && it.payload !== undefined);
      assert.deepEqual(
        opened.filter(({ type }) => type !== ContentType.handshake).map(({ content }) => hex(content)),
        others.map(({ payload }) => payload),
      );
    }
  });

  if (!trace.messages.some(({ name }) => name === 'CertificateVerify')) continue;
  test(`${where}: the certificates' keys have signed the messages`, () => {
    for (const [index, message] of trace.messages.entries()) {
      if (message.name !== 'CertificateVerify') continue;
      const certificate = decodeMessage(Certificate13, bytes(trace.messages[index - 1]?.bytes ?? ''), context);
      const { algorithm, signature } = decodeMessage(CertificateVerify, bytes(message.bytes), context);
      const { publicKey } = new X509Certificate(certificate.certificateList[0]?.certData ?? new Uint8Array(0));
      const prefix = Buffer.from(`${' '.repeat(64)}TLS 1.3, ${message.side} CertificateVerify\0`, 'latin1');
      const signed = Buffer.concat([prefix, transcriptTo(trace, index)]);
      assert.ok(algorithm !== undefined && verify(algorithm, publicKey, signed, signature));
      assert.ok(!verify(algorithm, publicKey, Buffer.concat([signed, Uint8Array.of(0)]), signature));
    }
  });
}

/** openedRecords decrypts the records of a side; a record's keys follow from its position. */
function openedRecords(trace: Trace, side: Side) {
  const suite = cipherSuite(0x1301);
  assert.ok(suite);
  const names = side === 'client' ? ['c e traffic', 'c hs traffic', 'c ap traffic'] : ['s hs traffic', 's ap traffic'];
  const left = names.flatMap((name) => trace.secrets[name] ?? []);
  const [reading, writing] = [new ReadHalf(), new WriteHalf()];
  const opened = trace.records
    .filter((it) => it.side === side)
    .map(({ record: text }) => {
      const record = bytes(text);
      const header = record.subarray(0, 5);
      const body = record.subarray(5);
      const [type = 0, major = 0, minor = 0] = header;
      const version = major * 256 + minor;
      const hidden = type === ContentType.applicationData;
      let found = hidden && !reading.protected ? undefined : reading.open(type, version, header, body);
      if (!hidden) return { type, content: body };
      if (found === undefined) {
        const protection = protection13(suite, 'sha256', bytes(left.shift() ?? ''));
        reading.use(protection);
        writing.use(protection);
        found = reading.open(type, version, header, body);
      }
      assert.ok(found, text);
      const [again = []] = writing.seal(found.type, version, found.content);
      assert.equal(hex(Buffer.concat(again)), text);
      return found;
    });
  assert.deepEqual(left, []);
  return opened;
}

/** transcriptTo hashes the messages before one of them; no relevant trace with a certificate has a retry before it. */
function transcriptTo(trace: Trace, index: number): Uint8Array {
  const before = trace.messages.slice(0, index).map((it) => bytes(it.bytes));
  const [first = new Uint8Array(0), ...others] = before;
  const retried = trace.messages.filter(({ name }) => name === 'ClientHello').length > 1;
  const beginning = retried ? Buffer.concat([Uint8Array.of(254, 0, 0, 32), hash('sha256', first)]) : first;
  return hash('sha256', beginning, ...others);
}
