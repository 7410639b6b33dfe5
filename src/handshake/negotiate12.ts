import type { PrfKind } from '../crypto/prf.ts';
import { Problem } from '../names/problems.ts';
import type { SignatureScheme } from '../names/signature-schemes.ts';
import { Version } from '../names/versions.ts';
import type { Credential } from '../x509/credential.ts';
import { checkCompression, checkOffers, type Hello } from './client-hello.ts';
import { type ClientOffer, clientOffer } from './client-offer.ts';
import { chooseAlpn } from './extensions/alpn.ts';
import type { Agreed } from './extensions/answer.ts';
import { readOffers } from './extensions/index.ts';
import type { Flow } from './flow.ts';
import type { KeyExchangeStart } from './key-exchange/key-exchange.ts';
import { allowsTickets } from './policy/security-level.ts';
import { chooseSignature, keyTypesOf } from './policy/signature-choice.ts';
import { isCbc } from './protections.ts';
import { chooseSuite } from './suite-choice.ts';

/** What a handshake up to TLS 1.2 settles on before the ServerHello is written. */
export interface Negotiated12 extends Agreed {
  readonly offer: ClientOffer;
  readonly version: number;
  readonly prf: PrfKind;
  readonly clientRandom: Uint8Array;
  /** Empty where a ticket takes its place. */
  readonly sessionId: Uint8Array;
  /** Undefined for anonymous suites. */
  readonly credential: Credential | undefined;
  /** Undefined where nothing is signed, or the signature's hash is fixed. */
  readonly scheme: SignatureScheme | undefined;
  readonly keyExchangeStart: KeyExchangeStart;
}

/** @throws {Problem} */
export function negotiate12(flow: Flow, hello: Hello): Negotiated12 {
  const { settings } = flow;
  const { version } = flow.context;
  checkOffers(hello);
  checkCompression(flow, hello);
  const offers = readOffers(hello.extensions, version);
  const offer = clientOffer(flow, hello, offers, version);
  checkSharedSchemes(offer);
  const suite = chooseSuite({ ...offer, settings, offered: hello.message.cipherSuites });
  if (suite === undefined) throw new Problem('noSharedCipher', 'tls_post_process_client_hello');
  const signature = signs(suite.authentication) ? chooseCredential(flow, offer, keyTypesOf(suite)) : undefined;
  const prf = version < Version['TLSv1.2'] ? 'md5-sha1' : suite.prf === 'sha384' ? 'sha384' : 'sha256';
  flow.context = { ...flow.context, keyExchange: suite.keyExchange, anonymous: signature === undefined };
  if (prf === 'md5-sha1') flow.transcript.use('md5', 'sha1');
  else flow.transcript.use(prf);
  flow.transcript.forgetMessages();
  const ticketExpected =
    settings.tickets && allowsTickets(settings.securityLevel) && offers.sessionTicket !== undefined;
  return {
    offer,
    settings,
    offers,
    version,
    prf,
    cipherSuite: suite,
    resumed: false,
    group: undefined,
    sharedGroups: offer.sharedGroups,
    alpn: chooseAlpn(flow, offers.alpn),
    serverNameAccepted: false,
    ticketExpected,
    extendedMasterSecret: offers.extendedMasterSecret !== undefined,
    encryptThenMac: offers.encryptThenMac !== undefined && isCbc(suite),
    maxFragmentLength: offers.maxFragmentLength ?? 0,
    secureRenegotiation: hello.signalsRenegotiationInfo || offers.renegotiationInfo !== undefined,
    previousFinished: new Uint8Array(0),
    clientRandom: Uint8Array.from(hello.message.random),
    sessionId: ticketExpected ? new Uint8Array(0) : flow.surroundings.random(32),
    credential: signature?.credential,
    scheme: signature?.scheme,
    keyExchangeStart: {
      cipherSuite: suite,
      sharedGroups: offer.sharedGroups,
      credential: signature?.credential,
      clientVersion: hello.message.legacyVersion,
    },
  };
}

/** A list that has nothing in common with ours ends the handshake before a suite is looked for. */
function checkSharedSchemes({ offers, sharedSchemes, version }: ClientOffer): void {
  if (version < Version['TLSv1.2'] || offers.signatureAlgorithms === undefined) return;
  if (sharedSchemes.length === 0) throw new Problem('noSharedSignatureAlgorithms', 'tls1_set_server_sigalgs');
}

function signs(authentication: string): boolean {
  return authentication === 'RSA' || authentication === 'ECDSA' || authentication === 'DSS';
}

function chooseCredential(flow: Flow, { version, sharedSchemes, offers }: ClientOffer, keyTypes: ReturnType<typeof keyTypesOf>) {
  const { credentials } = flow.settings;
  const choice = chooseSignature({ version, shared: sharedSchemes, credentials, keyTypes });
  if (choice !== undefined) return choice;
  const named = version >= Version['TLSv1.2'] && offers.signatureAlgorithms !== undefined;
  throw new Problem('noSuitableSignatureAlgorithm', 'tls_choose_sigalg', named ? {} : { alert: 'internal_error' });
}
