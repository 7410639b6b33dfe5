import { latin1 } from '../../bytes/hex.ts';
import { Certificate12 } from '../../messages/certificate.ts';
import { ClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { NextProtocol } from '../../messages/next-protocol.ts';
import { Version } from '../../names/versions.ts';
import { type Proof, receiveCertificateVerify12 } from '../certificates/certificate-verify.ts';
import { type ClientCertificate, readCertificate12, withoutCertificate } from '../certificates/client-certificate.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { receive, receiveChangeCipherSpec, receiveFinished, receiveOneOf } from '../flow/receive.ts';
import type { SessionInfo } from '../flow/session-info.ts';
import { type Connection12, finishedOf } from './keys12.ts';
import type { Negotiated12 } from './negotiate12.ts';

/** The body of a ClientKeyExchange, and the certificate received before it. */
interface ClientKey {
  readonly client: ClientCertificate | undefined;
  readonly body: Uint8Array;
}

/**
 * Receives ClientKeyExchange, and before it the client's certificate. A client of SSL 3.0 without one omits that
 * message.
 * @throws {Problem}
 */
export function* receiveClientKey(flow: Flow, asked: 'asked' | 'notAsked'): Handshake<ClientKey> {
  if (asked === 'notAsked') {
    return { client: undefined, body: (yield* receiveOneOf(flow, ClientKeyExchange.type)).body };
  }
  const mayBeMissing = flow.context.version === Version.SSLv3;
  const types = mayBeMissing ? [Certificate12.type, ClientKeyExchange.type] : [Certificate12.type];
  const first = yield* receiveOneOf(flow, ...types);
  if (first.type === ClientKeyExchange.type) {
    return { client: withoutCertificate(flow, 'ossl_statem_server_read_transition'), body: first.body };
  }
  const client = yield* readCertificate12(flow, first.body);
  const { body } = yield* receiveOneOf(flow, ClientKeyExchange.type);
  return { client, body };
}

/** Receives the CertificateVerify of a client that sent a certificate. @throws {Problem} */
export function* receiveProof12(
  flow: Flow,
  { agreed, master }: Connection12,
  client: ClientCertificate | undefined,
): Handshake<Partial<Proof>> {
  if (client === undefined) return {};
  return yield* receiveCertificateVerify12(flow, client, { peerGroups: agreed.offer.offers.supportedGroups, master });
}

/** ChangeCipherSpec and Finished, and between them the protocol that the client selects. */
export interface FinalFlight12 extends Pick<SessionInfo, 'nextProtocol'> {
  readonly finished: Uint8Array;
}

/** @throws {Problem} */
export function* receiveFinalFlight12(flow: Flow, connection: Connection12): Handshake<FinalFlight12> {
  yield* receiveChangeCipherSpec(flow);
  flow.carrier.protectReading('application', connection.protections.reading);
  const nextProtocol = yield* receiveNextProtocol(flow, connection.agreed);
  const finished = yield* receiveFinished(flow, finishedOf(flow, connection, 'client'));
  return { finished, ...(nextProtocol !== undefined && { nextProtocol }) };
}

/** Received between ChangeCipherSpec and Finished when we have sent our protocols. */
function* receiveNextProtocol(flow: Flow, { chosen }: Negotiated12): Handshake<string | undefined> {
  if (chosen.nextProtocolNegotiation === undefined) return undefined;
  const { selectedProtocol } = yield* receive(flow, NextProtocol, { where: 'tls_process_next_proto' });
  return latin1(selectedProtocol);
}
