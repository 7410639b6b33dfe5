import type { CipherSuite } from '../names/cipher-suites.ts';
import type { Group } from '../names/groups.ts';
import { Problem } from '../names/problems.ts';
import type { SignatureScheme } from '../names/signature-schemes.ts';
import { Version } from '../names/versions.ts';
import type { Credential } from '../x509/credential.ts';
import { asksForCertificate } from './certificate-request.ts';
import { staplesFor } from './certificate-status.ts';
import { checkCompression, checkOffers, type Hello } from './client-hello.ts';
import { type ClientOffer, clientOffer } from './client-offer.ts';
import { tellSharedSchemes } from './decisions/schemes.ts';
import { tellSuiteChoice } from './decisions/suites.ts';
import { acceptsEarlyData } from './early-data.ts';
import { credentialsFor } from './extended-credentials.ts';
import { chooseAlpn } from './extensions/alpn.ts';
import type { Agreed } from './extensions/answer.ts';
import { takesRawPublicKey } from './extensions/client-certificate-type.ts';
import { retryConfigs } from './extensions/encrypted-client-hello.ts';
import { type Offers, readOffers } from './extensions/index.ts';
import { chooseByServerName } from './extensions/server-name.ts';
import type { Flow, Handshake } from './flow.ts';
import { chooseSignature } from './policy/signature-choice.ts';
import { recordSizes } from './record-size-limit.ts';
import type { ChosenPsk } from './resume13.ts';
import { checkServerInfo, type InfoAudience } from './server-info.ts';
import { chooseSuite } from './suite-choice.ts';

/** A ClientHello of TLS 1.3 as far as its own form and the suites go; a retry may follow. */
export interface Draft13 {
  readonly hello: Hello;
  readonly offers: Offers;
  readonly offer: ClientOffer;
  readonly cipherSuite: CipherSuite;
  readonly serverNameAccepted: boolean;
}

/** What a TLS 1.3 handshake settles on before the ServerHello is written. */
export interface Negotiated13 extends Agreed {
  readonly offer: ClientOffer;
  readonly clientRandom: Uint8Array;
  /** Undefined in a resumption, which needs no certificate. */
  readonly signature: { readonly credential: Credential; readonly scheme: SignatureScheme } | undefined;
  readonly psk: ChosenPsk | undefined;
}

/** What the keys come from: a PSK, a group for a key exchange, or both. */
export interface KeySources {
  readonly psk: ChosenPsk | undefined;
  readonly group: Group | undefined;
  /** A HelloRetryRequest has been sent. */
  readonly retried: boolean;
}

const where = 'tls_early_post_process_client_hello';

/** @throws {Problem} */
export function* draft13(flow: Flow, hello: Hello): Handshake<Draft13> {
  const { settings } = flow;
  const version = Version['TLSv1.3'];
  flow.insist(hello.endsRecord, 'notOnRecordBoundary', where);
  checkOffers(hello);
  const question = {
    settings,
    version,
    offered: hello.message.cipherSuites,
    sharedGroups: [],
    sharedSchemes: [],
    credentials: [],
  };
  tellSuiteChoice(flow.tell, question, undefined);
  const cipherSuite = chooseSuite(question);
  if (cipherSuite === undefined) throw new Problem('noSharedCipher', where);
  checkCompression(flow, hello);
  flow.insist(hello.message.compressionMethods.length === 1, 'invalidCompressionAlgorithm', where);
  const offers = readOffers(hello.extensions, version);
  checkServerInfo(settings.serverInfo, hello.extensions, version);
  const serverNameAccepted = yield* chooseByServerName(flow, offers.serverName);
  return { hello, offers, serverNameAccepted, offer: clientOffer(flow, hello, offers, version), cipherSuite };
}

/** @throws {Problem} */
export function* negotiate13(flow: Flow, draft: Draft13, sources: KeySources): Handshake<Negotiated13> {
  const { psk, group, retried } = sources;
  const { settings } = flow;
  const { hello, offers, offer, cipherSuite } = draft;
  const signature = psk === undefined ? chooseCertificate(flow, offer) : undefined;
  const { credential } = signature ?? {};
  const staples = yield* staplesFor(flow, offers, credential);
  const sizes = recordSizes(settings, hello, Version['TLSv1.3']);
  const alpn = yield* chooseAlpn(flow, offers);
  const early =
    psk?.takesEarlyData && !retried && acceptsEarlyData({ settings, session: psk.session, cipherSuite, alpn });
  return {
    offer,
    settings,
    offers,
    cipherSuite,
    psk,
    signature,
    staples,
    audience: audienceOf(draft, credential),
    clientRawPublicKey: expectsRawPublicKey(flow, draft, signature !== undefined),
    resumed: psk !== undefined,
    group,
    sharedGroups: offer.sharedGroups,
    alpn,
    earlyData: offers.earlyData === undefined ? 'notOffered' : early ? 'accepted' : 'rejected',
    nextProtocols: undefined,
    serverNameAccepted: draft.serverNameAccepted,
    ticketExpected: false,
    extendedMasterSecret: false,
    encryptThenMac: false,
    // RFC 8449 section 5: of the two extensions this one counts.
    maxFragmentLength: sizes ? 0 : (offers.maxFragmentLength ?? 0),
    recordSizes: sizes,
    echRetryConfigs: retryConfigs(flow, hello),
    secureRenegotiation: false,
    previousFinished: new Uint8Array(0),
    clientRandom: Uint8Array.from(hello.message.random),
  };
}

/** Of a client that is asked in the handshake, or may be later. @throws {Problem} */
function expectsRawPublicKey(flow: Flow, { offers, cipherSuite }: Draft13, shows: boolean): boolean {
  const { settings, certificateRequests } = flow;
  const asks = (shows && asksForCertificate(flow, cipherSuite)) || offers.postHandshakeAuth !== undefined;
  certificateRequests.rawPublicKey = asks && takesRawPublicKey(settings, offers.clientCertificateType);
  return certificateRequests.rawPublicKey;
}

/** Whom the extensions of `-serverinfo` are for. */
export function audienceOf({ hello }: Draft13, credential: Credential | undefined): InfoAudience {
  return { hello: hello.extensions, version: Version['TLSv1.3'], credential };
}

/** @throws {Problem} where there is none that the client could verify */
export function chooseCertificate(flow: Flow, offer: ClientOffer) {
  const { offers, sharedSchemes } = offer;
  if (offers.signatureAlgorithms === undefined) throw new Problem('missingSigalgsExtension', 'final_sig_algs');
  tellSharedSchemes(flow, offers.signatureAlgorithms, Version['TLSv1.3']);
  if (sharedSchemes.length === 0) throw new Problem('noSharedSignatureAlgorithms', 'tls1_set_server_sigalgs');
  const choice = chooseSignature({
    version: Version['TLSv1.3'],
    shared: sharedSchemes,
    credentials: credentialsFor(flow, offer),
  });
  if (choice === undefined) throw new Problem('noSuitableSignatureAlgorithm', 'tls_choose_sigalg');
  return choice;
}
