import { Malformed } from '../bytes/malformed.ts';
import { toPem } from '../bytes/pem.ts';
import { nameFormats } from '../x509/asn1/name-options.ts';
import { printName } from '../x509/asn1/name-text.ts';
import { distinguishedName } from '../x509/asn1/names.ts';
import { type Field, Structure } from '../x509/asn1/structure.ts';
import { timeText } from '../x509/asn1/time-text.ts';
import type { Extension } from '../x509/certificates/certificate.ts';
import {
  type BasicOcspResponse,
  basicOcspResponse,
  readBasicOcspResponse,
  readOcspResponse,
  type SingleResponse,
} from '../x509/ocsp/response.ts';
import { certificateText } from './certificate/certificate-text.ts';
import { extensionTexts } from './certificate/extension-text.ts';
import { bytesText, integerBytesText } from './certificate/integer-text.ts';
import { objectText } from './certificate/object-text.ts';
import { signatureText } from './certificate/signature-text.ts';

/** ocspResponseText prints an OCSPResponse (DER) as OpenSSL 3.0 does, up to the first unreadable part. */
export function ocspResponseText(der: Uint8Array): string {
  let text = '';
  try {
    for (const part of parts(der)) text += part;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return text;
}

function* parts(der: Uint8Array): Generator<string, void, undefined> {
  yield 'OCSP Response Data:\n';
  const { status, answer } = readOcspResponse(der);
  yield `    OCSP Response Status: ${statusNames[status] ?? '(UNKNOWN)'} (0x${status.toString(16)})\n`;
  if (answer === undefined) return;
  yield `    Response Type: ${objectText(answer.type)}`;
  if (answer.type !== basicOcspResponse) {
    yield ' (unknown response type)\n';
    return;
  }
  yield* basicParts(readBasicOcspResponse(answer.bytes));
}

function* basicParts(response: BasicOcspResponse): Generator<string, void, undefined> {
  const { version, responderId, producedAt, responses, extensions, certificates } = response;
  yield `\n    Version: ${version + 1} (0x${version.toString(16)})\n`;
  yield `    Responder Id: ${responderText(responderId)}\n`;
  yield `    Produced At: ${timeText(producedAt)}\n    Responses:\n`;
  for (const single of responses) yield singleText(single);
  if (extensions.length > 0) yield outdented(titled('Response Extensions', extensions));
  yield signatureText(response.signatureAlgorithm.body, response.signature);
  for (const certificate of certificates) {
    yield certificateText(certificate, nameFormats.compat);
    yield toPem('CERTIFICATE', certificate);
  }
}

/** RFC 6960 section 4.2.1; 4 is not used. */
const statusNames = [
  'successful',
  'malformedrequest',
  'internalerror',
  'trylater',
  undefined,
  'sigrequired',
  'unauthorized',
];

function responderText({ tag, body }: Field): string {
  const content = new Structure(body).take('responderID');
  if (tag === 0xa1) return printName(distinguishedName(content.encoding), nameFormats.oneline);
  return bytesText(content.body);
}

function singleText({ certificateId, status, revocation, thisUpdate, nextUpdate, extensions }: SingleResponse): string {
  const { hash, issuerName, issuerKey, serialNumber } = certificateId;
  return [
    '    Certificate ID:\n',
    `      Hash Algorithm: ${objectText(hash)}\n`,
    `      Issuer Name Hash: ${bytesText(issuerName)}\n`,
    `      Issuer Key Hash: ${bytesText(issuerKey)}\n`,
    `      Serial Number: ${integerBytesText(serialNumber)}\n`,
    `    Cert Status: ${status}`,
    revocation === undefined ? '' : revocationText(revocation),
    `\n    This Update: ${timeText(thisUpdate)}`,
    nextUpdate === undefined ? '' : `\n    Next Update: ${timeText(nextUpdate)}`,
    '\n',
    extensions.length > 0 ? titled('Response Single Extensions', extensions) : '',
    '\n',
  ].join('');
}

function revocationText({ time, reason }: NonNullable<SingleResponse['revocation']>): string {
  const at = `\n    Revocation Time: ${timeText(time)}`;
  if (reason === undefined) return at;
  return `${at}\n    Revocation Reason: ${reasonNames[reason] ?? '(UNKNOWN)'} (0x${reason.toString(16)})`;
}

/** CRLReason of RFC 5280 section 5.3.1; 7 is not used. */
const reasonNames = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
];

function titled(title: string, extensions: readonly Extension[]): string {
  return `        ${title}:\n${extensionTexts(extensions)}`;
}

function outdented(text: string): string {
  return text.replace(/^ {4}/gm, '');
}
