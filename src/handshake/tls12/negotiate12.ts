import type { ScheduleKind } from '../../keys/schedule12.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import type { SignatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import type { Session } from '../../sessions/session.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { asksForCertificate } from '../certificates/certificate-request.ts';
import { type ClientOffer, certificateSchemesOf, clientOffer, namesSchemes } from '../certificates/client-offer.ts';
import { credentialsFor } from '../certificates/extended-credentials.ts';
import { checkSharedSchemes } from '../certificates/shared-schemes.ts';
import { reportSignature, reportSuite } from '../decisions/choices.ts';
import { tellCheckedGroup } from '../decisions/groups.ts';
import { tellImpliedSchemes, tellLegacyScheme, tellSharedSchemes } from '../decisions/schemes.ts';
import { tellSuiteChoice } from '../decisions/suites.ts';
import { tellCompression } from '../decisions/tickets.ts';
import { checkPointFormats } from '../extensions/ec-point-formats.ts';
import { extendedMasterSecret } from '../extensions/extended-master-secret.ts';
import { required } from '../extensions/extension.ts';
import { choose, type Decided12, type Offers, readOffers, switchByName, undecided12 } from '../extensions/index.ts';
import { preSharedKey } from '../extensions/pre-shared-key.ts';
import { pskKeyExchangeModes } from '../extensions/psk-key-exchange-modes.ts';
import { type AskedName, serverName } from '../extensions/server-name.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { checkServerInfo } from '../flow/server-info.ts';
import { isResumable, newSessionId } from '../flow/session-cache.ts';
import { checkCompression, checkOffers, deflate, type Hello, offersDeflate } from '../hello/client-hello.ts';
import { acceptableCredentials, chooseSuite, type SuiteQuestion } from '../hello/suite-choice.ts';
import { type SrpLogin, srpLogin } from '../key-exchange/srp-login.ts';
import { checkRenegotiationInfo } from '../policy/renegotiation.ts';
import { chooseSignature, keyTypesOf, verifiableCredentials } from '../policy/signature-choice.ts';
import { findSession12, type Resumption12, resume12, servedUnder } from './resume12.ts';

/** The results of the negotiation up to TLS 1.2, before the ServerHello is written. */
export interface Negotiated12 extends Decided12 {
  readonly offer: ClientOffer;
  readonly prf: ScheduleKind;
  readonly clientRandom: Uint8Array;
  /** 0, or 1 for DEFLATE (RFC 3749). */
  readonly compression: number;
  /** Empty when a ticket replaces it. */
  readonly sessionId: Uint8Array;
}

/** The values that only a full handshake needs. */
export interface FullHandshake12 {
  readonly agreed: Negotiated12;
  /** Undefined for anonymous suites. */
  readonly credential: Credential | undefined;
  /** Undefined when nothing is signed, or the signature's hash is fixed. */
  readonly scheme: SignatureScheme | undefined;
  /** Undefined unless the suite is one of SRP. */
  readonly srpLogin: SrpLogin | undefined;
}

export interface ResumedHandshake12 {
  readonly agreed: Negotiated12;
  readonly session: Session;
  readonly resumedFrom: 'ticket' | 'id';
}

/** @throws {Problem} */
export function* negotiate12(flow: Flow, hello: Hello): Handshake<FullHandshake12 | ResumedHandshake12> {
  const { version } = flow.context;
  checkOffers(flow, hello);
  const read = readOffers(flow.settings, hello.extensions, version);
  checkServerInfo(flow.settings.serverInfo, hello.extensions, version);
  checkRenegotiationInfo(flow, read.renegotiationInfo, hello.signalsRenegotiationInfo);
  const candidate = yield* findSession12(flow, hello, read);
  const asked = yield* serverName.find(flow, read.serverName);
  const { session, ticketExpected: ticketDue } = resume12(flow, hello, read, { ...candidate, asked });
  checkCompression(flow, hello);
  const served = yield* servedName(flow, session, asked);
  const { offers, serverNameAccepted } = switchByName(flow, { hello, version }, read, served);
  checkPskModes(hello);
  checkExtendedMasterSecret(flow, offers);
  checkPointFormats(offers.ecPointFormats, offers.supportedGroups);
  const offer = clientOffer(flow, hello, offers, version);
  return session === undefined
    ? yield* negotiateFull(flow, { offer, ticketDue, serverNameAccepted })
    : yield* negotiateResumed(flow, { offer, ticketDue, serverNameAccepted: false }, session);
}

