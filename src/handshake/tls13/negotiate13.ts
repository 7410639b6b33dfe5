import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import { Problem } from '../../names/problems.ts';
import type { SignatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { asksForCertificate } from '../certificates/certificate-request.ts';
import { type ClientOffer, clientOffer } from '../certificates/client-offer.ts';
import { credentialsFor } from '../certificates/extended-credentials.ts';
import { checkSharedSchemes } from '../certificates/shared-schemes.ts';
import { reportSignature, reportSuite } from '../decisions/choices.ts';
import { tellSharedSchemes } from '../decisions/schemes.ts';
import { tellSuiteChoice } from '../decisions/suites.ts';
import { required } from '../extensions/extension.ts';
import { choose, type Decided13, type Offers, readOffers, switchByName, undecided13 } from '../extensions/index.ts';
import { serverName } from '../extensions/server-name.ts';
import { signatureAlgorithms } from '../extensions/signature-algorithms.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { checkServerInfo } from '../flow/server-info.ts';
import { checkCompression, checkOffers, type Hello } from '../hello/client-hello.ts';
import { settingsForGroups } from '../hello/group-choice.ts';
import { chooseSuite } from '../hello/suite-choice.ts';
import { settingsForSchemes } from '../policy/peer-signature.ts';
import { chooseSignature } from '../policy/signature-choice.ts';
import type { ChosenPsk } from './resume13.ts';

/** The first results from a TLS 1.3 ClientHello, its form and its suites; a retry may follow. */
export interface Draft13 {
  readonly hello: Hello;
  readonly offers: Offers;
  readonly offer: ClientOffer;
  readonly cipherSuite: CipherSuite;
  readonly serverNameAccepted: boolean;
}

/** The results of the TLS 1.3 negotiation, before the ServerHello is written. */
export interface Negotiated13 extends Decided13 {
  readonly offer: ClientOffer;
  readonly clientRandom: Uint8Array;
  /** Undefined in a resumption, which needs no certificate. */
  readonly signature: CertificateChoice | undefined;
  readonly psk: ChosenPsk | undefined;
}

/** A certificate, and the scheme that its key signs with. */
export interface CertificateChoice {
  readonly credential: Credential;
  readonly scheme: SignatureScheme;
}

/** The sources of the keys: a PSK, a group for a key exchange, or both. */
export interface KeySources {
  readonly psk: ChosenPsk | undefined;
  readonly group: Group | undefined;
  /** True after a HelloRetryRequest. */
  readonly retried: boolean;
}

const where = 'tls_early_post_process_client_hello';

/** @throws {Problem} */
export function* draft13(flow: Flow, hello: Hello): Handshake<Draft13> {
  const version = Version['TLSv1.3'];
  flow.insist(hello.endsRecord, 'notOnRecordBoundary', where);
  checkOffers(flow, hello);
  const cipherSuite = chooseAndReport(flow, hello);
  checkCompression(flow, hello);
  flow.insist(hello.message.compressionMethods.length === 1, 'invalidCompressionAlgorithm', where);
  const read = readOffers(flow.settings, hello.extensions, version);
  checkServerInfo(flow.settings.serverInfo, hello.extensions, version);
  const asked = yield* serverName.find(flow, read.serverName);
  const { offers, serverNameAccepted } = switchByName(flow, { hello, version }, read, asked);
  flow.settings = settingsForGroups(flow.settings, offers.supportedGroups);
  flow.settings = settingsForSchemes(flow.settings, offers.signatureAlgorithms);
  return { hello, offers, serverNameAccepted, offer: clientOffer(flow, hello, offers, version), cipherSuite };
}

/** @throws {Problem} */
function chooseAndReport({ settings, tell }: Flow, { message }: Hello): CipherSuite {
  const question = {
    settings,
    version: Version['TLSv1.3'],
    offered: message.cipherSuites,
    sharedGroups: [],
    sharedSchemes: [],
    credentials: [],
  };
  tellSuiteChoice(tell, question, undefined);
  const suite = chooseSuite(question);
  reportSuite(tell, question, suite);
  if (suite === undefined) throw new Problem('noSharedCipher', where);
  return suite;
}

/** @throws {Problem} */
export function* negotiate13(flow: Flow, draft: Draft13, sources: KeySources): Handshake<Negotiated13> {
  const { psk, group, retried } = sources;
  const { hello, offers, offer, cipherSuite, serverNameAccepted } = draft;
  const signature = psk === undefined ? yield* chooseCertificate(flow, offer) : undefined;
  const agreed: Negotiated13 = {
    settings: flow.settings,
    offer,
    hello,
    offers,
    version: Version['TLSv1.3'],
    cipherSuite,
    group,
    psk,
    retried,
    resumed: psk !== undefined,
    signature,
    credential: signature?.credential,
    serverNameAccepted,
    asksClient: asksClient(flow, draft, signature !== undefined),
    clientRandom: Uint8Array.from(hello.message.random),
    chosen: undecided13(),
  };
  yield* choose(flow, agreed);
  flow.certificateRequests.rawPublicKey = agreed.chosen.clientCertificateType;
  return agreed;
}

/** True when the client may be asked for its certificate, in the handshake or later. */
function asksClient(flow: Flow, { offers, cipherSuite }: Draft13, shows: boolean): boolean {
  return (shows && asksForCertificate(flow, cipherSuite)) || offers.postHandshakeAuth !== undefined;
}

/** @throws {Problem} when there is no certificate that the client could verify */
export function* chooseCertificate(flow: Flow, offer: ClientOffer): Handshake<CertificateChoice> {
  const { offers, sharedSchemes } = offer;
  tellSharedSchemes(flow, required(signatureAlgorithms, offers.signatureAlgorithms), Version['TLSv1.3']);
  checkSharedSchemes(flow, offer);
  const credentials = yield* credentialsFor(flow, offer);
  const choice = chooseSignature({
    version: Version['TLSv1.3'],
    shared: sharedSchemes,
    credentials,
    certificateSchemes: offers.signatureAlgorithmsCert,
  });
  reportSignature(flow, offer, credentials, choice);
  if (choice === undefined) throw new Problem('noSuitableSignatureAlgorithm', 'tls_choose_sigalg');
  return choice;
}
