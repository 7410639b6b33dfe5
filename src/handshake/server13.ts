import type { HashName } from '../crypto/hash.ts';
import { sign } from '../crypto/signatures.ts';
import {
  EarlySecret,
  exportKeys,
  finishedMac,
  type HandshakeSecret,
  type MasterSecret,
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
import { asksForCertificate, sendCertificateRequest13 } from './certificate-request.ts';
import { type Authentication13, receiveAuthentication13, receiveFinished13 } from './client-authentication13.ts';
import { type ClientCertificate, peerInfo, sessionPeer } from './client-certificate.ts';
import { type Hello, receiveClientHello } from './client-hello.ts';
import { offerInfo } from './client-offer.ts';
import { tellKeyExchange, tellKeyShares, tellOwnGroups } from './decisions/groups.ts';
import { tellStart } from './decisions/versions.ts';
import { EarlyData } from './early-data.ts';
import { confirmHello, confirmRetry } from './ech-confirmation.ts';
import type { Established, LaterAuthentication, TicketSource, Traffic13 } from './established.ts';
import { encryptedExtensions, extensionsIn } from './extensions/index.ts';
import { limitRecords } from './extensions/record-size-limit.ts';
import type { Flow, Handshake } from './flow.ts';
import { chooseKeyExchange, requestedShare, respond } from './key-share-choice.ts';
import { chooseCertificate, type Draft13, draft13, type Negotiated13, negotiate13 } from './negotiate13.ts';
import { sendCertificate13, shownCertificate } from './own-certificate.ts';
import { paddingOf, protection13 } from './protections.ts';
import { rawPublicKeyInfo } from './raw-public-key.ts';
import { receiveOneOf } from './receive.ts';
import { type ChosenPsk, choosePsk, suiteHash } from './resume13.ts';
import { serverInfoIn } from './server-info.ts';
import { agreeStateless, type KeyAgreement, refuseEarlyData, serverHello13 } from './stateless-retry.ts';
import { acceptedName, newSession, sendTickets13 } from './tickets.ts';
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
  const earlySecret = agreed.chosen.earlyData === 'accepted' ? earlyTraffic(flow, agreed, early) : undefined;

  limitRecords(flow, agreed.chosen);
  const answer = share && ours && { group: share.group.code, keyExchange: ours.share };
  const helloInfo = serverInfoIn('serverHello13', flow.settings.serverInfo, agreed);
  const hello = extensionsIn('serverHello13', { share: answer, selectedPsk: psk?.index }, helloInfo);
  sendHello(flow, draft, flow.surroundings.random(32), hello);
  if (!retried && flow.settings.middleboxCompatibility) flow.sendChangeCipherSpec();
  const handshake = early.handshake(ours?.secret);
  const secrets = protectHandshake(flow, agreed, handshake, hash);
  if (earlySecret !== undefined) flow.carrier.protectReading(protection13(cipherSuite, hash, earlySecret));
  else readHandshake(flow, agreed, secrets.client, hash);
  tellOwnGroups(flow, agreed.group);
  flow.send(EncryptedExtensions, { extensions: encryptedExtensions(agreed) });
  const asks = agreed.signature !== undefined && asksForCertificate(flow, cipherSuite);
  const requestInfo = serverInfoIn('certificateRequest', flow.settings.serverInfo, agreed);
  if (asks) sendCertificateRequest13(flow, new Uint8Array(0), requestInfo);
  if (agreed.signature) sendCertificate(flow, agreed, agreed.signature, hash);
  const serverFinished = finishedMac(hash, secrets.server, flow.transcript.digest(hash));
  flow.send(Finished, { verifyData: serverFinished });

  const master = handshake.master();
  const toServerFinished = flow.transcript.digest(hash);
  const exporter = master.exporter(toServerFinished);
  const traffic = protectWriting(flow, agreed, master, exporter, toServerFinished);
  flow.carrier.flush();

  if (earlySecret !== undefined && psk) {
    yield* receiveEarlyData(flow, psk);
    readHandshake(flow, agreed, secrets.client, hash);
  } else {
    if (agreed.chosen.earlyData === 'rejected' && !retried)
      flow.earlyData = new EarlyData('undecryptable', flow.settings);
    flow.enter(State.earlyData);
  }
  flow.tell.note?.('earlyDataOver', { fate: agreed.chosen.earlyData });
  if (flow.settings.cookieKeys || !retried) tellPause(flow);
  const authentication: Authentication13 = asks
    ? yield* receiveAuthentication13(flow, { context: new Uint8Array(0), hash, secret: secrets.client })
    : { finished: yield* receiveFinished13(flow, hash, secrets.client) };
  flow.earlyData = undefined;
  flow.tell.secret?.('CLIENT_TRAFFIC_SECRET_0', agreed.clientRandom, traffic.client);
  flow.carrier.protectReading(protection13(cipherSuite, hash, traffic.client));
  const { client, scheme } = authentication;
  const tickets = ticketSource(flow, agreed, master, client);
  const later = laterAuthentication(flow, agreed, { tickets, requestInfo });
  const session = yield* sendTickets13(flow, tickets);

  return {
    info: {
      ...offerInfo(flow.settings, agreed.offer),
      ...(psk && { signatureAlgorithms: [], sharedSignatureAlgorithms: [] }),
      version: Version['TLSv1.3'],
      cipherSuite,
      session,
      resumed: agreed.resumed,
      ...(agreed.chosen.earlyData !== 'notOffered' && { earlyData: agreed.chosen.earlyData }),
      ...(agreed.chosen.alpn !== undefined && { alpn: agreed.chosen.alpn }),
      ...shownCertificate(agreed.signature?.credential),
      ...rawPublicKeyInfo(agreed),
      ...peerInfo(client, session),
      ...(scheme !== undefined && { peerSignatureScheme: scheme }),
      finished: { client: authentication.finished, server: serverFinished },
    },
    exportKeyingMaterial: (label, length, context = new Uint8Array(0)) =>
      exportKeys(hash, exporter, label, context, length),
    traffic,
    ...later,
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
  const psk = yield* choosePsk(flow, draft, hash);
  if (psk?.keyExchange !== 'none') tellKeyExchange(flow, draft.offers);
  const choice = chooseKeyExchange(flow.settings, draft.offers, psk);
  if (choice === undefined || !('retry' in choice)) return { draft, share: choice, psk, retried: false };
  // A client that we cannot sign for is refused before it is asked for a share.
  const signature = psk === undefined ? chooseCertificate(flow, draft.offer) : undefined;
  const firstHello = flow.transcript.digest(hash);
  flow.transcript.replaceByHash(hash);
  const audience = { hello: draft.hello, version: Version['TLSv1.3'], credential: signature?.credential };
  const info = serverInfoIn('helloRetryRequest', flow.settings.serverInfo, audience);
  const request = extensionsIn('helloRetryRequest', { group: choice.retry.code, cookie: undefined }, info);
  const retry = serverHello13(draft, helloRetryRequestRandom, request);
  flow.send(ServerHello, confirmRetry(flow, draft.hello, retry, { hash, firstHello }));
  if (flow.settings.middleboxCompatibility) flow.sendChangeCipherSpec();
  flow.carrier.flush();
  flow.enter(State.earlyData);
  const offered = draft.offers.earlyData !== undefined;
  if (offered) flow.earlyData = new EarlyData('unwanted', flow.settings);
  flow.tell.note?.('earlyDataOver', { fate: offered ? 'rejected' : 'notOffered' });
  tellPause(flow);

  const second = yield* receiveClientHello(flow);
  flow.earlyData = undefined;
  flow.insist(chooseVersion(flow.settings, second) === Version['TLSv1.3'], 'badLegacyVersion', where);
  const redraft = yield* draft13(flow, second);
  flow.insist(redraft.cipherSuite === draft.cipherSuite, 'badCipher', where);
  refuseEarlyData(redraft);
  const serverNameAccepted = draft.serverNameAccepted || redraft.serverNameAccepted;
  const secondPsk = yield* choosePsk(flow, { ...redraft, serverNameAccepted }, hash);
  if (secondPsk?.keyExchange !== 'none') tellKeyShares(flow, sharesOf(redraft));
  return {
    draft: { ...redraft, cipherSuite: draft.cipherSuite, serverNameAccepted },
    share: secondPsk?.keyExchange === 'none' ? undefined : requestedShare(redraft.offers, choice.retry),
    psk: secondPsk,
    retried: true,
  };
}

/** Where it looks for early data, and with cookies, the reference leaves its state machine once and starts it again. */
function tellPause(flow: Flow): void {
  const pauses = flow.settings.earlyData?.accepts || flow.settings.cookieKeys !== undefined;
  if (pauses) tellStart(flow, Version['TLSv1.3'], 'later');
}

function sharesOf({ offers }: Draft13): readonly number[] {
  return (offers.keyShare ?? []).map(({ group }) => group);
}

function sendHello(flow: Flow, draft: Draft13, random: Uint8Array, extensions: Extension[]): void {
  const hello = serverHello13(draft, random, extensions);
  flow.send(ServerHello, confirmHello(flow, draft.hello, hello, suiteHash(draft.cipherSuite)));
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
  agreed: Negotiated13,
  { credential, scheme }: CertificateChoice,
  hash: HashName,
): void {
  sendCertificate13(flow, credential, agreed);
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

/** The session of the tickets that follow. */
function ticketSource(
  flow: Flow,
  agreed: Negotiated13,
  master: MasterSecret,
  client: ClientCertificate | undefined,
): TicketSource {
  const { psk } = agreed;
  const base = newSession(flow, {
    version: Version['TLSv1.3'],
    cipherSuite: agreed.cipherSuite.code,
    id: new Uint8Array(0),
    secret: new Uint8Array(0),
    extendedMasterSecret: false,
    maxFragmentLength: agreed.chosen.maxFragmentLength,
    group: agreed.group?.code ?? psk?.session.group ?? 0,
    ...(psk === undefined ? sessionPeer(client) : resumedFacts(psk.session)),
    ...(agreed.chosen.alpn !== undefined && { alpn: Buffer.from(agreed.chosen.alpn, 'latin1') }),
    ...acceptedName(agreed),
  });
  const { ticketCount } = flow.settings;
  return {
    base,
    hash: master.hash,
    resumption: master.resumption(flow.transcript.digest(master.hash)),
    sent: 0,
    count: agreed.resumed ? Math.min(ticketCount, 1) : ticketCount,
    info: serverInfoIn('newSessionTicket', flow.settings.serverInfo, agreed),
    ...(psk && { resumed: psk.session }),
  };
}

/** For a client that takes requests after the handshake, where we could make some. */
function laterAuthentication(
  { settings, transcript }: Flow,
  { offer: { offers } }: Negotiated13,
  { tickets, requestInfo }: Omit<LaterAuthentication, 'transcript'>,
): Pick<Established, 'later'> {
  if (settings.clientAuthentication === undefined || offers.postHandshakeAuth === undefined) return {};
  return { later: { transcript: transcript.fork(), tickets: { ...tickets, sent: tickets.count }, requestInfo } };
}

/** What a resumption hands on of the session. */
function resumedFacts({ timeout, verifyResult, peerCertificate, peerPublicKey }: Session) {
  return {
    timeout,
    verifyResult,
    ...(peerCertificate && { peerCertificate }),
    ...(peerPublicKey && { peerPublicKey }),
  };
}

const where = 'tls_early_post_process_client_hello';

/** RFC 8446 section 4.4.3 */
const serverSignaturePrefix = Buffer.from(`${' '.repeat(64)}TLS 1.3, server CertificateVerify\0`, 'latin1');
