import { der, integer, objectIdentifier, octetString, sequence, Tag, tagged } from '../../bytes/der.ts';
import { basicOcspResponse } from './response.ts';

const time = der(0x18, Buffer.from('20260101000000Z'));
const algorithm = sequence(objectIdentifier('1.3.14.3.2.26'), der(Tag.null));
const byKey = der(0xa2, octetString(Buffer.alloc(20)));

export const good = der(0x80);
export const revoked = der(0xa1, time, tagged(0, der(0x0a, Buffer.of(4))));
export const unknown = der(0x82);

/** ResponseParts are the other parts of a response; byte fields are DER. */
export interface ResponseParts {
  /** Serial number in every response; the default is 66. */
  readonly serialNumber?: number;
  /** `[1]` and a Name, or `[2]` and the hash of a key. */
  readonly responderId?: Uint8Array;
  readonly extensions?: readonly Uint8Array[];
  readonly certificates?: readonly Uint8Array[];
}

/** basic returns the DER of a BasicOCSPResponse with one response for each status. */
export function basic(statuses: readonly Uint8Array[], parts: ResponseParts = {}): Uint8Array {
  const { serialNumber = 66, responderId = byKey, extensions = [], certificates = [] } = parts;
  const hash = octetString(Buffer.alloc(20));
  const certificateId = sequence(algorithm, hash, hash, integer(serialNumber));
  const singles = statuses.map((status) => sequence(certificateId, status, time, tagged(0, time)));
  const more = extensions.length > 0 ? [tagged(1, sequence(...extensions))] : [];
  const data = sequence(responderId, time, sequence(...singles), ...more);
  const certs = certificates.length > 0 ? [tagged(0, sequence(...certificates))] : [];
  return sequence(data, algorithm, der(Tag.bitString, Buffer.of(0, 1, 2)), ...certs);
}

/** response returns the DER of a successful OCSPResponse. */
export function response(content: Uint8Array): Uint8Array {
  const bytes = sequence(objectIdentifier(basicOcspResponse), octetString(content));
  return sequence(der(0x0a, Buffer.of(0)), tagged(0, bytes));
}
