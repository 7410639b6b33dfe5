import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import type { Extension } from '../../x509/certificates/certificate.ts';
import { accessPrinters } from './access-text.ts';
import { admissionText } from './admission-text.ts';
import { distributionPrinters } from './distribution-text.ts';
import type { ExtensionPrinter } from './extension-printer.ts';
import { identityPrinters } from './identity-text.ts';
import { objectText } from './object-text.ts';
import { policyPrinters } from './policy-text.ts';
import { resourcePrinters } from './resource-text.ts';
import { transparencyPrinters } from './transparency-text.ts';
import { valuePrinters } from './value-text.ts';

/** extensionTexts prints the extensions of a certificate, each below its name. */
export function extensionTexts(extensions: readonly Extension[]): string {
  return extensions
    .map(({ oid, critical, value }) => {
      const name = `${' '.repeat(12)}${objectText(oid)}: ${critical ? 'critical' : ''}`;
      return `${name}\n${valueText(oid, value)}\n`;
    })
    .join('');
}

/** valueText prints the bytes of an unknown or unreadable value as characters. */
function valueText(oid: string, value: Uint8Array): string {
  try {
    const text = printers.get(oid)?.(value);
    if (text !== undefined) return text;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  const characters = latin1(value).replace(/[^\n\r -~]/g, '.');
  return `${' '.repeat(16)}${characters}`;
}

const printers: ReadonlyMap<string, ExtensionPrinter> = new Map<string, ExtensionPrinter>([
  ...identityPrinters,
  ...distributionPrinters,
  ...policyPrinters,
  ...accessPrinters,
  ...resourcePrinters,
  ...transparencyPrinters,
  ...valuePrinters,
  ['1.3.36.8.3.3', admissionText],
]);
