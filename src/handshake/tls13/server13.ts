import type { Established } from '../flow/established.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import type { Hello } from '../hello/client-hello.ts';
import { sendTickets13 } from '../resumption/tickets.ts';
import { receiveEarlyData, receiveFinalFlight13 } from './client-flight13.ts';
import { established13, laterAuthentication, ticketSource } from './established13.ts';
import { agreeOnKeys } from './key-agreement13.ts';
import { respond } from './key-share-choice.ts';
import { protectApplication, protectHandshake, protectReading, readApplication, startKeys } from './keys13.ts';
import { negotiate13 } from './negotiate13.ts';
import {
  sendAuthentication,
  sendCertificateRequest,
  sendEncryptedExtensions,
  sendServerHello13,
} from './server-flight13.ts';

/** serve13 runs a TLS 1.3 handshake, RFC 8446 section 2. */
export function* serve13(flow: Flow, first: Hello): Handshake<Established | 'again'> {
  const agreement = yield* agreeOnKeys(flow, first);
  if (agreement === 'again') return agreement;
  const { draft, share, psk, retried } = agreement;
  const agreed = yield* negotiate13(flow, draft, { psk, group: share?.group, retried });
  flow.transcript.forgetMessages();
  const response = share && respond(flow, share);
  const early = startKeys(flow, agreed);

  sendServerHello13(flow, agreement, agreed, response);
  const handshake = protectHandshake(flow, agreed, early, response?.secret);
  protectReading(flow, agreed, early, handshake);
  sendEncryptedExtensions(flow, agreed);
  const asked = sendCertificateRequest(flow, agreed);
  const serverFinished = sendAuthentication(flow, agreed, handshake);
  const application = protectApplication(flow, agreed, handshake);
  flow.carrier.flush();

  flow.answersEarlyData = agreed.chosen.earlyData === 'accepted';
  yield* receiveEarlyData(flow, agreement, agreed, handshake);
  const { finished, ...authentication } = yield* receiveFinalFlight13(flow, asked, handshake);
  readApplication(flow, application.traffic);
  const tickets = ticketSource(flow, agreed, application.master, authentication.client);
  const later = laterAuthentication(flow, agreed, tickets);
  const session = yield* sendTickets13(flow, tickets);
  const outcome = { ...authentication, session, finished: { client: finished, server: serverFinished } };
  return { ...established13(flow, agreed, application, outcome), ...later };
}
