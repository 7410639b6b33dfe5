import { upperHex } from '../bytes/hex.ts';
import { toPem } from '../bytes/pem.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { sessionToPem } from '../sessions/session-der.ts';
import { certificateFields } from '../x509/certificates/certificate-fields.ts';
import { publicKeyText } from './certificate/public-key-text.ts';
import {
  certificateAuthorityLines,
  peerSignature,
  pointFormatsLine,
  sharedGroupsLine,
  sharedSignatureAlgorithmsLine,
  signatureAlgorithmsLine,
  supportedGroupsLine,
} from './sessions/session-lists.ts';

export interface ReportOptions {
  /** Formats a distinguished name (DER) per `-nameopt`. */
  readonly nameText: (name: Uint8Array) => string;
  /** Formats a name after its title; default: on the same line. */
  readonly nameLine?: (title: string, name: Uint8Array) => string;
  /** `-no_renegotiation`. */
  readonly renegotiationDisabled?: boolean;
  /** `-keymatexport`; the material is undefined if the exporter refused. */
  readonly exporter?: ExportedMaterial;
}

interface ExportedMaterial {
  readonly label: string;
  /** Bytes. */
  readonly length: number;
  readonly material: Uint8Array | undefined;
}

/** connectionReport is the block that the terminal mode prints once a handshake is done. */
export function connectionReport(info: SessionInfo, options: ReportOptions): string {
  return [
    sessionToPem(info.session),
    rawPublicKeyLines(info),
    clientCertificateLines(info, options),
    sharedCiphersLine(info),
    signatureAlgorithmsLine(info),
    sharedSignatureAlgorithmsLine(info),
    peerSignatureLines(info),
    pointFormatsLine(info),
    supportedGroupsLine(info),
    sharedGroupsLine(info),
    certificateAuthorityLines(info, options.nameText),
    `CIPHER is ${info.cipherSuite.name}\n`,
    info.nextProtocol === undefined ? '' : `NEXTPROTO is ${info.nextProtocol}\n`,
    info.srtpProfile === undefined ? '' : `SRTP Extension negotiated, profile=${info.srtpProfile}\n`,
    connectionIdLine(info),
    info.resumed ? 'Reused session-id\n' : '',
    secureRenegotiationLine(info),
    options.renegotiationDisabled ? 'Renegotiation is DISABLED\n' : '',
    options.exporter === undefined ? '' : exporterLines(options.exporter),
  ].join('');
}

function connectionIdLine({ connectionIds: ids }: SessionInfo): string {
  return ids === undefined ? '' : `Connection ids: ours ${upperHex(ids.ours)}, the client's ${upperHex(ids.theirs)}\n`;
}

export function secureRenegotiationLine(info: SessionInfo): string {
  return `Secure Renegotiation IS${info.secureRenegotiation ? '' : ' NOT'} supported\n`;
}

export function peerSignatureLines(info: SessionInfo): string {
  const signature = peerSignature(info);
  if (signature === undefined) return '';
  const digest = signature.digest === undefined ? '' : `Peer signing digest: ${signature.digest}\n`;
  return `${digest}Peer signature type: ${signature.type}\n`;
}

function rawPublicKeyLines({ rawPublicKeys, clientPublicKey }: SessionInfo): string {
  return [
    rawPublicKeys?.server ? 'Server-to-client raw public key negotiated\n' : '',
    rawPublicKeys?.client ? 'Client-to-server raw public key negotiated\n' : '',
    clientPublicKey === undefined ? '' : `Client raw public key\n${publicKeyText(clientPublicKey, 2) ?? ''}`,
  ].join('');
}

function clientCertificateLines({ clientCertificate }: SessionInfo, options: ReportOptions): string {
  if (clientCertificate === undefined) return '';
  const { nameText, nameLine = (title: string, name: Uint8Array) => `${title}${nameText(name)}` } = options;
  const { subject, issuer } = certificateFields(clientCertificate);
  const pem = toPem('CERTIFICATE', clientCertificate);
  const names = [nameLine('subject=', subject.encoding), nameLine('issuer=', issuer.encoding)];
  return `Client certificate\n${pem}${names.join('\n')}\n`;
}

function sharedCiphersLine({ sharedCipherSuites }: SessionInfo): string {
  if (sharedCipherSuites.length === 0) return '';
  return `Shared ciphers:${sharedCipherSuites.map((it) => it.name).join(':')}\n`;
}

function exporterLines({ label, length, material }: ExportedMaterial): string {
  const facts =
    material === undefined
      ? '    Error\n'
      : `    Label: '${label}'\n    Length: ${length} bytes\n    Keying material: ${upperHex(material)}\n`;
  return `Keying material exporter:\n${facts}`;
}
