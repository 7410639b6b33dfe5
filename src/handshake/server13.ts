import { constantTimeEqual, type HashName } from '../crypto/hash.ts';
import { sign } from '../crypto/signatures.ts';
import {
  EarlySecret,
  exportKeys,
  finishedMac,
  type HandshakeSecret,
  type MasterSecret,
  resumptionPsk,
  type TrafficSecret,
} from '../keys/schedule13.ts';
import { CertificateVerify } from '../messages/certificate-verify.ts';
import { EncryptedExtensions } from '../messages/encrypted-extensions.ts';
import { EndOfEarlyData } from '../messages/end-of-early-data.ts';
import type { Extension } from '../messages/extensions/extension.ts';
import { Finished } from '../messages/finished.ts';
import { helloRetryRequestRandom, ServerHello } from '../messages/server-hello.ts';
import { State } from '../names/states.ts';
import { Version } from '../names/versions.ts';
import type { Session } from '../sessions/session.ts';
import { type Hello, receiveClientHello } from './client-hello.ts';
import { offerInfo } from './client-offer.ts';
import { EarlyData } from './early-data.ts';
import type { Established, Traffic13 } from './established.ts';
import { encryptedExtensions } from './extensions/index.ts';
import { keyShareAnswer, keyShareRequest } from './extensions/key-share.ts';
import { fragmentLimit } from './extensions/max-fragment-length.ts';
import { preSharedKeyAnswer } from './extensions/pre-shared-key.ts';
import { supportedVersionsAnswer } from './extensions/supported-versions.ts';
import type { Flow, Handshake } from './flow.ts';
import { chooseKeyExchange, requestedShare, respond } from './key-share-choice.ts';
import { chooseCertificate, type Draft13, draft13, type Negotiated13, negotiate13 } from './negotiate13.ts';
import { sendCertificate13 } from './own-certificate.ts';
import { paddingOf, protection13 } from './protections.ts';
import { receive, receiveOneOf } from './receive.ts';
import { limitRecords } from './record-size-limit.ts';
import { type ChosenPsk, choosePsk, suiteHash } from './resume13.ts';
import { newSessionId } from './session-cache.ts';
import { agreeStateless, type KeyAgreement, refuseEarlyData, serverHello13 } from './stateless-retry.ts';
import { acceptedName, newSession, sendTicket13 } from './tickets.ts';
import { chooseVersion } from './version-choice.ts';

/** TLS 1.3, RFC 8446 section 2. */
export function* serve13(flow: Flow, first: Hello): Handshake<Established | 'again'> {
  const agreement = yield* agree(flow, first);
  if (agreement === 'again') return agreement;
  const { draft, share, psk, retried } = agreement;
  const agreed = yield* negotiate13(flow, draft, { psk, group: share?.group, retried });
  flow.transcript.forgetMessages();
  const { cipherSuite } = agreed;
  const hash = suiteHash(cipherSuite);
  const ours = share && respond(share);
  const early = new EarlySecret(hash, psk?.session.secret);
  const earlySecret = agreed.earlyData === 'accepted' ? earlyTraffic(flow, agreed, early) : undefined;

  flow.carrier.limitFragments(fragmentLimit(agreed.maxFragmentLength));
  limitRecords(flow, agreed);
  sendHello(flow, draft, flow.surroundings.random(32), [
    supportedVersionsAnswer(),
    ...(share && ours ? [keyShareAnswer({ group: share.group.code, keyExchange: ours.share })] : []),
    ...(psk ? [preSharedKeyAnswer(psk.index)] : []),
  ]);
  if (!retried && flow.settings.middleboxCompatibility) flow.sendChangeCipherSpec();
  const handshake = early.handshake(ours?.secret);
  const secrets = protectHandshake(flow, agreed, handshake, hash);
  if (earlySecret !== undefined) flow.carrier.protectReading(protection13(cipherSuite, hash, earlySecret));
  else readHandshake(flow, agreed, secrets.client, hash);
  flow.send(EncryptedExtensions, { extensions: encryptedExtensions(agreed) });
  if (agreed.signature) sendCertificate(flow, agreed, agreed.signature, hash);
  flow.send(Finished, { verifyData: finishedMac(hash, secrets.server, flow.transcript.digest(hash)) });

  const master = handshake.master();
  const toServerFinished = flow.transcript.digest(hash);
  const exporter = master.exporter(toServerFinished);
  const traffic = protectWriting(flow, agreed, master, exporter, toServerFinished);
  flow.carrier.flush();

  if (earlySecret !== undefined && psk) {
    yield* receiveEarlyData(flow, psk);
    readHandshake(flow, agreed, secrets.client, hash);
  } else {
    if (agreed.earlyData === 'rejected' && !retried) flow.earlyData = new EarlyData('undecryptable', flow.settings);
    flow.enter(State.earlyData);
  }
  yield* receiveFinished(flow, hash, secrets.client);
  flow.earlyData = undefined;
  flow.tell.secret?.('CLIENT_TRAFFIC_SECRET_0', agreed.clientRandom, traffic.client);
  flow.carrier.protectReading(protection13(cipherSuite, hash, traffic.client));
  const session = yield* sendTickets(flow, agreed, master);

  return {
    info: {
      ...offerInfo(flow.settings, agreed.offer),
      ...(psk && { signatureAlgorithms: [], sharedSignatureAlgorithms: [] }),
      version: Version['TLSv1.3'],
      cipherSuite,
      session,
      resumed: agreed.resumed,
      ...(agreed.earlyData !== 'notOffered' && { earlyData: agreed.earlyData }),
      ...(agreed.alpn !== undefined && { alpn: agreed.alpn }),
    },
    exportKeyingMaterial: (label, length, context = new Uint8Array(0)) =>
      exportKeys(hash, exporter, label, context, length),
    finished: new Uint8Array(0),
    traffic,
  };
}

