import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex } from '../src/bytes/hex.ts';
import type { Settings } from '../src/handshake/settings.ts';
import { Certificate13 } from '../src/messages/certificate.ts';
import { CertificateVerify } from '../src/messages/certificate-verify.ts';
import { EncryptedExtensions } from '../src/messages/encrypted-extensions.ts';
import { findExtension } from '../src/messages/extensions/extension.ts';
import { keyShare } from '../src/messages/extensions/key-share.ts';
import { decodeMessage } from '../src/messages/message.ts';
import { NewSessionTicket } from '../src/messages/new-session-ticket.ts';
import { ServerHello } from '../src/messages/server-hello.ts';
import { ContentType } from '../src/names/content-types.ts';
import type { Session } from '../src/sessions/session.ts';
import { credential } from '../src/x509/credential.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { surroundingsKnown } from './known-surroundings.ts';
import { bytes, keyPairOf, privateKeyOf, pskOf, serverKey, type Trace, traces } from './rfc8448.ts';
import { context, TraceClient } from './rfc8448-client.ts';

const words = ['-nocert', '-num_tickets', '0', '-ciphersuites', 'TLS_AES_128_GCM_SHA256', '-cipher', 'ALL:@SECLEVEL=0'];

test("the simple handshake's ClientHello gets the trace's hello, certificate and scheme", async () => {
  const trace = traceOf(3);
  const { client, recorded } = await begin(trace, await settingsFor(trace));
  assertLikeInTrace(trace, client);
  const [, , certificate, certificateVerify] = client.heard;
  assert.equal(hex(certificate ?? none), messageOf(trace, 'Certificate'));
  const { algorithm, signature } = decodeMessage(CertificateVerify, certificateVerify ?? none, context);
  const theirs = decodeMessage(CertificateVerify, bytes(messageOf(trace, 'CertificateVerify')), context);
  assert.equal(algorithm, theirs.algorithm);
  assert.equal(signature.length, theirs.signature.length);
  finish(client, recorded);
});

test('the resumed handshake is taken as it is: binder, early data and EndOfEarlyData of the trace', async () => {
  const trace = traceOf(4);
  const settings = await settingsFor(trace);
  const session = sessionOfFirstTrace();
  const early = { accepts: true, max: 1024, receiveMax: 1024, replayGuard: undefined };
  const sessions = { ...settings.sessions, size: 1, get: () => session, put: () => {}, remove: () => {} };
  const { client, recorded } = await begin(trace, { ...settings, tickets: false, earlyData: early, sessions });
  assertLikeInTrace(trace, client);
  const [data, endOfEarlyData] = trace.records.filter(({ side }) => side === 'client').slice(1);
  recorded.engine.feed(bytes(data?.record ?? ''));
  assert.equal(hex(Buffer.concat(recorded.early)), data?.payload);
  recorded.engine.feed(bytes(endOfEarlyData?.record ?? ''));
  client.said(bytes(messageOf(trace, 'EndOfEarlyData')));
  finish(client, recorded);
  assert.equal(recorded.info?.resumed, true);
  assert.equal(recorded.info?.earlyData, 'accepted');
});

test('the resumed handshake with one bit of its binder changed is refused', async () => {
  const trace = traceOf(4);
  const settings = await settingsFor(trace);
  const sessions = { ...settings.sessions, size: 1, get: sessionOfFirstTrace, put: () => {}, remove: () => {} };
  const recorded = new Recorded({
    settings: { ...settings, tickets: false, sessions },
    surroundings: surroundingsKnown(),
  });
  const record = bytes(trace.records[0]?.record ?? '');
  record[record.length - 1] = (record.at(-1) ?? 0) ^ 1;
  recorded.engine.feed(record);
  const [ending] = recorded.endings;
  assert.equal(ending?.how === 'failed' && ending.problem.problem, 'binderDoesNotVerify');
});

test("the handshake with a HelloRetryRequest goes on with the trace's second hello", async () => {
  const trace = traceOf(5);
  const settings = await settingsOf(...words, '-groups', 'P-256', '-no_middlebox');
  const { client, recorded } = await begin(trace, { ...settings, credentials: [credentialOf(trace)] });
  assertLikeInTrace(trace, client);
  const [retry] = client.heard;
  const asked = decodeMessage(ServerHello, retry ?? none, context);
  assert.equal(findExtension(keyShare, 'helloRetryRequest', asked.extensions ?? []), 0x17);
  finish(client, recorded);
});

test("the client's certificate of the trace is read; its signature is that of another conversation", async () => {
  const trace = traceOf(6);
  const settings = await settingsOf(...words, '-Verify', '1', '-verify_quiet');
  const { client, recorded } = await begin(trace, { ...settings, credentials: [credentialFor(trace)] });
  assertLikeInTrace(trace, client);
  const [certificate = none, certificateVerify = none] = trace.messages
    .filter(({ side, name }) => side === 'client' && name.startsWith('Certificate'))
    .map((it) => bytes(it.bytes));
  recorded.engine.feed(client.says(certificate));
  assert.equal(recorded.endings.length, 0);
  recorded.engine.feed(client.says(certificateVerify));
  const [ending] = recorded.endings;
  assert.equal(ending?.how === 'failed' && ending.problem.problem, 'badSignature');
});

