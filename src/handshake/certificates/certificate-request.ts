import { CertificateRequest12, CertificateRequest13 } from '../../messages/certificate-request.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Session } from '../../sessions/session.ts';
import type { KeyType } from '../../x509/files/credential.ts';
import { tellRequestedSchemes, tellSchemeMask } from '../decisions/schemes.ts';
import { answersIn } from '../extensions/index.ts';
import type { Flow } from '../flow/flow.ts';
import { requestedSignatureSchemes, requestSettings } from '../policy/peer-signature.ts';
import { signingKeyType } from '../policy/signature-choice.ts';
import { decompressionAlgorithms } from './certificate-compression.ts';

/**
 * True when this handshake requests the client's certificate (RFC 5246 section 7.4.4, RFC 4279 section 2, RFC 5054).
 */
export function asksForCertificate({ settings, certificateRequests }: Flow, { authentication }: CipherSuite): boolean {
  if (settings.clientAuthentication === undefined || !certificateRequests.due) return false;
  if (authentication === 'PSK' || authentication === 'SRP') return false;
  // A required certificate is requested even under an anonymous suite, and the client then refuses.
  return authentication !== 'None' || certificateRequests.mode === 'required';
}

/**
 * True when a session may replace a handshake that would request a certificate: where one is required, the session must
 * have one. A session of an external PSK needs none, and is recognized by its verification result (resume13.ts).
 */
export function standsForCertificate(flow: Flow, session: Session, suite: CipherSuite): boolean {
  if (flow.certificateRequests.mode !== 'required' || !asksForCertificate(flow, suite)) return true;
  const { peerCertificate, peerPublicKey, verifyResult } = session;
  return peerCertificate !== undefined || peerPublicKey !== undefined || verifyResult !== 0;
}

/** RFC 5246 section 7.4.4; RFC 4346 section 7.4.4 */
export function sendCertificateRequest12(flow: Flow, suite: CipherSuite): void {
  const { version } = flow.context;
  const asking = { tell: flow.tell, settings: requestSettings(flow.settings) };
  flow.certificateRequests.count();
  tellSchemeMask(asking, version);
  if (version >= Version['TLSv1.2']) tellRequestedSchemes(asking, version);
  flow.send(CertificateRequest12, {
    certificateTypes: certificateTypes(flow, suite),
    ...(version >= Version['TLSv1.2'] && { supportedSignatureAlgorithms: requestedSchemes(flow) }),
    certificateAuthorities: authorityNames(flow, mostBytes),
  });
}

/**
 * RFC 8446 section 4.3.2. `context` is empty in the handshake and unique after it. `info` are the extensions of
 * `-serverinfo`.
 */
export function sendCertificateRequest13(flow: Flow, context: Uint8Array, info: readonly Extension[]): void {
  flow.certificateRequests.count();
  tellRequestedSchemes({ tell: flow.tell, settings: requestSettings(flow.settings) }, flow.context.version);
  flow.send(CertificateRequest13, { certificateRequestContext: context, extensions: requestExtensions(flow, info) });
}

function requestExtensions(flow: Flow, info: readonly Extension[]): Extension[] {
  const request = {
    signatureSchemes: requestedSchemes(flow),
    decompression: flow.settings.takesCompressedCertificates ? decompressionAlgorithms() : undefined,
    authorityNames: [],
  };
  const extensions = answersIn('certificateRequest', request, info);
  // Type, length, and the length of the list.
  const taken = extensions.reduce((sum, { body }) => sum + 4 + body.length, 6);
  const names = authorityNames(flow, mostBytes - taken);
  return names.length === 0 ? extensions : answersIn('certificateRequest', { ...request, authorityNames: names }, info);
}

/** Code points. @throws {Problem} when the security level, or the version, leaves no scheme for the client */
function requestedSchemes({ settings, context: { version } }: Flow): number[] {
  const schemes = requestedSignatureSchemes(settings, version);
  if (schemes.some(({ tls13 }) => tls13 || version < Version['TLSv1.3'])) return schemes.map(({ code }) => code);
  throw new Problem('noSuitableSignatureAlgorithm', 'tls12_copy_sigalgs', { alert: 'internal_error' });
}

/** The certificate types for the keys of our signature list, in the reference's order. */
function certificateTypes({ settings, context: { version } }: Flow, { keyExchange }: CipherSuite): number[] {
  const kinds = new Set<KeyType | undefined>(requestedSignatureSchemes(settings, version).map(signingKeyType));
  const types: number[] = [];
  if (version === Version.SSLv3 && keyExchange === 'DHE') {
    types.push(ClientCertificateType.rsaEphemeralDh);
    if (kinds.has('DSA')) types.push(ClientCertificateType.dssEphemeralDh);
  }
  if (kinds.has('RSA') || kinds.has('RSA-PSS')) types.push(ClientCertificateType.rsaSign);
  if (kinds.has('DSA')) types.push(ClientCertificateType.dssSign);
  const signsWithCurves = kinds.has('EC') || kinds.has('ED25519') || kinds.has('ED448');
  if (version > Version.SSLv3 && signsWithCurves) types.push(ClientCertificateType.ecdsaSign);
  return types;
}

/** Names up to `most` bytes, each with its length. @throws {Problem} when they exceed it */
function authorityNames({ settings: { clientAuthentication } }: Flow, most: number): Uint8Array[] {
  if (clientAuthentication === undefined) throw new Error('there is nothing to ask clients for');
  const names = [...clientAuthentication.authorityNames];
  const length = names.reduce((sum, name) => sum + 2 + name.length, 0);
  if (length > most) throw new Problem('internalError', 'construct_ca_names');
  return names;
}

/** Maximum bytes of the list of names up to TLS 1.2, and of all extensions in TLS 1.3. */
const mostBytes = 65535;
/** RFC 5246 section 7.4.4, RFC 6101 section 5.6.4, RFC 4492 section 5.5 */
const ClientCertificateType = { rsaSign: 1, dssSign: 2, rsaEphemeralDh: 5, dssEphemeralDh: 6, ecdsaSign: 64 } as const;