/**
 * Finds a PSK, and a group that both sides have a share for, with a HelloRetryRequest if need be (RFC 8446 section 4.1.4).
 */
function* agree(flow: Flow, first: Hello): Handshake<KeyAgreement | 'again'> {
  const draft = yield* draft13(flow, first);
  if (flow.settings.cookieKeys !== undefined) return yield* agreeStateless(flow, draft, flow.settings.cookieKeys);
  const hash = suiteHash(draft.cipherSuite);
  flow.transcript.use(hash);
  const psk = yield* choosePsk(flow, draft.hello, draft.offers, hash);
  const choice = chooseKeyExchange(flow.settings, draft.offers, psk);
  if (choice === undefined || !('retry' in choice)) return { draft, share: choice, psk, retried: false };
  // A client that we cannot sign for is refused before it is asked for a share.
  if (psk === undefined) chooseCertificate(flow, draft.offer);
  flow.transcript.replaceByHash(hash);
  sendHello(flow, draft, helloRetryRequestRandom, [supportedVersionsAnswer(), keyShareRequest(choice.retry.code)]);
  if (flow.settings.middleboxCompatibility) flow.sendChangeCipherSpec();
  flow.carrier.flush();
  flow.enter(State.earlyData);
  if (draft.offers.earlyData !== undefined) flow.earlyData = new EarlyData('unwanted', flow.settings);

  const second = yield* receiveClientHello(flow);
  flow.earlyData = undefined;
  flow.insist(chooseVersion(flow.settings, second) === Version['TLSv1.3'], 'badLegacyVersion', where);
  const redraft = yield* draft13(flow, second);
  flow.insist(redraft.cipherSuite === draft.cipherSuite, 'badCipher', where);
  refuseEarlyData(redraft);
  const secondPsk = yield* choosePsk(flow, redraft.hello, redraft.offers, hash);
  const serverNameAccepted = draft.serverNameAccepted || redraft.serverNameAccepted;
  return {
    draft: { ...redraft, cipherSuite: draft.cipherSuite, serverNameAccepted },
    share: secondPsk?.keyExchange === 'none' ? undefined : requestedShare(redraft.offers, choice.retry),
    psk: secondPsk,
    retried: true,
  };
}

/** A ServerHello, or with the random value of one a HelloRetryRequest. */
function sendHello(flow: Flow, draft: Draft13, random: Uint8Array, extensions: Extension[]): void {
  flow.send(ServerHello, serverHello13(draft, random, extensions));
}

function protectHandshake(
  flow: Flow,
  { cipherSuite, clientRandom }: Negotiated13,
  secret: HandshakeSecret,
  hash: HashName,
) {
  const toServerHello = flow.transcript.digest(hash);
  const server = secret.serverTraffic(toServerHello);
  const client = secret.clientTraffic(toServerHello);
  flow.carrier.protectWriting(protection13(cipherSuite, hash, server, paddingOf(flow.settings)));
  flow.tell.secret?.('SERVER_HANDSHAKE_TRAFFIC_SECRET', clientRandom, server);
  return { server, client };
}

function readHandshake(flow: Flow, { cipherSuite, clientRandom }: Negotiated13, client: TrafficSecret, hash: HashName) {
  flow.carrier.protectReading(protection13(cipherSuite, hash, client));
  flow.tell.secret?.('CLIENT_HANDSHAKE_TRAFFIC_SECRET', clientRandom, client);
}

/** Up to here only the ClientHello has been sent (RFC 8446 section 7.1). */
function earlyTraffic(flow: Flow, { clientRandom }: Negotiated13, early: EarlySecret): TrafficSecret {
  const toClientHello = flow.transcript.digest(early.hash);
  const secret = early.clientEarlyTraffic(toClientHello);
  flow.tell.secret?.('EARLY_EXPORTER_SECRET', clientRandom, early.earlyExporter(toClientHello));
  flow.tell.secret?.('CLIENT_EARLY_TRAFFIC_SECRET', clientRandom, secret);
  return secret;
}

