import type { Extension } from '../../messages/extensions/extension.ts';
import { Version } from '../../names/versions.ts';
import { type InfoPlace, serverInfoIn } from '../server-info.ts';
import { alpn, answerAlpn } from './alpn.ts';
import type { Agreed, Answer } from './answer.ts';
import { certificateAuthorities } from './certificate-authorities.ts';
import { answerClientCertificateType, clientCertificateType } from './client-certificate-type.ts';
import { compressCertificate } from './compress-certificate.ts';
import { cookie } from './cookie.ts';
import { answerEarlyData, earlyData } from './early-data.ts';
import { answerEcPointFormats, ecPointFormats } from './ec-point-formats.ts';
import { answerEncryptThenMac, encryptThenMac } from './encrypt-then-mac.ts';
import { answerEncryptedClientHello } from './encrypted-client-hello.ts';
import { answerExtendedMasterSecret, extendedMasterSecret } from './extended-master-secret.ts';
import { keyShare } from './key-share.ts';
import { answerMaxFragmentLength, maxFragmentLength } from './max-fragment-length.ts';
import { answerNextProtocolNegotiation, nextProtocolNegotiation } from './next-protocol-negotiation.ts';
import type { Offer } from './offer.ts';
import { postHandshakeAuth } from './post-handshake-auth.ts';
import { preSharedKey } from './pre-shared-key.ts';
import { pskKeyExchangeModes } from './psk-key-exchange-modes.ts';
import { answerRecordSizeLimit } from './record-size-limit.ts';
import { answerRenegotiationInfo, renegotiationInfo } from './renegotiation-info.ts';
import { answerServerCertificateType, serverCertificateType } from './server-certificate-type.ts';
import { answerServerName, serverName } from './server-name.ts';
import { answerSessionTicket, sessionTicket } from './session-ticket.ts';
import { signatureAlgorithms } from './signature-algorithms.ts';
import { signatureAlgorithmsCert } from './signature-algorithms-cert.ts';
import { srp } from './srp.ts';
import { answerStatusRequest, statusRequest } from './status-request.ts';
import { answerSupportedGroups, supportedGroups } from './supported-groups.ts';
import { answerUseSrtp } from './use-srtp.ts';

/** The extensions that the server reads, in the reference's order, which decides whose fault is found first. */
const offered = {
  renegotiationInfo,
  serverName,
  maxFragmentLength,
  srp,
  ecPointFormats,
  supportedGroups,
  sessionTicket,
  statusRequest,
  nextProtocolNegotiation,
  alpn,
  encryptThenMac,
  extendedMasterSecret,
  clientCertificateType,
  serverCertificateType,
  signatureAlgorithmsCert,
  postHandshakeAuth,
  signatureAlgorithms,
  pskKeyExchangeModes,
  keyShare,
  cookie,
  earlyData,
  certificateAuthorities,
  compressCertificate,
  preSharedKey,
};

const readers: readonly (readonly [string, Offer<unknown>])[] = Object.entries(offered);

/** What the client's extensions say; a missing one is undefined. */
export type Offers = {
  readonly [K in keyof typeof offered]?: (typeof offered)[K] extends Offer<infer T> ? T : never;
};

/** @throws {Problem} at the first extension that is malformed */
export function readOffers(extensions: ReadonlyMap<number, Uint8Array>, version: number): Offers {
  const offers: Record<string, unknown> = {};
  for (const [name, { code, versions, read }] of readers) {
    const body = extensions.get(code);
    if (body !== undefined && isRelevant(versions, version) && isKnownTo(version, code)) offers[name] = read(body);
  }
  return offers as Offers;
}

/** The extensions of a ServerHello up to TLS 1.2, in the reference's order. */
export function serverHelloExtensions(agreed: Agreed): Extension[] {
  return withInfo('serverHello12', agreed, [
    answerRenegotiationInfo,
    answerServerName,
    answerMaxFragmentLength,
    answerEcPointFormats,
    answerSessionTicket,
    answerStatusRequest,
    answerNextProtocolNegotiation,
    answerAlpn,
    answerUseSrtp,
    answerEncryptThenMac,
    answerExtendedMasterSecret,
    answerClientCertificateType,
    answerServerCertificateType,
    answerRecordSizeLimit,
  ]);
}

/** The extensions of EncryptedExtensions, in the reference's order. */
export function encryptedExtensions(agreed: Agreed): Extension[] {
  return withInfo('encryptedExtensions', agreed, [
    answerServerName,
    answerMaxFragmentLength,
    answerSupportedGroups,
    answerAlpn,
    answerClientCertificateType,
    answerServerCertificateType,
    answerEarlyData,
    answerRecordSizeLimit,
    answerEncryptedClientHello,
  ]);
}

/** Fixed extensions come first; one that there is an answer of our own for is left out. */
function withInfo(place: InfoPlace, agreed: Agreed, answers: readonly Answer[]): Extension[] {
  const own = answers.map((answer) => answer(agreed)).filter((extension) => extension !== undefined);
  const info = serverInfoIn(place, agreed.settings.serverInfo, agreed.audience);
  return [...info.filter(({ type }) => own.every((it) => it.type !== type)), ...own];
}

function isRelevant(versions: Offer<unknown>['versions'], version: number): boolean {
  if (versions === 'any') return true;
  return version >= Version['TLSv1.3'] === (versions === 'fromTls13');
}

/** SSL 3.0 has no extensions but the one that repairs its renegotiation too (RFC 5746 section 4.5). */
function isKnownTo(version: number, code: number): boolean {
  return version > Version.SSLv3 || code === renegotiationInfo.code;
}
