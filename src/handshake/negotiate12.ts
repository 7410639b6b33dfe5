import type { ScheduleKind } from '../keys/schedule12.ts';
import type { CipherSuite } from '../names/cipher-suites.ts';
import { Problem } from '../names/problems.ts';
import type { SignatureScheme } from '../names/signature-schemes.ts';
import { Version } from '../names/versions.ts';
import type { Session } from '../sessions/session.ts';
import type { Credential } from '../x509/credential.ts';
import { asksForCertificate } from './certificate-request.ts';
import { staplesFor } from './certificate-status.ts';
import { checkCompression, checkOffers, deflate, type Hello, offersDeflate } from './client-hello.ts';
import { type ClientOffer, clientOffer } from './client-offer.ts';
import { tellCheckedGroup } from './decisions/groups.ts';
import { tellImpliedSchemes, tellLegacyScheme, tellSharedSchemes } from './decisions/schemes.ts';
import { tellSuiteChoice } from './decisions/suites.ts';
import { tellCompression } from './decisions/tickets.ts';
import { credentialsFor } from './extended-credentials.ts';
import { chooseAlpn } from './extensions/alpn.ts';
import type { Agreed } from './extensions/answer.ts';
import { takesRawPublicKey } from './extensions/client-certificate-type.ts';
import { type Offers, readOffers } from './extensions/index.ts';
import { chooseByServerName } from './extensions/server-name.ts';
import { chooseSrtpProfile } from './extensions/use-srtp.ts';
import type { Flow, Handshake } from './flow.ts';
import { chooseSignature, keyTypesOf } from './policy/signature-choice.ts';
import { isCbc } from './protections.ts';
import { recordSizes } from './record-size-limit.ts';
import { bothFinished, checkRenegotiationInfo } from './renegotiation.ts';
import { findSession12 } from './resume12.ts';
import { checkServerInfo } from './server-info.ts';
import { newSessionId } from './session-cache.ts';
import type { Settings } from './settings.ts';
import { type SrpLogin, srpLogin } from './srp-login.ts';
import { acceptableCredentials, chooseSuite } from './suite-choice.ts';

/** What a handshake up to TLS 1.2 settles on before the ServerHello is written. */
export interface Negotiated12 extends Agreed {
  readonly offer: ClientOffer;
  readonly version: number;
  readonly prf: ScheduleKind;
  readonly clientRandom: Uint8Array;
  /** 0, or 1 for DEFLATE (RFC 3749). */
  readonly compression: number;
  /** Empty where a ticket takes its place. */
  readonly sessionId: Uint8Array;
}

/** What only a full handshake needs. */
export interface FullHandshake12 {
  readonly agreed: Negotiated12;
  /** Undefined for anonymous suites. */
  readonly credential: Credential | undefined;
  /** Undefined where nothing is signed, or the signature's hash is fixed. */
  readonly scheme: SignatureScheme | undefined;
  /** Undefined unless the suite is one of SRP. */
  readonly srpLogin: SrpLogin | undefined;
}

export interface ResumedHandshake12 {
  readonly agreed: Negotiated12;
  readonly session: Session;
}

/** @throws {Problem} */
export function* negotiate12(flow: Flow, hello: Hello): Handshake<FullHandshake12 | ResumedHandshake12> {
  const { version } = flow.context;
  checkOffers(hello);
  const offers = readOffers(hello.extensions, version);
  checkServerInfo(flow.settings.serverInfo, hello.extensions, version);
  checkRenegotiationInfo(flow, offers.renegotiationInfo, hello.signalsRenegotiationInfo);
  const { session, ticketExpected } = yield* findSession12(flow, hello, offers);
  checkCompression(flow, hello);
  const name = session === undefined ? offers.serverName : bytesOf(session.serverName);
  const serverNameAccepted = (yield* chooseByServerName(flow, name)) && session === undefined;
  const offer = clientOffer(flow, hello, offers, version);
  if (session !== undefined) {
    const agreed = yield* agree(flow, offer, session.suite, {
      compression: session.compression,
      ticketExpected,
      resumed: true,
      sessionId: session.id,
      serverNameAccepted,
      staples: [],
      credential: undefined,
    });
    return { agreed, session };
  }
  tellCompression(flow);
  tellSchemes(flow, offer);
  checkSharedSchemes(offer);
  const { suite, credentials } = chooseTold(flow, offer);
  const signature = signs(suite) ? chooseCredential(credentials, offer, suite, flow.settings) : undefined;
  const staples = yield* staplesFor(flow, offers, signature?.credential);
  flow.context = { ...flow.context, keyExchange: suite.keyExchange, anonymous: signature === undefined };
  const login = suite.keyExchange === 'SRP' ? srpLogin(flow, offers.srp) : undefined;
  const resumable = isResumable(flow.settings, suite);
  const givesTicket = ticketExpected && resumable;
  const givesId = !ticketExpected && resumable && flow.settings.sessionCache !== 'off';
  const agreed = yield* agree(flow, offer, suite, {
    compression: offersDeflate(flow, hello) ? deflate : 0,
    ticketExpected: givesTicket,
    resumed: false,
    sessionId: givesId ? yield* newSessionId(flow) : new Uint8Array(0),
    serverNameAccepted,
    staples,
    credential: signature?.credential,
  });
  return { agreed, credential: signature?.credential, scheme: signature?.scheme, srpLogin: login };
}

/** What a full handshake and a resumption come to in different ways. */
interface Outcome
  extends Pick<
    Negotiated12,
    'compression' | 'ticketExpected' | 'resumed' | 'sessionId' | 'serverNameAccepted' | 'staples'
  > {
  /** Undefined where no certificate is shown. */
  readonly credential: Credential | undefined;
}

