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

/** What a client wants to know of our certificate; a copy. */
export interface StatusRequest {
  /** DER of Extensions, or empty. */
  readonly requestExtensions: Uint8Array;
}

const where = 'tls_parse_ctos_status_request';

/**
 * OCSP stapling, RFC 6066 section 8 and RFC 8446 section 4.4.2.1. Chosen are the responses that go out, in the order of the
 * chain: up to TLS 1.2 in a CertificateStatus message, then each beside its certificate.
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

/** Undefined for a request of another type than OCSP, which is to be ignored. */
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
 * Asks for the OCSP responses that go out with a certificate. Empty: the client does not want any, or there are none.
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
  // The client owes us a Finished: one that sends nothing more will not have it.
  const left = surroundings.departure?.signal();
  const tell = (step: StatusStep) => flow.tell.note?.('certificateStatus', step);
  const fetched = (it: Fetched) => flow.tell.note?.('fetched', it);
  const lookUp = settings.ocsp({ chain: credential.chain, requestExtensions, room, connection, left, tell, fetched });
  const found = yield* answer(lookUp);
  if (found === 'fatal') throw new Problem('clienthelloTlsext', 'tls_handle_status_request');
  const staples = (room === 'chain' ? found : found.slice(0, 1)).map((it) => (fits(it, room) ? it : undefined));
  return staples.some((it) => it !== undefined) ? staples : [];
}

/** A responder may say more than a message can hold: that costs the response, and not the handshake. */
function fits(response: Uint8Array | undefined, room: StatusQuestion['room']): boolean {
  return response !== undefined && response.length > 0 && response.length <= longest[room];
}

/** In bytes: what an extension holds besides its own fields, and a message up to TLS 1.2. */
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
