import { hex } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { certificateFacts } from '../certificates/certificate.ts';
import { basicOcspResponse, readBasicOcspResponse, readOcspResponse } from './response.ts';

/**
 * aboutWhich returns the indexes of the certificates (DER) whose serial number the response has; certificates of
 * different issuers may share one. Empty for an unreadable response or another type.
 */
export function aboutWhich(response: Uint8Array, chain: readonly Uint8Array[]): number[] {
  const serials = serialNumbers(response);
  return chain.flatMap((der, index) => (serials.includes(hex(certificateFacts(der).serialNumber)) ? [index] : []));
}

function serialNumbers(response: Uint8Array): string[] {
  try {
    const { answer } = readOcspResponse(response);
    if (answer?.type !== basicOcspResponse) return [];
    return readBasicOcspResponse(answer.bytes).responses.map(({ certificateId }) => hex(certificateId.serialNumber));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return [];
  }
}