function* agree(
  flow: Flow,
  offer: ClientOffer,
  suite: CipherSuite,
  { credential, ...how }: Outcome,
): Handshake<Negotiated12> {
  const { hello, offers, version } = offer;
  const prf = scheduleOf(version, suite);
  const sizes = version === Version.SSLv3 ? undefined : recordSizes(flow.settings, hello, version);
  const alpn = yield* chooseAlpn(flow, offers);
  if (prf === 'md5-sha1' || prf === 'ssl3') flow.transcript.use('md5', 'sha1');
  else flow.transcript.use(prf);
  // CertificateVerify signs the messages themselves.
  const asks = !how.resumed && asksForCertificate(flow, suite);
  if (!asks) flow.transcript.forgetMessages();
  const clientRawPublicKey = asks && takesRawPublicKey(flow.settings, offers.clientCertificateType);
  flow.certificateRequests.rawPublicKey = clientRawPublicKey;
  return {
    ...how,
    audience: { hello: hello.extensions, version, credential },
    offer,
    settings: flow.settings,
    offers,
    clientRawPublicKey,
    version,
    prf,
    cipherSuite: suite,
    group: undefined,
    sharedGroups: offer.sharedGroups,
    alpn,
    earlyData: 'notOffered',
    nextProtocols: alpn === undefined ? nextProtocols(flow, offers) : undefined,
    extendedMasterSecret: flow.settings.extendedMasterSecret && offers.extendedMasterSecret !== undefined,
    encryptThenMac: flow.settings.encryptThenMac && offers.encryptThenMac !== undefined && isCbc(suite),
    // RFC 8449 section 5: of the two extensions this one counts.
    maxFragmentLength: sizes ? 0 : (offers.maxFragmentLength ?? 0),
    recordSizes: sizes,
    srtpProfile: chooseSrtpProfile(flow.settings, hello.extensions),
    secureRenegotiation: hello.signalsRenegotiationInfo || offers.renegotiationInfo !== undefined,
    previousFinished: bothFinished(flow.previous?.info),
    clientRandom: Uint8Array.from(hello.message.random),
  };
}

/** Once per connection; ALPN goes before. */
function nextProtocols({ settings, previous }: Flow, { nextProtocolNegotiation }: Offers) {
  return nextProtocolNegotiation !== undefined && previous === undefined ? settings.nextProtocols : undefined;
}

/** The suite, and those of our certificates that the client could use. @throws {Problem} */
function chooseTold(flow: Flow, offer: ClientOffer) {
  const { settings } = flow;
  const { hello, offers, version } = offer;
  const available = credentialsFor(flow, offer);
  const credentials = acceptableCredentials(available, offers.supportedGroups);
  const question = { ...offer, settings, credentials, offered: hello.message.cipherSuites };
  for (const { keyType, group } of available) if (keyType === 'EC') tellCheckedGroup(flow, group);
  tellSuiteChoice(flow.tell, question, offers.supportedGroups);
  const suite = chooseSuite(question);
  if (suite === undefined) throw new Problem('noSharedCipher', 'tls_post_process_client_hello');
  const [keyType] = keyTypesOf(suite);
  if (keyType !== undefined && !negotiatesSchemes(offer)) tellLegacyScheme(flow, keyType, version);
  return { suite, credentials };
}

function scheduleOf(version: number, suite: CipherSuite): ScheduleKind {
  if (version === Version.SSLv3) return 'ssl3';
  if (version < Version['TLSv1.2']) return 'md5-sha1';
  return suite.prf === 'sha384' ? 'sha384' : 'sha256';
}

function isResumable({ resumesEphemeral }: Settings, { keyExchange }: CipherSuite): boolean {
  return resumesEphemeral || (keyExchange !== 'DHE' && keyExchange !== 'ECDHE');
}

function bytesOf(name: string | undefined): Uint8Array | undefined {
  return name === undefined ? undefined : Buffer.from(name, 'latin1');
}

/** A list that has nothing in common with ours ends the handshake before a suite is looked for. */
function checkSharedSchemes(offer: ClientOffer): void {
  if (!negotiatesSchemes(offer)) return;
  if (offer.sharedSchemes.length === 0) throw new Problem('noSharedSignatureAlgorithms', 'tls1_set_server_sigalgs');
}

function negotiatesSchemes({ version, offers }: ClientOffer): boolean {
  return version >= Version['TLSv1.2'] && offers.signatureAlgorithms !== undefined;
}

function tellSchemes(flow: Flow, offer: ClientOffer): void {
  const { version, offers } = offer;
  if (negotiatesSchemes(offer)) tellSharedSchemes(flow, offers.signatureAlgorithms ?? [], version);
  else tellImpliedSchemes(flow, version);
}

function signs({ authentication }: CipherSuite): boolean {
  return authentication === 'RSA' || authentication === 'ECDSA' || authentication === 'DSS';
}

function chooseCredential(
  credentials: readonly Credential[],
  { version, sharedSchemes }: ClientOffer,
  suite: CipherSuite,
  { suiteB }: Settings,
) {
  const choice = chooseSignature({ version, shared: sharedSchemes, credentials, keyTypes: keyTypesOf(suite), suiteB });
  if (choice !== undefined) return choice;
  const isNamed = version >= Version['TLSv1.2'];
  throw new Problem('noSuitableSignatureAlgorithm', 'tls_choose_sigalg', isNamed ? {} : { alert: 'internal_error' });
}
