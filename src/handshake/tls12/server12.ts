import { ServerHelloDone } from '../../messages/server-hello-done.ts';
import { Version } from '../../names/versions.ts';
import { wholeSession } from '../../sessions/session.ts';
import { asksForCertificate, sendCertificateRequest12 } from '../certificates/certificate-request.ts';
import { peerInfo, sessionPeer } from '../certificates/client-certificate.ts';
import { shownCertificate } from '../certificates/own-certificate.ts';
import type { Established } from '../flow/established.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { keepSession } from '../flow/session-cache.ts';
import type { Hello } from '../hello/client-hello.ts';
import { finishKeyExchange } from '../key-exchange/index.ts';
import { sendTicket12 } from '../resumption/tickets.ts';
import { receiveClientKey, receiveFinalFlight12, receiveProof12 } from './client-flight12.ts';
import { established12, sessionOf } from './established12.ts';
import { deriveMaster, protect } from './keys12.ts';
import { type FullHandshake12, negotiate12, type ResumedHandshake12 } from './negotiate12.ts';
import { sendFinished12, sendServerHello12, sendServerKey } from './server-flight12.ts';

/** serve12 runs a handshake up to TLS 1.2, RFC 5246 section 7.3. */
export function* serve12(flow: Flow, hello: Hello): Handshake<Established> {
  const negotiated = yield* negotiate12(flow, hello);
  return 'session' in negotiated ? yield* serveResumed(flow, negotiated) : yield* serveFull(flow, negotiated);
}

function* serveFull(flow: Flow, full: FullHandshake12): Handshake<Established> {
  const { agreed, credential, scheme: signing } = full;
  const serverRandom = sendServerHello12(flow, agreed);
  const keyExchange = sendServerKey(flow, full, serverRandom);
  const asks = asksForCertificate(flow, agreed.cipherSuite);
  if (asks) sendCertificateRequest12(flow, agreed.cipherSuite);
  flow.send(ServerHelloDone, {});
  flow.carrier.flush();

  const { client: unproven, body } = yield* receiveClientKey(flow, asks ? 'asked' : 'notAsked');
  const exchanged = yield* finishKeyExchange(flow, keyExchange, body);
  const connection = protect(flow, agreed, serverRandom, deriveMaster(flow, agreed, serverRandom, exchanged));
  const { client, scheme } = yield* receiveProof12(flow, connection, unproven);
  const { finished: clientFinished, ...received } = yield* receiveFinalFlight12(flow, connection);

  const session = wholeSession({ ...sessionOf(flow, connection, keyExchange, exchanged), ...sessionPeer(client) });
  if (agreed.chosen.sessionTicket) yield* sendTicket12(flow, session);
  const finished = { client: clientFinished, server: sendFinished12(flow, connection) };
  yield* keepSession(flow, session);
  const peer = { ...peerInfo(client, session), ...(scheme !== undefined && { peerSignatureScheme: scheme }) };
  return established12(flow, connection, session, {
    ...received,
    ...shownCertificate(credential),
    ...(keyExchange.group && { group: keyExchange.group.code }),
    ...(signing && keyExchange.signedBytes && flow.context.version >= Version['TLSv1.2'] && { scheme: signing.code }),
    ...peer,
    finished,
  });
}

/** The abbreviated handshake, with our Finished first. */
function* serveResumed(flow: Flow, { agreed, session, resumedFrom }: ResumedHandshake12): Handshake<Established> {
  const serverRandom = sendServerHello12(flow, agreed);
  const connection = protect(flow, agreed, serverRandom, session.secret);
  if (agreed.chosen.sessionTicket) yield* sendTicket12(flow, session);
  const serverFinished = sendFinished12(flow, connection);

  const { finished: clientFinished, ...received } = yield* receiveFinalFlight12(flow, connection);
  flow.turnToWriting();
  const finished = { client: clientFinished, server: serverFinished };
  const peer = peerInfo(undefined, session);
  return established12(flow, connection, session, { ...received, resumedFrom, ...peer, finished });
}
