import { Malformed } from '../../bytes/malformed.ts';
import { decode } from '../../bytes/wire.ts';
import { type Extension, encodeExtension } from '../../messages/extensions/extension.ts';
import { statusRequest as kind, OcspStatusRequest, ocspStatusType } from '../../messages/extensions/status-request.ts';
import { Problem } from '../../names/problems.ts';
import { extensionsIn } from '../../x509/certificate.ts';
import { Structure } from '../../x509/structure.ts';
import type { Answer } from './answer.ts';
import { offer, refine } from './offer.ts';

/** What a client wants to know of our certificate; a copy. */
export interface StatusRequest {
  /** DER of Extensions, or empty. */
  readonly requestExtensions: Uint8Array;
}

const where = 'tls_parse_ctos_status_request';

/** RFC 6066 section 8. Undefined for a request of another type than OCSP, which is to be ignored. */
export const statusRequest = refine(offer(kind, { where }), ({ statusType, request }): StatusRequest | undefined => {
  if (statusType !== ocspStatusType) return undefined;
  try {
    const { responderIds, requestExtensions } = decode(OcspStatusRequest, request);
    for (const id of responderIds) checkResponderId(id);
    if (requestExtensions.length > 0) checkExtensions(requestExtensions);
    return { requestExtensions: Uint8Array.from(requestExtensions) };
  } catch (error) {
    if (error instanceof Malformed) throw new Problem('badExtension', where, { bytes: request });
    throw error;
  }
});

/** A CertificateStatus will come. */
export const answerStatusRequest: Answer = ({ staples }) =>
  staples.length > 0 ? encodeExtension(kind, 'serverHello', {}) : undefined;

/** In the Certificate message of TLS 1.3, beside the certificate that it is about (RFC 8446 section 4.4.2.1). */
export function staple(response: Uint8Array): Extension {
  return encodeExtension(kind, 'certificate', { statusType: ocspStatusType, response });
}

/** ResponderID of RFC 6960 section 4.2.1: `[1] Name` or `[2] KeyHash`. @throws {Malformed} */
function checkResponderId(der: Uint8Array): void {
  const fields = new Structure(der);
  fields.take('responderID', 0xa1, 0xa2);
  fields.end('responderID');
}

/** @throws {Malformed} */
function checkExtensions(der: Uint8Array): void {
  const outer = new Structure(der);
  extensionsIn(outer.sequence('requestExtensions'));
  outer.end('requestExtensions');
}