/** Until EndOfEarlyData, after which the client's keys change (RFC 8446 section 4.5). */
function* receiveEarlyData(flow: Flow, { session }: ChosenPsk): Handshake<void> {
  flow.earlyData = new EarlyData('accepted', flow.settings, session);
  flow.enterUntold(State.earlyData);
  const process = 'tls_process_end_of_early_data';
  const { body, endsRecord } = yield* receiveOneOf(flow, EndOfEarlyData.type);
  flow.earlyData = undefined;
  flow.decode(EndOfEarlyData, body, process);
  flow.insist(endsRecord, 'notOnRecordBoundary', process);
}

type CertificateChoice = NonNullable<Negotiated13['signature']>;

/** RFC 8446 sections 4.4.2 and 4.4.3 */
function sendCertificate(
  flow: Flow,
  { offer }: Negotiated13,
  { credential, scheme }: CertificateChoice,
  hash: HashName,
): void {
  sendCertificate13(flow, credential, offer.offers);
  const signed = Buffer.concat([serverSignaturePrefix, flow.transcript.digest(hash)]);
  flow.send(CertificateVerify, { algorithm: scheme.code, signature: sign(scheme.code, credential.key, signed) });
}

/** From here on we may send application data, before the client's Finished (RFC 8446 section 4.4.4). */
function protectWriting(
  flow: Flow,
  { cipherSuite, clientRandom }: Negotiated13,
  master: MasterSecret,
  exporter: Uint8Array,
  toServerFinished: Uint8Array,
): Traffic13 {
  const { hash } = master;
  const server = master.serverTraffic(toServerFinished);
  const client = master.clientTraffic(toServerFinished);
  flow.carrier.protectWriting(protection13(cipherSuite, hash, server, paddingOf(flow.settings)));
  flow.tell.secret?.('EXPORTER_SECRET', clientRandom, exporter);
  flow.tell.secret?.('SERVER_TRAFFIC_SECRET_0', clientRandom, server);
  return { cipherSuite, hash, clientRandom, client, server };
}

function* receiveFinished(flow: Flow, hash: HashName, secret: TrafficSecret): Handshake<void> {
  const expected = finishedMac(hash, secret, flow.transcript.digest(hash));
  const process = 'tls_process_finished';
  const { verifyData } = yield* receive(flow, Finished, { where: process });
  flow.insist(verifyData.length === expected.length, 'badDigestLength', process, { bytes: verifyData });
  flow.insist(constantTimeEqual(verifyData, expected), 'digestCheckFailed', process, { bytes: verifyData });
}

/**
 * As many tickets as configured after a full handshake, at most one after a resumption. Each has a session of its own,
 * and the last one is the connection's.
 */
function* sendTickets(flow: Flow, agreed: Negotiated13, master: MasterSecret): Handshake<Session> {
  const { settings, surroundings } = flow;
  const resumption = master.resumption(flow.transcript.digest(master.hash));
  const base = newSession(flow, {
    version: Version['TLSv1.3'],
    cipherSuite: agreed.cipherSuite.code,
    id: new Uint8Array(0),
    secret: new Uint8Array(0),
    extendedMasterSecret: false,
    maxFragmentLength: agreed.maxFragmentLength,
    group: agreed.group?.code ?? agreed.psk?.session.group ?? 0,
    ...(agreed.psk && { timeout: agreed.psk.session.timeout, verifyResult: agreed.psk.session.verifyResult }),
    ...(agreed.alpn !== undefined && { alpn: Buffer.from(agreed.alpn, 'latin1') }),
    ...acceptedName(agreed),
  });
  const maxEarlyData = settings.earlyData?.max ?? 0;
  const count = agreed.resumed ? Math.min(settings.ticketCount, 1) : settings.ticketCount;
  let session = agreed.psk?.session ?? base;
  for (let number = 0; number < count; number++) {
    const nonce = ticketNonce(number);
    const id = yield* newSessionId(flow);
    const ticketAgeAdd = Buffer.from(surroundings.random(4)).readUInt32BE();
    session = { ...base, id, ticketAgeAdd, maxEarlyData, secret: resumptionPsk(master.hash, resumption, nonce) };
    flow.turnToWriting();
    yield* sendTicket13(flow, session, nonce);
    flow.carrier.flush();
  }
  flow.turnToWriting();
  return session;
}

/** Eight bytes, as the reference counts them. */
function ticketNonce(number: number): Uint8Array {
  const nonce = new Uint8Array(8);
  nonce[7] = number;
  nonce[6] = number >>> 8;
  return nonce;
}

const where = 'tls_early_post_process_client_hello';

/** RFC 8446 section 4.4.3 */
const serverSignaturePrefix = Buffer.from(`${' '.repeat(64)}TLS 1.3, server CertificateVerify\0`, 'latin1');
