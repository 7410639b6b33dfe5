import { elementAt } from '../bytes/der.ts';
import { latin1 } from '../bytes/hex.ts';
import { Malformed } from '../bytes/malformed.ts';
import { type PemBlock, pemBlocks } from '../bytes/pem.ts';
import { type Crl, readCrl } from './crl.ts';
import { trustedCertificate } from './trust-settings.ts';
import { type PathCertificate, pathCertificate } from './verify/path-certificate.ts';

/** What a file of trusted certificates holds. */
export interface TrustedContent {
  readonly certificates: readonly PathCertificate[];
  readonly crls: readonly Crl[];
}

/**
 * Certificates, with their trust settings, and CRLs of a PEM file, or the one of a DER file. Other blocks are left out.
 * @throws {Malformed} for the first that cannot be read
 */
export function trustedContent(content: Uint8Array): TrustedContent {
  const blocks = pemBlocks(latin1(content));
  if (blocks.length === 0 && content[0] === 0x30) return elementContent(content);
  return {
    certificates: blocks.flatMap((block) => certificateIn(block) ?? []),
    crls: blocks.flatMap((block) => (block.label === 'X509 CRL' ? [readCrl(block.der)] : [])),
  };
}

function certificateIn({ label, der }: PemBlock): PathCertificate | undefined {
  switch (label) {
    case 'CERTIFICATE':
    case 'X509 CERTIFICATE':
      return pathCertificate(der);
    case 'TRUSTED CERTIFICATE': {
      const { certificate, trust } = trustedCertificate(der);
      return pathCertificate(certificate, trust);
    }
    default:
      return undefined;
  }
}

/** DER has no label: what is no CRL is a certificate. */
function elementContent(content: Uint8Array): TrustedContent {
  const { end } = elementAt(content, 0);
  const der = content.subarray(0, end);
  try {
    return { certificates: [], crls: [readCrl(der)] };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const { certificate, trust } = trustedCertificate(content);
    return { certificates: [pathCertificate(certificate, trust)], crls: [] };
  }
}
