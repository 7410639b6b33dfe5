import { latin1 } from '../bytes/hex.ts';
import { constantTimeEqual } from '../crypto/hash.ts';
import type { PrfKind } from '../crypto/prf.ts';
import { sign, signLegacy } from '../crypto/signatures.ts';
import { exportKeys12, extendedMasterSecret, masterSecret, verifyData } from '../keys/schedule12.ts';
import { ssl3Finished } from '../keys/ssl3.ts';
import { Certificate12 } from '../messages/certificate.ts';
import { ClientKeyExchange } from '../messages/client-key-exchange.ts';
import { Finished } from '../messages/finished.ts';
import { NextProtocol } from '../messages/next-protocol.ts';
import { ServerHello } from '../messages/server-hello.ts';
import { ServerHelloDone } from '../messages/server-hello-done.ts';
import { ServerKeyExchange } from '../messages/server-key-exchange.ts';
import { srtpProfileName } from '../names/srtp-profiles.ts';
import { Version } from '../names/versions.ts';
import type { Session } from '../sessions/session.ts';
import { asksForCertificate, sendCertificateRequest12 } from './certificate-request.ts';
import { type Proof, receiveCertificateVerify12 } from './certificate-verify.ts';
import {
  type ClientCertificate,
  peerInfo,
  readCertificate12,
  sessionPeer,
  withoutCertificate,
} from './client-certificate.ts';
import type { Hello } from './client-hello.ts';
import { offerInfo } from './client-offer.ts';
import { tellTemporaryDh } from './decisions/certificates.ts';
import { tellSharedGroups } from './decisions/groups.ts';
import { tellTickets } from './decisions/tickets.ts';
import type { Established } from './established.ts';
import { serverHelloExtensions } from './extensions/index.ts';
import { limitRecords } from './extensions/record-size-limit.ts';
import type { Flow, Handshake } from './flow.ts';
import { finishKeyExchange, startKeyExchange } from './key-exchange/index.ts';
import type { Exchanged, KeyExchangeRun } from './key-exchange/key-exchange.ts';
import { type FullHandshake12, type Negotiated12, negotiate12, type ResumedHandshake12 } from './negotiate12.ts';
import { sendCertificate12, shownCertificate } from './own-certificate.ts';
import { groupsOfSuite } from './policy/suite-b.ts';
import { type Protections, protections12 } from './protections.ts';
import { rawPublicKeyInfo } from './raw-public-key.ts';
import { receive, receiveChangeCipherSpec, receiveOneOf } from './receive.ts';
import { keepSession } from './session-cache.ts';
import type { SessionInfo } from './session-info.ts';
import { acceptedName, newSession, sendTicket12 } from './tickets.ts';
import { downgradeSentinel } from './version-choice.ts';

/** Up to TLS 1.2, RFC 5246 section 7.3. */
export function* serve12(flow: Flow, hello: Hello): Handshake<Established> {
  const negotiated = yield* negotiate12(flow, hello);
  return 'session' in negotiated ? yield* serveResumed(flow, negotiated) : yield* serveFull(flow, negotiated);
}

function* serveFull(flow: Flow, full: FullHandshake12): Handshake<Established> {
  const { agreed } = full;
  const serverRandom = sendServerHello(flow, agreed);
  const keyExchange = sendServerKey(flow, full, serverRandom);
  const asks = asksForCertificate(flow, agreed.cipherSuite);
  if (asks) sendCertificateRequest12(flow, agreed.cipherSuite);
  flow.send(ServerHelloDone, {});
  flow.carrier.flush();

  const { client: unproven, body } = yield* receiveClientKey(flow, asks);
  const exchanged = yield* finishKeyExchange(flow, keyExchange, body);
  const connection = protect(agreed, serverRandom, deriveMaster(flow, agreed, serverRandom, exchanged));
  const peerGroups = agreed.offer.offers.supportedGroups;
  const { client, scheme: peerSignatureScheme } = unproven
    ? yield* receiveCertificateVerify12(flow, unproven, { peerGroups, master: connection.master })
    : withoutProof;
  yield* receiveChangeCipherSpec(flow);
  flow.carrier.protectReading(connection.protections.reading);
  const nextProtocol = yield* receiveNextProtocol(flow, agreed);
  const clientFinished = yield* receiveFinished(flow, connection);

  const session = { ...sessionOf(flow, connection, keyExchange, exchanged), ...sessionPeer(client) };
  if (agreed.chosen.sessionTicket) sendTicket12(flow, session);
  const serverFinished = sendFinished(flow, connection);
  yield* keepSession(flow, session);
  const finished = { client: clientFinished, server: serverFinished };
  const shown = { ...shownCertificate(full.credential), ...peerInfo(client, session) };
  const scheme = peerSignatureScheme === undefined ? {} : { peerSignatureScheme };
  return established(flow, { ...connection, nextProtocol }, session, { ...shown, ...scheme, finished });
}

const withoutProof: Partial<Proof> = {};

