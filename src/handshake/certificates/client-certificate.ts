import { equal } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { Certificate12, Certificate13 } from '../../messages/certificate.ts';
import type { AlertName } from '../../names/alerts.ts';
import { type ErrorLine, Problem } from '../../names/problems.ts';
import { verifyErrorAlert } from '../../names/verify-errors.ts';
import { Version } from '../../names/versions.ts';
import type { Session } from '../../sessions/session.ts';
import type { Crl } from '../../x509/certificates/crl.ts';
import { KeyUsage } from '../../x509/extensions/usage.ts';
import { forbids } from '../../x509/verify/authority.ts';
import { type PathCertificate, pathCertificate } from '../../x509/verify/path-certificate.ts';
import { verifyCertificate } from '../../x509/verify/verify.ts';
import type { Fetched } from '../flow/fetched.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { answer } from '../flow/receive.ts';
import type { SessionInfo } from '../flow/session-info.ts';
import type { ClientAuthentication } from '../flow/settings.ts';
import { refuseCertificateExtensions } from './certificate-extensions.ts';
import {
  checkExpectedKey,
  type RawPublicKey,
  rawPublicKeyOf,
  readRawPublicKey12,
  readRawPublicKey13,
} from './raw-public-key.ts';
import { type Signer, signerOf } from './signer.ts';

/** A client whose certificate was accepted; CertificateVerify proves that it has the key. */
export interface ClientCertificate {
  /** The key of the certificate, or the raw one. */
  readonly signer: Signer;
  /** DER, leaf first, as sent by the client; empty with a raw public key. */
  readonly chain: readonly Uint8Array[];
  /** SubjectPublicKeyInfo sent instead of a certificate (RFC 7250). */
  readonly rawPublicKey?: Uint8Array;
  /** Number of names/verify-errors.ts: the last fault that was tolerated; 0 for none. */
  readonly verifyResult: number;
  /** The name in the certificate that matched the expected host. */
  readonly peerName?: string | undefined;
}

/**
 * Reads and verifies the client's certificates (RFC 5246 section 7.4.6); undefined when it has none.
 * @throws {Problem} also when one is required, and when the chain is refused
 */
export function* readCertificate12(flow: Flow, body: Uint8Array): Handshake<ClientCertificate | undefined> {
  if (flow.certificateRequests.rawPublicKey) return judgedKey(flow, readRawPublicKey12(flow, body));
  checkListLength(body, 0);
  const { certificateList } = flow.decode(Certificate12, body, where, 'certLengthMismatch');
  return yield* judged(flow, certificateList.map(parsed));
}

/** The same for TLS 1.3 (RFC 8446 section 4.4.2). `context` is that of our request. @throws {Problem} */
export function* readCertificate13(
  flow: Flow,
  body: Uint8Array,
  context: Uint8Array,
): Handshake<ClientCertificate | undefined> {
  if (flow.certificateRequests.rawPublicKey) return judgedKey(flow, readRawPublicKey13(flow, body, context));
  const contextEnd = 1 + (body[0] ?? 0);
  flow.insist(equal(context, body.subarray(1, contextEnd)), 'invalidContext', where, { bytes: body });
  checkListLength(body, contextEnd);
  const { certificateList } = flow.decode(Certificate13, body, where, 'certLengthMismatch');
  const chain: PathCertificate[] = [];
  for (const { certData, extensions } of certificateList) {
    chain.push(parsed(certData));
    refuseCertificateExtensions(flow, extensions);
  }
  return yield* judged(flow, chain);
}

/** Continues without a client certificate. @throws {Problem} when one is required */
export function withoutCertificate({ certificateRequests }: Flow, process = where): undefined {
  if (certificateRequests.mode === 'required') throw new Problem('peerDidNotReturnACertificate', process);
}

/** The part of a session that describes the client. */
export function sessionPeer(
  client: ClientCertificate | undefined,
): Pick<Session, 'peerCertificate' | 'peerPublicKey' | 'verifyResult'> {
  const [peerCertificate] = client?.chain ?? [];
  const peerPublicKey = client?.rawPublicKey;
  return {
    ...(peerCertificate && { peerCertificate }),
    ...(peerPublicKey && { peerPublicKey }),
    verifyResult: client?.verifyResult ?? 0,
  };
}

/** The session with the description of this client instead of any earlier one. */
export function withSessionPeer(
  { peerCertificate, peerPublicKey, ...others }: Session,
  client: ClientCertificate | undefined,
): Session {
  return { ...others, ...sessionPeer(client) };
}

/** The part of the report that describes the client. For a resumed session only the certificate itself is known. */
export function peerInfo(
  client: ClientCertificate | undefined,
  { peerCertificate, peerPublicKey }: Session,
): Pick<SessionInfo, 'clientCertificate' | 'clientChain' | 'clientPublicKey' | 'verifiedPeerName'> {
  if (peerPublicKey !== undefined) return { clientPublicKey: peerPublicKey };
  const chain = client?.chain ?? (peerCertificate === undefined ? [] : [peerCertificate]);
  const [clientCertificate] = chain;
  if (clientCertificate === undefined) return {};
  const verifiedPeerName = client?.peerName;
  return { clientCertificate, clientChain: chain, ...(verifiedPeerName !== undefined && { verifiedPeerName }) };
}

