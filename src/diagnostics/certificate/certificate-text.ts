import { Tag } from '../../bytes/der.ts';
import { type NameFlags, nameFlag } from '../../x509/asn1/name-options.ts';
import { printName } from '../../x509/asn1/name-text.ts';
import { distinguishedName } from '../../x509/asn1/names.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';
import { timeText } from '../../x509/asn1/time-text.ts';
import { extensionsIn } from '../../x509/certificates/certificate.ts';
import { certificateFields } from '../../x509/certificates/certificate-fields.ts';
import { extensionTexts } from './extension-text.ts';
import { hexLines } from './hex-lines.ts';
import { paddedIntegerValue } from './integer-text.ts';
import { publicKeyAlgorithm, publicKeyText } from './public-key-text.ts';
import { signatureAlgorithmText, signatureText } from './signature-text.ts';

/**
 * certificateText prints a certificate (DER) as `openssl x509 -text` of OpenSSL 3.0 does, beginning with
 * `Certificate:`.
 * @throws {Malformed} for bytes that are no certificate
 */
export function certificateText(certificate: Uint8Array, flags: NameFlags): string {
  const fields = certificateFields(certificate);
  return [
    'Certificate:\n    Data:\n',
    versionLine(fields.version),
    serialNumberLines(fields.serialNumber.body),
    `    ${signatureAlgorithmText(fields.signedAlgorithm.body)}`,
    nameLines('Issuer', fields.issuer, flags),
    '        Validity\n',
    `            Not Before: ${timeText(fields.notBefore)}\n`,
    `            Not After : ${timeText(fields.notAfter)}\n`,
    nameLines('Subject', fields.subject, flags),
    '        Subject Public Key Info:\n',
    `            Public Key Algorithm: ${publicKeyAlgorithm(fields.publicKeyInfo.encoding)}\n`,
    publicKeyText(fields.publicKeyInfo.encoding, 16) ?? '            Unable to load Public Key\n',
    uniqueIdLines('Issuer', fields.issuerId),
    uniqueIdLines('Subject', fields.subjectId),
    extensionLines(fields.extensions),
    signatureText(fields.signatureAlgorithm.body, fields.signature.body),
  ].join('');
}

function versionLine(field: Field | undefined): string {
  const number =
    field === undefined ? 0n : paddedIntegerValue(new Structure(field.body).take('version', Tag.integer).body);
  const isKnown = number >= 0n && number <= 2n;
  return `        Version: ${isKnown ? `${number + 1n} (0x${number.toString(16)})` : `Unknown (${number})`}\n`;
}

/** serialNumberLines prints up to 64 bits as a number. */
function serialNumberLines(body: Uint8Array): string {
  const number = paddedIntegerValue(body);
  const sign = number < 0n ? '-' : '';
  const magnitude = number < 0n ? -number : number;
  const title = '        Serial Number:';
  if (BigInt.asIntN(64, number) === number && number !== -1n) {
    return `${title} ${number} (${sign}0x${magnitude.toString(16)})\n`;
  }
  const digits = magnitude.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 1 ? `0${digits}` : digits, 'hex');
  const shown = hexLines(bytes, 0, Number.POSITIVE_INFINITY);
  return `${title}\n            ${number < 0n ? ' (Negative)' : ''}${shown}\n`;
}

function nameLines(title: string, { encoding }: Field, flags: NameFlags): string {
  const hasLines = (flags & nameFlag.separators) === nameFlag.sep_multiline;
  const name = printName(distinguishedName(encoding), flags, 12);
  return `        ${title}:${hasLines ? '\n' : ' '}${name}\n`;
}

function uniqueIdLines(whose: string, field: Field | undefined): string {
  if (field === undefined) return '';
  return `        ${whose} Unique ID: ${hexLines(field.body.subarray(1), 12, 18)}\n`;
}

function extensionLines(field: Field | undefined): string {
  if (field === undefined) return '';
  const list = extensionsIn(new Structure(field.body).sequence('extensions'));
  if (list.length === 0) return '';
  return `        X509v3 extensions:\n${extensionTexts(list)}`;
}