/** A session keeps the name that it was made under, and goes on without one where it had none. */
function* servedName(flow: Flow, session: Session | undefined, asked: AskedName): Handshake<AskedName> {
  if (session === undefined) return asked;
  if (session.serverName === undefined) return unnamed;
  return servedUnder(session, asked) ? asked : yield* serverName.find(flow, Buffer.from(session.serverName, 'latin1'));
}

const unnamed: AskedName = { name: undefined, settings: undefined };

/**
 * Requires psk_key_exchange_modes with pre_shared_key in older versions too, as the reference does.
 * @throws {Problem}
 */
function checkPskModes({ extensions }: Hello): void {
  if (extensions.has(preSharedKey.code)) required(pskKeyExchangeModes, extensions.get(pskKeyExchangeModes.code));
}

/** No renegotiation gives up what the handshake before it had, as the reference has it. @throws {Problem} */
function checkExtendedMasterSecret({ previous, settings }: Flow, offers: Offers): void {
  const had = previous?.info.session.extendedMasterSecret === true && settings.extendedMasterSecret;
  if (had) required(extendedMasterSecret, offers.extendedMasterSecret);
}

/** The first results of both kinds of handshake. */
interface Opening extends Pick<Negotiated12, 'offer' | 'ticketDue' | 'serverNameAccepted'> {}

function* negotiateFull(flow: Flow, opening: Opening): Handshake<FullHandshake12> {
  const { offer } = opening;
  tellCompression(flow);
  tellSchemes(flow, offer);
  if (negotiatesSchemes(offer)) checkSharedSchemes(flow, offer);
  const { cipherSuite, credentials } = yield* chooseAndReport(flow, offer);
  const signature = signs(cipherSuite) ? chooseCredential(flow, credentials, offer, cipherSuite) : undefined;
  flow.exchangeKeysBy(cipherSuite.keyExchange, signature === undefined);
  const agreed = yield* agree(flow, opening, {
    cipherSuite,
    resumed: false,
    credential: signature?.credential,
    compression: offersDeflate(flow, offer.hello) ? deflate : 0,
    sessionId: yield* freshSessionId(flow, opening, cipherSuite),
  });
  const login = cipherSuite.keyExchange === 'SRP' ? srpLogin(flow, offer.offers.srp) : undefined;
  return { agreed, credential: signature?.credential, scheme: signature?.scheme, srpLogin: login };
}

function* negotiateResumed(
  flow: Flow,
  opening: Opening,
  session: NonNullable<Resumption12['session']>,
): Handshake<ResumedHandshake12> {
  const agreed = yield* agree(flow, opening, {
    cipherSuite: session.suite,
    resumed: true,
    credential: undefined,
    compression: session.compression,
    sessionId: session.id,
  });
  return { agreed, session, resumedFrom: session.origin };
}

/** The results that a full handshake and a resumption obtain in different ways. */
interface Outcome extends Pick<Negotiated12, 'cipherSuite' | 'resumed' | 'credential' | 'compression' | 'sessionId'> {}

function* agree(
  flow: Flow,
  { offer, ticketDue, serverNameAccepted }: Opening,
  outcome: Outcome,
): Handshake<Negotiated12> {
  const { hello, offers, version } = offer;
  const { cipherSuite, resumed, credential, compression, sessionId } = outcome;
  const asksClient = !resumed && asksForCertificate(flow, cipherSuite);
  const agreed: Negotiated12 = {
    settings: flow.settings,
    offer,
    hello,
    offers,
    version,
    cipherSuite,
    prf: scheduleOf(version, cipherSuite),
    resumed,
    credential,
    compression,
    sessionId,
    ticketDue,
    serverNameAccepted,
    asksClient,
    clientRandom: Uint8Array.from(hello.message.random),
    chosen: undecided12(),
  };
  yield* choose(flow, agreed);
  flow.certificateRequests.rawPublicKey = agreed.chosen.clientCertificateType;
  beginTranscript(flow, agreed);
  return agreed;
}

