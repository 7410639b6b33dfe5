import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { cipherSuite, emptyRenegotiationInfoScsv, fallbackScsv } from '../names/cipher-suites.ts';
import { verifyErrorText } from '../names/verify-errors.ts';
import { versionName } from '../names/versions.ts';
import { certificateFields } from '../x509/certificates/certificate-fields.ts';
import {
  peerSignature,
  pointFormatsLine,
  signatureAlgorithmsLine,
  supportedGroupsLine,
} from './sessions/session-lists.ts';

export interface BriefOptions {
  /** Formats a distinguished name (DER) per `-nameopt`. */
  readonly nameText: (name: Uint8Array) => string;
}

/** briefReport is the summary of a handshake that `-brief` and `-rev` print. */
export function briefReport(info: SessionInfo, options: BriefOptions): string {
  return [
    `Protocol version: ${versionName(info.version)}\n`,
    `Client cipher list: ${info.clientCipherSuites.map(rawName).join(':')}\n`,
    `Ciphersuite: ${info.cipherSuite.name}\n`,
    signatureAlgorithmsLine(info),
    peerLines(info, options),
    pointFormatsLine(info),
    supportedGroupsLine(info),
  ].join('');
}

function peerLines(info: SessionInfo, { nameText }: BriefOptions): string {
  if (info.clientCertificate === undefined && info.clientPublicKey === undefined) return 'No peer certificate\n';
  const signature = peerSignature(info);
  const { verifiedPeerName, session } = info;
  const { verifyResult } = session;
  return [
    info.clientCertificate === undefined
      ? 'Peer used raw public key\n'
      : `Peer certificate: ${nameText(certificateFields(info.clientCertificate).subject.encoding)}\n`,
    info.clientCertificate === undefined || signature?.digest === undefined ? '' : `Hash used: ${signature.digest}\n`,
    signature === undefined ? '' : `Signature type: ${signature.type}\n`,
    verifyResult === 0 ? 'Verification: OK\n' : `Verification error: ${verifyErrorText(verifyResult)}\n`,
    verifyResult === 0 && verifiedPeerName !== undefined ? `Verified peername: ${verifiedPeerName}\n` : '',
  ].join('');
}

function rawName(code: number): string {
  if (code === emptyRenegotiationInfoScsv) return 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV';
  if (code === fallbackScsv) return 'TLS_FALLBACK_SCSV';
  return cipherSuite(code)?.name ?? `0x${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