/** The abbreviated handshake: our Finished comes first. */
function* serveResumed(flow: Flow, { agreed, session }: ResumedHandshake12): Handshake<Established> {
  const serverRandom = sendServerHello(flow, agreed);
  const connection = protect(agreed, serverRandom, session.secret);
  if (agreed.chosen.sessionTicket) sendTicket12(flow, session);
  const serverFinished = sendFinished(flow, connection);

  yield* receiveChangeCipherSpec(flow);
  flow.carrier.protectReading(connection.protections.reading);
  const nextProtocol = yield* receiveNextProtocol(flow, agreed);
  const clientFinished = yield* receiveFinished(flow, connection);
  flow.turnToWriting();
  const finished = { client: clientFinished, server: serverFinished };
  return established(flow, { ...connection, nextProtocol }, session, { ...peerInfo(undefined, session), finished });
}

/** ClientKeyExchange, and before it the client's certificate. A client of SSL 3.0 that has none leaves that message out. */
function* receiveClientKey(
  flow: Flow,
  asked: boolean,
): Handshake<{ readonly client: ClientCertificate | undefined; readonly body: Uint8Array }> {
  if (!asked) return { client: undefined, body: (yield* receiveOneOf(flow, ClientKeyExchange.type)).body };
  const mayBeMissing = flow.context.version === Version.SSLv3;
  const types = mayBeMissing ? [Certificate12.type, ClientKeyExchange.type] : [Certificate12.type];
  const first = yield* receiveOneOf(flow, ...types);
  if (first.type === ClientKeyExchange.type) {
    return { client: withoutCertificate(flow, 'ossl_statem_server_read_transition'), body: first.body };
  }
  const client = yield* readCertificate12(flow, first.body);
  const { body } = yield* receiveOneOf(flow, ClientKeyExchange.type);
  return { client, body };
}

/** A connection whose master secret is known. */
interface Connection12 {
  readonly agreed: Negotiated12;
  readonly master: Uint8Array;
  readonly serverRandom: Uint8Array;
  readonly protections: Protections;
}

function protect(agreed: Negotiated12, serverRandom: Uint8Array, master: Uint8Array): Connection12 {
  return {
    agreed,
    master,
    serverRandom,
    protections: protections12({ ...agreed, encryptThenMac: agreed.chosen.encryptThenMac, master, serverRandom }),
  };
}

function sendServerHello(flow: Flow, agreed: Negotiated12): Uint8Array {
  const random = Uint8Array.from(flow.surroundings.random(32));
  const sentinel = downgradeSentinel(flow.settings, agreed.version);
  if (sentinel) random.set(sentinel, random.length - sentinel.length);
  flow.turnToWriting();
  if (agreed.chosen.sessionTicket) tellTickets(flow);
  const extensions = serverHelloExtensions(agreed);
  limitRecords(flow, agreed.chosen);
  flow.send(ServerHello, {
    legacyVersion: flow.wireVersion,
    random,
    sessionId: agreed.sessionId,
    cipherSuite: agreed.cipherSuite.code,
    compressionMethod: agreed.compression,
    extensions: extensions.length > 0 ? extensions : undefined,
  });
  return random;
}

/** Certificate and ServerKeyExchange, as far as the suite has them. */
function sendServerKey(flow: Flow, full: FullHandshake12, serverRandom: Uint8Array): KeyExchangeRun {
  const { agreed, credential, scheme, srpLogin } = full;
  if (credential) sendCertificate12(flow, credential, agreed);
  const keyExchange = startKeyExchange(flow, {
    cipherSuite: agreed.cipherSuite,
    sharedGroups: groupsOfSuite(agreed.settings, agreed.cipherSuite, agreed.offer.sharedGroups),
    credential,
    clientVersion: agreed.offer.hello.message.legacyVersion,
    srpLogin,
  });
  const { identityHint, params, signedBytes } = keyExchange;
  tellKeyExchange(flow, agreed, keyExchange);
  if (params === undefined && identityHint === undefined) return keyExchange;
  const unsigned = { ...(identityHint && { identityHint }), ...(params && { params }) };
  if (credential === undefined || params === undefined || signedBytes === undefined) {
    flow.send(ServerKeyExchange, unsigned);
    return keyExchange;
  }
  const signed = Buffer.concat([agreed.clientRandom, serverRandom, signedBytes]);
  if (agreed.version < Version['TLSv1.2']) {
    flow.send(ServerKeyExchange, { params, signed: { signature: signLegacy(credential.key, signed) } });
  } else if (scheme) {
    const signature = sign(scheme.code, credential.key, signed);
    flow.send(ServerKeyExchange, { params, signed: { algorithm: scheme.code, signature } });
  }
  return keyExchange;
}

/** What goes into ServerKeyExchange is asked about once more. */
function tellKeyExchange(flow: Flow, { version, offer }: Negotiated12, { params }: KeyExchangeRun): void {
  const { temporaryDh } = flow.settings;
  if (params === undefined) return;
  if ('namedCurve' in params) tellSharedGroups(flow, version, offer.offers.supportedGroups);
  else if (!('salt' in params)) tellTemporaryDh(flow, typeof temporaryDh === 'object' ? temporaryDh : params);
}

