import { upperHex } from '../bytes/hex.ts';
import { toPem } from '../bytes/pem.ts';
import type { SessionInfo } from '../handshake/session-info.ts';
import { sessionToPem } from '../sessions/session-der.ts';
import { Structure } from '../x509/structure.ts';
import {
  certificateAuthorityLines,
  peerSignature,
  pointFormatsLine,
  sharedGroupsLine,
  sharedSignatureAlgorithmsLine,
  signatureAlgorithmsLine,
  supportedGroupsLine,
} from './session-lists.ts';

export interface ReportOptions {
  /** Prints a distinguished name (DER) as `-nameopt` asks. */
  readonly nameText: (name: Uint8Array) => string;
  /** `-no_renegotiation`. */
  readonly renegotiationDisabled?: boolean;
  /** `-keymatexport`; the material is undefined where the exporter refused. */
  readonly exporter?: ExportedMaterial;
}

export interface ExportedMaterial {
  readonly label: string;
  /** Bytes. */
  readonly length: number;
  readonly material: Uint8Array | undefined;
}

/** The block that the terminal mode prints once a handshake is done. */
export function connectionReport(info: SessionInfo, options: ReportOptions): string {
  return [
    sessionToPem(info.session),
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
    info.resumed ? 'Reused session-id\n' : '',
    secureRenegotiationLine(info),
    options.renegotiationDisabled ? 'Renegotiation is DISABLED\n' : '',
    options.exporter === undefined ? '' : exporterLines(options.exporter),
  ].join('');
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

export interface CertificateNames {
  /** DER of a distinguished name. */
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
}

/**
 * The two names of a certificate (RFC 5280 section 4.1).
 * @throws {Malformed} for what is no certificate
 */
export function certificateNames(certificate: Uint8Array): CertificateNames {
  const fields = new Structure(certificate).sequence('certificate').sequence('tbsCertificate');
  fields.takeIf('version', explicitVersion);
  fields.take('serialNumber');
  fields.take('signature');
  const issuer = fields.take('issuer').encoding;
  fields.take('validity');
  return { issuer, subject: fields.take('subject').encoding };
}

const explicitVersion = 0xa0;

function clientCertificateLines({ clientCertificate }: SessionInfo, { nameText }: ReportOptions): string {
  if (clientCertificate === undefined) return '';
  const { subject, issuer } = certificateNames(clientCertificate);
  const pem = toPem('CERTIFICATE', clientCertificate);
  return `Client certificate\n${pem}subject=${nameText(subject)}\nissuer=${nameText(issuer)}\n`;
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
