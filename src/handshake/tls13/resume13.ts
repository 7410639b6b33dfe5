import { latin1 } from '../../bytes/hex.ts';
import { encode } from '../../bytes/wire.ts';
import { constantTimeEqual, type HashName, hashLength } from '../../crypto/primitives/hash.ts';
import { EarlySecret, finishedMac } from '../../keys/schedule13.ts';
import { PskBinders } from '../../messages/extensions/pre-shared-key.ts';
import { PskKeyExchangeMode } from '../../messages/extensions/psk-key-exchange-modes.ts';
import { type CipherSuite, cipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Session } from '../../sessions/session.ts';
import { standsForCertificate } from '../certificates/certificate-request.ts';
import { required } from '../extensions/extension.ts';
import type { Offers } from '../extensions/index.ts';
import { pskKeyExchangeModes } from '../extensions/psk-key-exchange-modes.ts';
import { isSameName } from '../extensions/server-name.ts';
import { isFresh, singleUseTickets } from '../flow/early-data-fate.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { reportName } from '../flow/name-choices.ts';
import { lookUpSession, takeSession } from '../flow/session-cache.ts';
import type { Settings } from '../flow/settings.ts';
import type { Hello } from '../hello/client-hello.ts';
import { externalPsk, lookedUpPsk } from '../resumption/psk-key.ts';
import { newSession, sessionIn } from '../resumption/tickets.ts';
import { isUsable } from '../tls12/resume12.ts';

/** A pre-shared key that the client offered and proved to have. */
export interface ChosenPsk {
  /** For an external key a session made from it. */
  readonly session: Session;
  /** `psk` is an external key. */
  readonly origin: 'ticket' | 'psk';
  /** As offered by the client: the name of an external key, or a ticket. */
  readonly identity: Uint8Array;
  /** Its index in the client's list. */
  readonly index: number;
  /** True when it is the first in the list, with a plausible age: early data may be protected by it. */
  readonly takesEarlyData: boolean;
  /** The key exchange to combine it with: never, if the client sent a share, or always. */
  readonly keyExchange: 'none' | 'ifShared' | 'always';
}

/**
 * Chooses the first of the client's identities that we know and can use with this hash (RFC 8446 section 4.2.11): our
 * external key, or a ticket.
 * @throws {Problem} when the rules of the extension are broken or the binder is wrong
 */
export function* choosePsk(flow: Flow, offer: PskOffer, hash: HashName): Handshake<ChosenPsk | undefined> {
  const { preSharedKey } = offer.offers;
  if (preSharedKey === undefined) return undefined;
  checkCounts(flow, preSharedKey);
  const modes = required(pskKeyExchangeModes, offer.offers.pskKeyExchangeModes);
  const keyExchange = keyExchangeWith(flow.settings, modes);
  if (keyExchange === undefined) return unchosen(flow, preSharedKey, 'the client allows none of our key exchanges');
  for (const [index, { identity, obfuscatedTicketAge }] of preSharedKey.identities.entries()) {
    const { session, external } = yield* offered(flow, identity);
    // One of an older version has a master secret, which is no key of TLS 1.3 (RFC 8446 section 4.2.11).
    if (session?.version !== Version['TLSv1.3']) continue;
    if (hashOf(session) !== hash) {
      flow.pskOfOtherHash = true;
      continue;
    }
    const binder = preSharedKey.binders[index];
    const bindersLength = encode(PskBinders, preSharedKey.binders).length;
    const label = external ? 'ext binder' : 'res binder';
    checkBinder(flow, offer.hello, { session, hash, binder, bindersLength, label });
    const fault = faultOf(flow, session, external ? undefined : offer);
    const what = external ? 'psk' : 'ticket';
    if (fault !== undefined) return unchosen(flow, preSharedKey, fault, what);
    flow.settings.statistics.hits++;
    report(flow, what, preSharedKey, { chosen: identity, why: 'first that we know' });
    const fresh = external || isFresh(session, obfuscatedTicketAge, flow.surroundings.now());
    return { session, origin: what, identity, index, takesEarlyData: index === 0 && fresh, keyExchange };
  }
  unchosen(flow, preSharedKey, 'none that we know, and that goes with the suite');
  refuseUnknown(flow);
  return undefined;
}

type Identities = NonNullable<Offers['preSharedKey']>;

/** unchosen reports that a full handshake follows. */
function unchosen(flow: Flow, list: Identities, why: string, what: ChosenPsk['origin'] = 'psk'): undefined {
  report(flow, what, list, { chosen: undefined, why });
}

function report(
  { tell }: Flow,
  what: ChosenPsk['origin'],
  { identities }: Identities,
  { chosen, why }: { readonly chosen: Uint8Array | undefined; readonly why: string },
): void {
  if (tell.choice === undefined) return;
  reportName(tell, what, { chosen, from: identities.map(({ identity }) => identity) }, why);
}

/** The reason against a session; undefined when it can be used. `offer`: given for tickets. */
function faultOf(flow: Flow, session: Session, offer: PskOffer | undefined): string | undefined {
  if (!isUsable(flow, session)) return 'its session is too old, or of another context';
  if (offer !== undefined && !keepsClient(flow, session, offer)) return 'its session does not identify the client here';
  return undefined;
}

/** The parts of a ClientHello that the choice uses. */
interface PskOffer {
  readonly hello: Hello;
  readonly offers: Offers;
  readonly cipherSuite: CipherSuite;
  readonly serverNameAccepted: boolean;
}

/**
 * True when the session fits the client authentication here: a certificate in it was verified under the same server
 * name, as other names may have other trust; without one, none may be required.
 */