function beginTranscript({ transcript }: Flow, { prf, asksClient }: Negotiated12): void {
  if (prf === 'md5-sha1' || prf === 'ssl3') transcript.use('md5', 'sha1');
  else transcript.use(prf);
  // CertificateVerify signs the messages themselves.
  if (!asksClient) transcript.forgetMessages();
}

/** Empty when a ticket is sent instead, or nothing is stored. */
function* freshSessionId(flow: Flow, { ticketDue }: Opening, suite: CipherSuite): Handshake<Uint8Array> {
  const isKept = !ticketDue && isResumable(flow.settings, suite) && flow.settings.sessionCache !== 'off';
  return isKept ? yield* newSessionId(flow) : new Uint8Array(0);
}

interface SuiteChoice extends Pick<SuiteQuestion, 'credentials'> {
  readonly cipherSuite: CipherSuite;
}

/** Chooses the suite among those that our certificates and the client support. @throws {Problem} */
function* chooseAndReport(flow: Flow, offer: ClientOffer): Handshake<SuiteChoice> {
  const { settings } = flow;
  const { hello, offers, version } = offer;
  const available = yield* credentialsFor(flow, offer);
  const acceptable = acceptableCredentials(available, offers.supportedGroups);
  const verifiable = verifiableCredentials(acceptable, certificateSchemesOf(offer));
  // A client that can verify none is refused when one is chosen.
  const credentials = verifiable.length > 0 ? verifiable : acceptable;
  const question = { ...offer, settings, credentials, offered: hello.message.cipherSuites };
  for (const { keyType, group } of available) if (keyType === 'EC') tellCheckedGroup(flow, group);
  tellSuiteChoice(flow.tell, question, offers.supportedGroups);
  const cipherSuite = chooseSuite(question);
  reportSuite(flow.tell, question, cipherSuite);
  if (cipherSuite === undefined) throw new Problem('noSharedCipher', 'tls_post_process_client_hello');
  const [keyType] = keyTypesOf(cipherSuite);
  if (keyType !== undefined && !negotiatesSchemes(offer)) tellLegacyScheme(flow, keyType, version);
  return { cipherSuite, credentials };
}

function scheduleOf(version: number, suite: CipherSuite): ScheduleKind {
  if (version === Version.SSLv3) return 'ssl3';
  if (version < Version['TLSv1.2']) return 'md5-sha1';
  return suite.prf === 'sha384' ? 'sha384' : 'sha256';
}

function negotiatesSchemes({ version, offers }: ClientOffer): boolean {
  return version >= Version['TLSv1.2'] && namesSchemes(offers);
}

function tellSchemes(flow: Flow, offer: ClientOffer): void {
  const { version, offers } = offer;
  if (negotiatesSchemes(offer)) tellSharedSchemes(flow, offers.signatureAlgorithms ?? [], version);
  else tellImpliedSchemes(flow, version);
}

function signs({ authentication }: CipherSuite): boolean {
  return authentication === 'RSA' || authentication === 'ECDSA' || authentication === 'DSS';
}

function chooseCredential(flow: Flow, credentials: readonly Credential[], offer: ClientOffer, suite: CipherSuite) {
  const { version, sharedSchemes } = offer;
  const choice = chooseSignature({
    version,
    shared: sharedSchemes,
    credentials,
    certificateSchemes: certificateSchemesOf(offer),
    keyTypes: keyTypesOf(suite),
    suiteB: flow.settings.suiteB,
  });
  reportSignature(flow, offer, credentials, choice);
  if (choice !== undefined) return choice;
  const isNamed = version >= Version['TLSv1.2'];
  throw new Problem('noSuitableSignatureAlgorithm', 'tls_choose_sigalg', isNamed ? {} : { alert: 'internal_error' });
}
