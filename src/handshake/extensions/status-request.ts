import { Malformed } from '../../bytes/malformed.ts';
import { decode } from '../../bytes/wire.ts';
import type { ExtensionValue } from '../../messages/extensions/extension.ts';
import { statusRequest as kind, OcspStatusRequest, ocspStatusType } from '../../messages/extensions/status-request.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import { Structure } from '../../x509/asn1/structure.ts';
import { extensionsIn } from '../../x509/certificates/certificate.ts';
import type { Fetched } from '../flow/fetched.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { answer } from '../flow/receive.ts';
import type { Responses, StatusQuestion, StatusStep } from '../flow/status-lookup.ts';
import { type Round, serverExtension } from './extension.ts';
import { offer, refine } from './offer.ts';
import { sendsRawPublicKey } from './server-certificate-type.ts';

/** A client's request for the status of our certificate; a copy. */
export interface StatusRequest {
  /** DER of Extensions, or empty. */
  readonly requestExtensions: Uint8Array;
}

const where = 'tls_parse_ctos_status_request';

/**
 * OCSP stapling, RFC 6066 section 8 and RFC 8446 section 4.4.2.1. The choice is the responses to send, in the order of
 * the chain: up to TLS 1.2 in a CertificateStatus message, then each with its certificate.
 */
export const statusRequest = serverExtension(kind, {
  versions: 'any',
  offer: refine(offer(kind, { where }), ocspRequest),
  lookUp: staplesFor,
  answers: {
    serverHello12: (_round, staples) => (staples.length > 0 ? {} : undefined),
    certificate: ({ response }) => response && { statusType: ocspStatusType, response },
  },
});

/** Undefined for a request of another type than OCSP, which must be ignored. */
function ocspRequest({ statusType, request }: Request): StatusRequest | undefined {
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
}

type Request = ExtensionValue<typeof kind, 'clientHello'>;

/**
 * Looks up the OCSP responses for a certificate. Empty when the client does not want any, or there are none.
 * @throws {Problem}
 */
function* staplesFor(
  offered: StatusRequest | undefined,
  flow: Flow,
  { credential, offers }: Round,
): Handshake<Responses> {
  const { settings, context, surroundings } = flow;
  if (settings.ocsp === undefined || offered === undefined || credential === undefined) return [];
  if (sendsRawPublicKey(settings, offers.serverCertificateType)) return [];
  const room = context.version === Version['TLSv1.3'] ? 'chain' : 'leaf';
  const { requestExtensions } = offered;
  const { connection } = surroundings;
  // The client's Finished is outstanding: a client that disconnects cancels the lookup.
  const left = surroundings.departure?.signal();
  const tell = (step: StatusStep) => flow.tell.note?.('certificateStatus', step);
  const fetched = (it: Fetched) => flow.tell.note?.('fetched', it);
  const lookUp = settings.ocsp({ chain: credential.chain, requestExtensions, room, connection, left, tell, fetched });
  const found = yield* answer(lookUp);
  if (found === 'fatal') throw new Problem('clienthelloTlsext', 'tls_handle_status_request');
  const staples = (room === 'chain' ? found : found.slice(0, 1)).map((it) => (fits(it, room) ? it : undefined));
  return staples.some((it) => it !== undefined) ? staples : [];
}

/** A response too large for the message is left out; the handshake continues. */
function fits(response: Uint8Array | undefined, room: StatusQuestion['room']): boolean {
  return response !== undefined && response.length > 0 && response.length <= longest[room];
}

/** Bytes: the maximum of a response in an extension, and in a message up to TLS 1.2. */
const longest = { chain: 0xffff - 8, leaf: 0xffffff - 4 };

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