function keepsClient(flow: Flow, session: Session, { offers, cipherSuite, serverNameAccepted }: PskOffer): boolean {
  const { peerCertificate, peerPublicKey, serverName } = session;
  const isKnown = peerCertificate !== undefined || peerPublicKey !== undefined;
  const name = serverNameAccepted && offers.serverName ? latin1(offers.serverName) : undefined;
  return isKnown ? isSameName(name, serverName) : standsForCertificate(flow, session, cipherSuite);
}

interface Offered {
  /** Undefined for an unknown identity. */
  readonly session: Session | undefined;
  /** True for an external key. */
  readonly external: boolean;
}

/** Resolves an identity. The configured lookup is called only when it is no ticket of ours. */
function* offered(flow: Flow, identity: Uint8Array): Handshake<Offered> {
  const configured = configuredSession(flow, identity);
  if (configured !== undefined) return { session: configured, external: true };
  const session = yield* sessionOf(flow, identity);
  if (session !== undefined || flow.settings.lookUpPsk === undefined) return { session, external: false };
  const secret = yield* lookedUpPsk(flow, identity);
  return { session: secret && externalSession(flow, secret), external: true };
}

/**
 * Makes an unknown identity fail like a wrong key on a server without certificates, so that identities cannot be probed
 * (RFC 8446 appendix E.6).
 */
function refuseUnknown({ settings: { lookUpPsk, credentials } }: Flow): void {
  if (lookUpPsk === undefined || credentials.length > 0) return;
  throw new Problem('binderDoesNotVerify', 'tls_psk_do_binder');
}

/** RFC 8446 section 4.2.9; undefined when the client offers no mode that we allow. */
export function keyExchangeWith(
  { pskOnly = 'never' }: Settings,
  modes: readonly number[],
): ChosenPsk['keyExchange'] | undefined {
  const alone = pskOnly !== 'never' && modes.includes(PskKeyExchangeMode.pskKe);
  const withExchange = modes.includes(PskKeyExchangeMode.pskDheKe);
  if (!alone) return withExchange ? 'always' : undefined;
  return withExchange && pskOnly !== 'preferred' ? 'ifShared' : 'none';
}

/** @throws {Problem} when the key is invalid */
function configuredSession(flow: Flow, identity: Uint8Array): Session | undefined {
  const { pskSession, sessionIdContext } = flow.settings;
  if (pskSession !== undefined) {
    if (!Buffer.from(pskSession.identity).equals(identity)) return undefined;
    return { ...pskSession.session, idContext: sessionIdContext };
  }
  const secret = externalPsk(flow, identity);
  if (secret === undefined) return undefined;
  if (secret === 'unusable') throw new Problem('badExtension', 'tls_parse_ctos_psk', { alert: 'internal_error' });
  return externalSession(flow, secret);
}

function externalSession(flow: Flow, secret: Uint8Array): Session {
  return newSession(flow, {
    version: Version['TLSv1.3'],
    cipherSuite: externalSuite,
    id: new Uint8Array(0),
    secret,
    extendedMasterSecret: false,
    maxFragmentLength: 0,
    group: 0,
    ...unfinished,
  });
}

/** Initial values of the reference's sessions, which its tickets after an external key keep: seconds, and an error. */
const unfinished = { timeout: 304, verifyResult: 1 };

/** TLS_AES_128_GCM_SHA256, for its hash. */
const externalSuite = 0x1301;

/** A ticket is a sealed session, or the id of one in the store: with `-no_ticket`, and for single use. */
function* sessionOf(flow: Flow, identity: Uint8Array): Handshake<Session | undefined> {
  if (singleUseTickets(flow.settings)) return yield* takeSession(flow, identity);
  if (!flow.settings.tickets) return yield* lookUpSession(flow, identity);
  return (yield* sessionIn(flow, identity)).session;
}

interface BinderCheck {
  readonly session: Session;
  readonly hash: HashName;
  readonly binder: Uint8Array | undefined;
  readonly bindersLength: number;
  readonly label: 'ext binder' | 'res binder';
}

/** RFC 8446 section 4.2.11: one binder for each identity; the reference looks at the one it needs only. */
function checkCounts({ settings }: Flow, { identities, binders }: NonNullable<Offers['preSharedKey']>): void {
  if (settings.strict && identities.length !== binders.length)
    throw new Problem('badExtension', 'tls_parse_ctos_psk', { alert: 'illegal_parameter' });
}

/** RFC 8446 section 4.2.11.2: covers the hello without its binders, and the messages before it. */
function checkBinder(flow: Flow, { bytes }: Hello, { session, hash, binder, bindersLength, label }: BinderCheck): void {
  // The alert of RFC 8446 section 6.2; the reference has another.
  const details = flow.settings.strict ? ({ alert: 'decrypt_error' } as const) : undefined;
  if (binder?.length !== hashLength(hash)) throw new Problem('badExtension', 'tls_parse_ctos_psk', details);
  const key = new EarlySecret(hash, session.secret).binderKey(label);
  const covered = flow.transcript.digestTruncated(hash, bytes.length - bindersLength);
  const expected = finishedMac(hash, key, covered);
  if (!constantTimeEqual(expected, binder)) throw new Problem('binderDoesNotVerify', 'tls_psk_do_binder', details);
}

/** The hash of a TLS 1.3 suite. */
export function suiteHash({ prf }: CipherSuite): HashName {
  return prf === 'sha384' ? 'sha384' : 'sha256';
}

/** The hash of its key; undefined where its suite is none of TLS 1.3. */
function hashOf(session: Session): HashName | undefined {
  const suite = cipherSuite(session.cipherSuite);
  return suite !== undefined && suite.minVersion >= Version['TLSv1.3'] ? suiteHash(suite) : undefined;
}