function judgedKey(flow: Flow, key: RawPublicKey | undefined): ClientCertificate | undefined {
  if (key === undefined) return withoutCertificate(flow, 'tls_process_client_rpk');
  const verifyResult = checkExpectedKey(flow, key);
  return { signer: key.signer, chain: [], rawPublicKey: key.info, verifyResult };
}

function* judged(flow: Flow, list: readonly PathCertificate[]): Handshake<ClientCertificate | undefined> {
  const [leaf, ...others] = list;
  // RFC 6101 section 7.6.6: in SSL 3.0 an alert reports a missing certificate, not an empty list.
  if (leaf === undefined && flow.context.version === Version.SSLv3) throw new Problem('noCertificatesReturned', where);
  if (leaf === undefined) return withoutCertificate(flow);
  if (flow.settings.strict && forbids(leaf, KeyUsage.digitalSignature))
    throw new Problem('signatureForNonSigningCertificate', where);
  const { expectedKeys = [], fetchCrls, decide } = demanded(flow.settings.clientAuthentication);
  const chain = list.map(({ facts }) => facts.der);
  const signer = signerOf(leaf.facts, leaf.facts.publicKeyInfo);
  if (decide !== undefined) return { ...proven(signer), chain, ...(yield* decided(flow, chain, decide)) };
  // The client's Finished may already be buffered. A client that disconnects must not keep us fetching.
  const left = fetchCrls && flow.surroundings.departure?.signal();
  const tell = (it: Fetched) => flow.tell.note?.('fetched', it);
  const fetched = fetchCrls === undefined ? [] : yield* answer(fetchCrls(chain, left, tell));
  const verified =
    expectedKeys.length > 0
      ? { verifyResult: checkExpectedKey(flow, rawPublicKeyOf(leaf), leaf) }
      : verify(flow, [leaf, ...others], fetched);
  return { ...proven(signer), chain, ...verified };
}

/** @throws {Problem} for a key of an unknown kind */
function proven(signer: Signer): Pick<ClientCertificate, 'signer'> {
  if (signer.publicKey === undefined) throw new Problem('unknownCertificateType', where);
  return { signer };
}

/** The application's judgement instead of a verification. @throws {Problem} when it refuses */
function* decided(
  { surroundings }: Flow,
  chain: readonly Uint8Array[],
  decide: NonNullable<ClientAuthentication['decide']>,
): Handshake<Pick<ClientCertificate, 'verifyResult'>> {
  const { result, alert, goesOn = result === 0 } = yield* answer(decide(chain, surroundings.connection));
  if (goesOn) return { verifyResult: result };
  throw new Problem('certificateVerifyFailed', where, { alert: alert ?? (verifyErrorAlert(result) as AlertName) });
}

/** Checks the length of the list, which fills the rest of the message. @throws {Problem} */
function checkListLength(body: Uint8Array, at: number): void {
  const [high = 0, middle = 0, low = 0] = body.subarray(at);
  const isWhole = body.length === at + 3 + high * 0x10000 + middle * 0x100 + low;
  if (!isWhole) throw new Problem('lengthMismatch', where, { bytes: body });
}

function parsed(der: Uint8Array): PathCertificate {
  try {
    // Copied, because the session outlives the message.
    return pathCertificate(Uint8Array.from(der));
  } catch (error) {
    if (error instanceof Malformed) throw new Problem('asn1Lib', where, { bytes: der });
    throw error;
  }
}

/** Like ssl_verify_cert_chain: a fault ends the handshake unless the settings tolerate it. @throws {Problem} */
function verify(
  flow: Flow,
  [certificate, ...untrusted]: readonly [PathCertificate, ...PathCertificate[]],
  fetched: readonly Crl[],
): Pick<ClientCertificate, 'verifyResult' | 'peerName'> {
  const { settings, surroundings, tell } = flow;
  const { trust, crls, parameters, goesOn } = demanded(settings.clientAuthentication);
  const ofSuiteB = settings.suiteB ? { suiteB: settings.suiteB } : {};
  const verdict = verifyCertificate({
    certificate,
    untrusted,
    store: trust,
    crls: [...crls, ...fetched],
    parameters: { ...forClients, authenticationLevel: settings.securityLevel, ...ofSuiteB, ...parameters },
    now: surroundings.now,
    watch: (check) => {
      tell.verify?.(check);
      return check.ok !== 'fault' || goesOn?.(check.error, check.depth) === true;
    },
  });
  tellVerified(flow, verdict.error, verdict.left);
  const { completed, error, hostName } = verdict;
  if (completed) return { verifyResult: error, peerName: hostName && Buffer.from(hostName, 'latin1').toString() };
  const alert = verifyErrorAlert(error) as AlertName;
  throw new Problem('certificateVerifyFailed', where, { alert });
}

function tellVerified({ tell }: Flow, result: number, left: readonly ErrorLine[] = []): void {
  if (result !== 0 || left.length > 0) tell.note?.('clientVerified', { result, left });
}

const forClients = { purpose: 'sslclient', trust: 'sslClient' } as const;
const where = 'tls_process_client_certificate';

function demanded(settings: ClientAuthentication | undefined): ClientAuthentication {
  if (settings === undefined) throw new Error('no client was asked for a certificate');
  return settings;
}
