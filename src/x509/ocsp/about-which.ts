import { hex } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { certificateFacts } from '../certificate.ts';
import { basicOcspResponse, readBasicOcspResponse, readOcspResponse } from './response.ts';

/** The index of the certificate (DER) that a response is about, by its serial number; undefined where it does not say. */
export function aboutWhich(response: Uint8Array, chain: readonly Uint8Array[]): number | undefined {
  const serials = serialNumbers(response);
  const index = chain.findIndex((der) => serials.includes(hex(certificateFacts(der).serialNumber)));
  return index < 0 ? undefined : index;
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
