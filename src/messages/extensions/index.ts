import { alpn } from './alpn.ts';
import { certificateAuthorities } from './certificate-authorities.ts';
import { clientCertificateType } from './client-certificate-type.ts';
import { compressCertificate } from './compress-certificate.ts';
import { connectionId } from './connection-id.ts';
import { cookie } from './cookie.ts';
import { cryptoproBug } from './cryptopro-bug.ts';
import { earlyData } from './early-data.ts';
import { ecPointFormats } from './ec-point-formats.ts';
import { echOuterExtensions } from './ech-outer-extensions.ts';
import { encryptThenMac } from './encrypt-then-mac.ts';
import { encryptedClientHello } from './encrypted-client-hello.ts';
import { extendedMasterSecret } from './extended-master-secret.ts';
import type { ExtensionKind } from './extension.ts';
import { keyShare } from './key-share.ts';
import { maxFragmentLength } from './max-fragment-length.ts';
import { nextProtocolNegotiation } from './next-protocol-negotiation.ts';
import { padding } from './padding.ts';
import { postHandshakeAuth } from './post-handshake-auth.ts';
import { preSharedKey } from './pre-shared-key.ts';
import { pskKeyExchangeModes } from './psk-key-exchange-modes.ts';
import { recordSizeLimit } from './record-size-limit.ts';
import { renegotiationInfo } from './renegotiation-info.ts';
import { serverCertificateType } from './server-certificate-type.ts';
import { serverName } from './server-name.ts';
import { sessionTicket } from './session-ticket.ts';
import { signatureAlgorithms } from './signature-algorithms.ts';
import { signatureAlgorithmsCert } from './signature-algorithms-cert.ts';
import { signedCertificateTimestamp } from './signed-certificate-timestamp.ts';
import { srp } from './srp.ts';
import { statusRequest } from './status-request.ts';
import { supportedGroups } from './supported-groups.ts';
import { supportedVersions } from './supported-versions.ts';
import { trustAnchors } from './trust-anchors.ts';
import { useSrtp } from './use-srtp.ts';

/** Every known extension, by ascending code point. A hello may contain none of them twice (RFC 8446 section 4.2). */
export const extensionKinds: readonly ExtensionKind[] = [
  serverName,
  maxFragmentLength,
  statusRequest,
  supportedGroups,
  ecPointFormats,
  srp,
  signatureAlgorithms,
  useSrtp,
  alpn,
  signedCertificateTimestamp,
  clientCertificateType,
  serverCertificateType,
  padding,
  encryptThenMac,
  extendedMasterSecret,
  compressCertificate,
  recordSizeLimit,
  sessionTicket,
  preSharedKey,
  earlyData,
  supportedVersions,
  cookie,
  pskKeyExchangeModes,
  certificateAuthorities,
  postHandshakeAuth,
  signatureAlgorithmsCert,
  keyShare,
  connectionId,
  nextProtocolNegotiation,
  trustAnchors,
  echOuterExtensions,
  cryptoproBug,
  encryptedClientHello,
  renegotiationInfo,
];

const byCode = new Map(extensionKinds.map((kind) => [kind.code, kind]));

export function extensionKind(code: number): ExtensionKind | undefined {
  return byCode.get(code);
}
