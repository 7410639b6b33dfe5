import { opaque, rest, struct, u8, type ValueOf, vector } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

/** Certificate status type: OCSP, the only one that this extension has. */
export const ocspStatusType = 1;

/** What `request` holds when the type is OCSP; both parts are DER of RFC 6960. */
export const OcspStatusRequest = struct({
  responderIds: vector(opaque(1, 65535), 0, 65535),
  requestExtensions: opaque(0, 65535),
});
export type OcspStatusRequest = ValueOf<typeof OcspStatusRequest>;

/** The response is DER of RFC 6960. */
export const CertificateStatusBody = struct({ statusType: u8, response: opaque(1, 0xffffff) });
export type CertificateStatusBody = ValueOf<typeof CertificateStatusBody>;

/**
 * OCSP stapling, RFC 6066 section 8 and RFC 8446 section 4.4.2.1. A request of another type than OCSP is to be
 * ignored, therefore what it asks for is decoded only when the type is known.
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
