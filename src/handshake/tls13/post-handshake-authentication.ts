import { equal } from '../../bytes/hex.ts';
import type { Transcript } from '../../keys/transcript.ts';
import { Problem } from '../../names/problems.ts';
import { certificateBody } from '../certificates/certificate-compression.ts';
import { sendCertificateRequest13 } from '../certificates/certificate-request.ts';
import { peerInfo, withSessionPeer } from '../certificates/client-certificate.ts';
import type { Established } from '../flow/established.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { receiveOneOf } from '../flow/receive.ts';
import { type SessionInfo, wholeInfo } from '../flow/session-info.ts';
import type { Settings } from '../flow/settings.ts';
import { sendTickets13 } from '../resumption/tickets.ts';
import { certificateTypes, continueAuthentication13 } from './client-authentication13.ts';

/** A request without an answer yet. */
export interface PendingRequest {
  readonly context: Uint8Array;
  /** The transcript of the handshake and the request. */
  readonly transcript: Transcript;
}

/** Maximum number of simultaneous requests, more than anybody needs. */
const mostPending = 64;

/** @throws {Problem} when a certificate cannot be requested now */
export function maySendCertificateRequest(
  settings: Settings,
  established: Established | undefined,
  pending: readonly PendingRequest[],
): void {
  const where = 'SSL_verify_client_post_handshake';
  if (established?.traffic === undefined) throw new Problem('wrongSslVersion', where);
  if (established.later === undefined) {
    throw new Problem(settings.clientAuthentication ? 'extensionNotReceived' : 'invalidConfig', where);
  }
  if (pending.length >= mostPending) throw new Problem('requestSent', where);
}

/** Requests the client's certificate after the handshake (RFC 8446 section 4.6.2). */
export function requestCertificateLater(flow: Flow, { later }: Established): PendingRequest {
  if (later === undefined) throw new Error('the client does not take requests after the handshake');
  flow.certificateRequests.want('again');
  const context = Uint8Array.from(flow.surroundings.random(32));
  flow.transcript = later.transcript.fork();
  sendCertificateRequest13(flow, context, later.requestInfo);
  flow.carrier.flush();
  return { context, transcript: flow.transcript };
}

/** The result of an answer, and the request it was for. */
export interface LaterAnswer {
  readonly established: Established;
  readonly answered: PendingRequest;
}

/** Receives the client's answer to one of the requests. New tickets with its certificate follow. @throws {Problem} */
export function* receiveLaterAuthentication(
  flow: Flow,
  established: Established,
  pending: readonly PendingRequest[],
): Handshake<LaterAnswer> {
  const { traffic, later, info } = established;
  if (traffic === undefined || later === undefined) throw new Error('nothing was asked for');
  const certificate = yield* receiveOneOf(flow, ...certificateTypes(flow.settings));
  const body = certificateBody(flow, certificate);
  const answered = requestOf(body, pending);
  flow.transcript = answered.transcript;
  flow.transcript.add(certificate.bytes);
  const options = { context: answered.context, hash: traffic.hash, secret: traffic.client };
  const { client, scheme } = yield* continueAuthentication13(flow, body, options);
  const { tickets } = later;
  const base = withSessionPeer(tickets.base, client);
  const count = flow.settings.ticketCount;
  const resumed = withSessionPeer(info.session, client);
  const session = yield* sendTickets13(flow, { ...tickets, base, count, resumed });
  const told = { ...peerInfo(client, session), ...(scheme !== undefined && { peerSignatureScheme: scheme }) };
  return {
    answered,
    established: {
      ...established,
      info: wholeInfo({ ...withoutPeer(info), ...told, session }),
      later: { ...later, tickets: { ...tickets, base, sent: tickets.sent + count } },
    },
  };
}

/** Removes the certificate of an earlier answer. */
function withoutPeer({
  clientCertificate,
  clientChain,
  clientPublicKey,
  peerSignatureScheme,
  ...others
}: SessionInfo): SessionInfo {
  return others;
}

/** Finds the request by the context in the message, which is verified with the rest of the message. */
function requestOf(body: Uint8Array, pending: readonly PendingRequest[]): PendingRequest {
  const context = body.subarray(1, 1 + (body[0] ?? 0));
  const found = pending.find((it) => equal(it.context, context)) ?? pending[0];
  if (found === undefined) throw new Error('nothing was asked for');
  return found;
}
