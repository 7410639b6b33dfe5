import { elementAt } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { toPem } from '../../bytes/pem.ts';
import { Certificate } from '../../messages/certificate.ts';
import { isTls13 } from '../../messages/message.ts';
import { nameFormats } from '../../x509/asn1/name-options.ts';
import { printName } from '../../x509/asn1/name-text.ts';
import { distinguishedName } from '../../x509/asn1/names.ts';
import { certificateText } from '../certificate/certificate-text.ts';
import { publicKeyText } from '../certificate/public-key-text.ts';
import { printExtensions } from './trace-extensions.ts';
import { indented, type Spot } from './trace-fields.ts';

/**
 * printCertificates prints the list of a Certificate message, in TLS 1.3 each with its extensions.
 * @throws {Malformed}
 */
export function printCertificates(spot: Spot): void {
  const { page, columns, from, context } = spot;
  const list = from.within(from.uint(3));
  from.end();
  page.line(columns, `certificate_list, length=${list.left}`);
  while (list.left > 0) {
    const entry = { ...indented(spot, 2), from: list };
    printCertificate(entry, list.take(list.uint(3)));
    if (isTls13(context)) printExtensions(entry, Certificate.type);
  }
}

/** printRawPublicKey prints the key that replaces the certificate (RFC 7250 section 3). @throws {Malformed} */
export function printRawPublicKey(spot: Spot): void {
  const { page, columns, context } = spot;
  // Up to TLS 1.2 there is no list around it.
  const from = isTls13(context) ? spot.from.within(spot.from.uint(3)) : spot.from;
  const key = from.take(from.uint(3));
  page.line(columns, `raw_public_key, length=${key.length}`);
  page.add(keyText(key, columns + 2) ?? '<UNPARSABLE PUBLIC KEY>\n');
  if (isTls13(context)) printExtensions({ ...indented(spot, 2), from }, Certificate.type);
}

/** printAuthorities prints the names of authorities. @throws {Malformed} */
export function printAuthorities({ page, columns, from }: Spot): void {
  const list = from.within(from.uint(2));
  page.line(columns, `certificate_authorities (len=${list.left})`);
  while (list.left > 0) {
    const name = list.take(list.uint(2));
    page.line(columns + 2, `DistinguishedName (len=${name.length}): ${nameText(name) ?? '<UNPARSABLE DN>'}`);
  }
}

function printCertificate({ page, columns }: Spot, bytes: Uint8Array): void {
  page.add(`${' '.repeat(columns)}ASN.1Cert, length=${bytes.length}`);
  const der = firstElement(bytes);
  const text = der && readable(() => certificateText(der, nameFormats.oneline));
  if (der === undefined || text === undefined) page.add('<UNPARSABLE CERTIFICATE>\n');
  else page.add(`\n------details-----\n${text}${toPem('CERTIFICATE', der)}------------------\n`);
  const used = text === undefined ? 0 : (der?.length ?? 0);
  if (used !== bytes.length) page.add('<TRAILING GARBAGE AFTER CERTIFICATE>\n');
}

function firstElement(bytes: Uint8Array): Uint8Array | undefined {
  return readable(() => bytes.subarray(0, elementAt(bytes, 0).end));
}

function keyText(key: Uint8Array, columns: number): string | undefined {
  return readable(() => publicKeyText(key, columns));
}

function nameText(name: Uint8Array): string | undefined {
  return readable(() => printName(distinguishedName(name), nameFormats.oneline));
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}