test('in compatibility mode the session id comes back and both sides send a ChangeCipherSpec', async () => {
  const trace = traceOf(7);
  const { client, recorded } = await begin(trace, await settingsFor(trace));
  assertLikeInTrace(trace, client);
  assert.deepEqual(client.types.slice(0, 3), [
    ContentType.handshake,
    ContentType.changeCipherSpec,
    ContentType.handshake,
  ]);
  const changes = trace.records.filter(({ side, type }) => side === 'client' && type === 'change_cipher_spec');
  assert.equal(changes.length, 1);
  for (const { record } of changes) recorded.engine.feed(bytes(record));
  finish(client, recorded);
});

function traceOf(section: number): Trace {
  const found = traces.find((it) => it.section === section);
  if (found === undefined) throw new Error(`no trace ${section}`);
  return found;
}

/** The settings with the trace's own certificate, which is too short for a higher security level; section 4 shows none. */
async function settingsFor(trace: Trace): Promise<Settings> {
  const settings = await settingsOf(...words);
  return { ...settings, credentials: [credentialFor(trace)] };
}

/** Section 4 shows no certificate, and section 6 has one of which the RFC does not tell the key. */
function credentialFor(trace: Trace) {
  return credentialOf(trace.section === 4 || trace.section === 6 ? traceOf(3) : trace);
}

function credentialOf(trace: Trace) {
  const { certificateList } = decodeMessage(Certificate13, bytes(messageOf(trace, 'Certificate')), context);
  return credential(
    serverKey,
    certificateList.map(({ certData }) => certData),
  );
}

/** Feeds the hellos of a trace to our engine; its client hears the answers. */
async function begin(trace: Trace, settings: Settings): Promise<{ client: TraceClient; recorded: Recorded }> {
  const pair = keyPairOf(trace, 'client');
  const client = new TraceClient({ privateKey: privateKeyOf(pair), group: pair.group, psk: pskOf(trace) });
  const recorded = new Recorded({ settings, surroundings: surroundingsKnown() });
  const hellos = trace.messages.filter(({ name }) => name === 'ClientHello');
  const records = trace.records.filter(({ side }) => side === 'client');
  for (const [index, hello] of hellos.entries()) {
    const before = recorded.sent.length;
    client.said(bytes(hello.bytes));
    recorded.engine.feed(bytes(records[index]?.record ?? ''));
    assert.deepEqual(recorded.endings, []);
    client.hears(Buffer.concat(recorded.sent.slice(before)));
  }
  return { client, recorded };
}

/** The hellos say what they say in the trace, but for what is random and the order of extensions; so do the messages' kinds. */
function assertLikeInTrace(trace: Trace, { heard }: TraceClient): void {
  const theirs = trace.messages.filter(({ side }) => side === 'server').map((it) => bytes(it.bytes));
  const ticketless = theirs.filter(([type]) => type !== NewSessionTicket.type);
  assert.deepEqual(
    heard.map(([type]) => type),
    ticketless.map(([type]) => type),
  );
  for (const [index, message] of heard.entries()) {
    if (message[0] === ServerHello.type) assert.deepEqual(helloFacts(message), helloFacts(ticketless[index] ?? none));
    if (message[0] === EncryptedExtensions.type) decodeMessage(EncryptedExtensions, message, context);
  }
}

/** The cookie is the other server's choice. */
function helloFacts(message: Uint8Array) {
  const hello = decodeMessage(ServerHello, message, context);
  const types = (hello.extensions ?? []).map(({ type }) => type).filter((type) => type !== cookieType);
  return { ...hello, random: none, sessionId: hex(hello.sessionId), extensions: types.sort((a, b) => a - b) };
}

/** The client's Finished, data both ways, and the end. */
function finish(client: TraceClient, recorded: Recorded): void {
  recorded.engine.feed(client.finishes());
  assert.ok(recorded.info);
  const data = Uint8Array.from({ length: 50 }, (_, index) => index);
  recorded.engine.feed(client.sealed(ContentType.applicationData, data));
  assert.deepEqual(Buffer.concat(recorded.received), Buffer.from(data));
  const before = recorded.sent.length;
  recorded.engine.write(data);
  client.hears(Buffer.concat(recorded.sent.slice(before)));
  assert.equal(client.types.at(-1), ContentType.applicationData);
  recorded.engine.feed(client.sealed(ContentType.alert, Uint8Array.of(1, 0)));
  assert.deepEqual(recorded.endings, [{ how: 'closed' }]);
}

/** What the ticket of section 3 stands for. */
function sessionOfFirstTrace(): Session {
  const ticket = decodeMessage(NewSessionTicket, bytes(messageOf(traceOf(3), 'NewSessionTicket')), context);
  assert.ok('ticketAgeAdd' in ticket);
  return {
    version: context.version,
    cipherSuite: 0x1301,
    id: new Uint8Array(32),
    secret: pskOf(traceOf(4)) ?? none,
    idContext: Uint8Array.of(1, 0, 0, 0),
    time: surroundingsKnown().now() / 1000,
    timeout: 30,
    verifyResult: 0,
    ticketLifetimeHint: 30,
    ticketAgeAdd: ticket.ticketAgeAdd,
    compression: 0,
    extendedMasterSecret: false,
    maxEarlyData: 1024,
    maxFragmentLength: 0,
    group: 0x1d,
  };
}

function messageOf(trace: Trace, name: string): string {
  return trace.messages.find((it) => it.name === name)?.bytes ?? '';
}

const cookieType = 44;
const none = new Uint8Array(0);