function deriveMaster(
  flow: Flow,
  agreed: Negotiated12,
  serverRandom: Uint8Array,
  { premaster }: Exchanged,
): Uint8Array {
  const { prf, clientRandom } = agreed;
  return agreed.chosen.extendedMasterSecret && prf !== 'ssl3'
    ? extendedMasterSecret(prf, premaster, transcriptHash(flow, prf))
    : masterSecret(prf, premaster, clientRandom, serverRandom);
}

/** Comes between ChangeCipherSpec and Finished when we have said our protocols. */
function* receiveNextProtocol(flow: Flow, { chosen }: Negotiated12): Handshake<string | undefined> {
  if (chosen.nextProtocolNegotiation === undefined) return undefined;
  const { selectedProtocol } = yield* receive(flow, NextProtocol, { where: 'tls_process_next_proto' });
  return latin1(selectedProtocol);
}

/** RFC 5246 section 7.4.9 */
function* receiveFinished(flow: Flow, connection: Connection12): Handshake<Uint8Array> {
  const expected = finishedOf(flow, connection, 'client');
  const where = 'tls_process_finished';
  const { verifyData: received } = yield* receive(flow, Finished, { where });
  flow.insist(received.length === expected.length, 'badDigestLength', where, { bytes: received });
  flow.insist(constantTimeEqual(received, expected), 'digestCheckFailed', where, { bytes: received });
  return Uint8Array.from(received);
}

function sendFinished(flow: Flow, connection: Connection12): Uint8Array {
  const { agreed, master, protections } = connection;
  flow.sendChangeCipherSpec();
  flow.tell.secret?.('CLIENT_RANDOM', agreed.clientRandom, master);
  flow.carrier.protectWriting(protections.writing);
  const own = finishedOf(flow, connection, 'server');
  flow.send(Finished, { verifyData: own });
  flow.carrier.flush();
  return own;
}

function finishedOf(flow: Flow, { agreed: { prf }, master }: Connection12, side: 'client' | 'server'): Uint8Array {
  if (prf !== 'ssl3') return verifyData(prf, master, side, transcriptHash(flow, prf));
  return ssl3Finished(master, side, (name, ...suffix) => flow.transcript.digestWith(name, ...suffix));
}

function transcriptHash(flow: Flow, prf: PrfKind): Uint8Array {
  const { transcript } = flow;
  return prf === 'md5-sha1'
    ? Buffer.concat([transcript.digest('md5'), transcript.digest('sha1')])
    : transcript.digest(prf);
}

function sessionOf(
  flow: Flow,
  { agreed, master }: Connection12,
  { group }: KeyExchangeRun,
  exchanged: Exchanged,
): Session {
  return newSession(flow, {
    version: flow.wireVersion,
    cipherSuite: agreed.cipherSuite.code,
    id: agreed.sessionId,
    secret: master,
    extendedMasterSecret: agreed.chosen.extendedMasterSecret,
    maxFragmentLength: agreed.chosen.maxFragmentLength,
    group: group?.code ?? 0,
    compression: agreed.compression,
    ...exchanged.session,
    ...(agreed.chosen.alpn !== undefined && { alpn: Buffer.from(agreed.chosen.alpn, 'latin1') }),
    ...acceptedName(agreed),
  });
}

function established(
  flow: Flow,
  connection: Connection12 & { readonly nextProtocol: string | undefined },
  session: Session,
  facts: Partial<SessionInfo>,
): Established {
  const { agreed, master, serverRandom, nextProtocol } = connection;
  const offered = offerInfo(flow.settings, agreed.offer);
  return {
    info: {
      ...(agreed.resumed ? withEarlierLists(offered, flow.previous?.info) : offered),
      version: flow.wireVersion,
      cipherSuite: agreed.cipherSuite,
      session,
      resumed: agreed.resumed,
      ...(agreed.chosen.alpn !== undefined && { alpn: agreed.chosen.alpn }),
      ...(nextProtocol !== undefined && { nextProtocol }),
      ...(agreed.chosen.useSrtp !== undefined && { srtpProfile: srtpProfileName(agreed.chosen.useSrtp) ?? '' }),
      ...rawPublicKeyInfo(agreed),
      ...facts,
    },
    exportKeyingMaterial: (label, length, context) =>
      exportKeys12(agreed.prf, master, agreed.clientRandom, serverRandom, label, context, length),
  };
}

/**
 * A resumed session chooses nothing from the lists, and the reference does not report them. In a renegotiation it reports
 * those of the handshake before, but for the signature algorithms as the client listed them.
 */
function withEarlierLists(
  { pointFormats, supportedGroups, ...offered }: ReturnType<typeof offerInfo>,
  earlier: SessionInfo | undefined,
) {
  return {
    ...offered,
    sharedCipherSuites: earlier?.sharedCipherSuites ?? [],
    signatureAlgorithms: [],
    sharedSignatureAlgorithms: earlier?.sharedSignatureAlgorithms ?? [],
    sharedGroups: earlier?.sharedGroups ?? [],
    ...(earlier?.supportedGroups && { supportedGroups: earlier.supportedGroups }),
  };
}
