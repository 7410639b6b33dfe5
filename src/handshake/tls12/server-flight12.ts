import { Finished } from '../../messages/finished.ts';
import { ServerHello } from '../../messages/server-hello.ts';
import { ServerKeyExchange } from '../../messages/server-key-exchange.ts';
import { Version } from '../../names/versions.ts';
import { sendCertificate12 } from '../certificates/own-certificate.ts';
import { tellTemporaryDh } from '../decisions/certificates.ts';
import { reportGroup } from '../decisions/choices.ts';
import { tellSharedGroups } from '../decisions/groups.ts';
import { tellTickets } from '../decisions/tickets.ts';
import { serverHelloExtensions } from '../extensions/index.ts';
import { limitRecords } from '../extensions/record-size-limit.ts';
import type { Flow } from '../flow/flow.ts';
import { downgradeSentinel } from '../hello/version-choice.ts';
import { startKeyExchange } from '../key-exchange/index.ts';
import type { KeyExchangeRun } from '../key-exchange/key-exchange.ts';
import { groupsOfSuite } from '../policy/suite-b-policy.ts';
import { type Connection12, finishedOf } from './keys12.ts';
import type { FullHandshake12, Negotiated12 } from './negotiate12.ts';

/** Sends the ServerHello (RFC 5246 section 7.4.1.3) and returns its random value. */
export function sendServerHello12(flow: Flow, agreed: Negotiated12): Uint8Array {
  const random = Uint8Array.from(flow.surroundings.random(32));
  const sentinel = downgradeSentinel(flow.settings, agreed.version, agreed.hello);
  if (sentinel) random.set(sentinel, random.length - sentinel.length);
  flow.turnToWriting();
  if (agreed.chosen.sessionTicket) tellTickets(flow);
  const extensions = serverHelloExtensions(agreed);
  limitRecords(flow, agreed.chosen);
  flow.carrier.identify?.(agreed.chosen.connectionId);
  flow.send(ServerHello, {
    legacyVersion: flow.wireVersion,
    random,
    sessionId: agreed.sessionId,
    cipherSuite: agreed.cipherSuite.code,
    compressionMethod: agreed.compression,
    extensions: extensions.length > 0 ? extensions : undefined,
  });
  return random;
}

/** Sends Certificate and ServerKeyExchange, if the suite has them. */
export function sendServerKey(flow: Flow, full: FullHandshake12, serverRandom: Uint8Array): KeyExchangeRun {
  const { agreed, credential, srpLogin } = full;
  if (credential) sendCertificate12(flow, credential, agreed);
  const keyExchange = startKeyExchange(flow, {
    surroundings: flow.surroundings,
    cipherSuite: agreed.cipherSuite,
    sharedGroups: groupsOfSuite(agreed.settings, agreed.cipherSuite, agreed.offer.sharedGroups),
    credential,
    clientVersion: agreed.offer.hello.message.legacyVersion,
    srpLogin,
  });
  if (keyExchange.group) {
    const offer = { version: agreed.version, supportedGroups: agreed.offer.offers.supportedGroups };
    reportGroup(flow, offer, keyExchange.group, 'first group of both sides');
  }
  tellKeyExchange(flow, agreed, keyExchange);
  sendKeyExchange(flow, full, serverRandom, keyExchange);
  return keyExchange;
}

/** Reports the checks of the ServerKeyExchange contents. */
function tellKeyExchange(flow: Flow, { version, offer }: Negotiated12, { params }: KeyExchangeRun): void {
  const { temporaryDh } = flow.settings;
  if (params === undefined) return;
  if ('namedCurve' in params) tellSharedGroups(flow, version, offer.offers.supportedGroups);
  else if (!('salt' in params)) tellTemporaryDh(flow, typeof temporaryDh === 'object' ? temporaryDh : params);
}

/** RFC 5246 section 7.4.3: signed if a certificate was sent. Up to TLS 1.1 the signature does not name its hash. */
function sendKeyExchange(
  flow: Flow,
  { agreed, credential, scheme }: FullHandshake12,
  serverRandom: Uint8Array,
  { identityHint, params, signedBytes }: KeyExchangeRun,
): void {
  if (params === undefined && identityHint === undefined) return;
  if (credential === undefined || params === undefined || signedBytes === undefined) {
    flow.send(ServerKeyExchange, { ...(identityHint && { identityHint }), ...(params && { params }) });
    return;
  }
  const signed = Buffer.concat([agreed.clientRandom, serverRandom, signedBytes]);
  if (agreed.version < Version['TLSv1.2']) {
    const signature = flow.surroundings.sign(undefined, credential.key, signed);
    flow.send(ServerKeyExchange, { params, signed: { signature } });
  } else if (scheme) {
    const signature = flow.surroundings.sign(scheme.code, credential.key, signed);
    flow.send(ServerKeyExchange, { params, signed: { algorithm: scheme.code, signature } });
  }
}

/** Sends ChangeCipherSpec and Finished, and returns the verify_data. */
export function sendFinished12(flow: Flow, connection: Connection12): Uint8Array {
  const { agreed, master, protections } = connection;
  flow.sendChangeCipherSpec();
  flow.tell.secret?.('CLIENT_RANDOM', agreed.clientRandom, master);
  flow.carrier.protectWriting('application', protections.writing);
  const own = finishedOf(flow, connection, 'server');
  flow.send(Finished, { verifyData: own });
  flow.carrier.flush();
  return Uint8Array.from(own);
}
