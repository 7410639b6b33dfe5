import { opaque, rest, struct, u8, type ValueOf, vector } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

/** Certificate status type: OCSP, the only one defined for this extension. */
export const ocspStatusType = 1;

/** The contents of `request` for type OCSP; both parts are DER of RFC 6960. */
export const OcspStatusRequest = struct({
  responderIds: vector(opaque(1, 65535), 0, 65535),
  requestExtensions: opaque(0, 65535),
});
export type OcspStatusRequest = ValueOf<typeof OcspStatusRequest>;

/** The response is DER of RFC 6960. */
export const CertificateStatusBody = struct({ statusType: u8, response: opaque(1, 0xffffff) });
export type CertificateStatusBody = ValueOf<typeof CertificateStatusBody>;

/**
 * OCSP stapling, RFC 6066 section 8 and RFC 8446 section 4.4.2.1. A request of another type must be ignored, so
 * `request` is decoded only once the type is known to be OCSP.
 */
export const statusRequest = extension({
  code: 5,
  name: 'status_request',
  in: {
    clientHello: struct({ statusType: u8, request: rest }),
    serverHello: empty,
    certificateRequest: empty,
    certificate: CertificateStatusBody,
  },
});
