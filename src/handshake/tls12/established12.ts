import { exportKeys12 } from '../../keys/schedule12.ts';
import { srtpProfileName } from '../../names/srtp-profiles.ts';
import type { Session } from '../../sessions/session.ts';
import { offerInfo } from '../certificates/client-offer.ts';
import { rawPublicKeyInfo } from '../certificates/raw-public-key.ts';
import type { Established } from '../flow/established.ts';
import type { Flow } from '../flow/flow.ts';
import { type SessionInfo, wholeInfo } from '../flow/session-info.ts';
import type { Exchanged, KeyExchangeRun } from '../key-exchange/key-exchange.ts';
import { acceptedName, newSession } from '../resumption/tickets.ts';
import type { Connection12 } from './keys12.ts';

/** `facts` are the results of the messages after the ServerHello. */
export function established12(
  flow: Flow,
  { agreed, serverRandom }: Connection12,
  session: Session,
  facts: Partial<SessionInfo>,
): Established {
  const offered = offerInfo(flow.settings, agreed.offer);
  const source = { kind: agreed.prf, master: session.secret, clientRandom: agreed.clientRandom, serverRandom };
  return {
    info: wholeInfo({
      ...(agreed.resumed ? withEarlierLists(offered, flow.previous?.info) : offered),
      version: flow.wireVersion,
      cipherSuite: agreed.cipherSuite,
      session,
      ...(session.pskIdentity !== undefined && { pskIdentity: Uint8Array.from(Buffer.from(session.pskIdentity)) }),
      resumed: agreed.resumed,
      ...(agreed.chosen.alpn !== undefined && { alpn: agreed.chosen.alpn }),
      ...(agreed.chosen.useSrtp !== undefined && { srtpProfile: srtpProfileName(agreed.chosen.useSrtp) ?? '' }),
      ...(agreed.chosen.connectionId && { connectionIds: agreed.chosen.connectionId }),
      ...rawPublicKeyInfo(agreed),
      ...facts,
    }),
    exportKeyingMaterial: (label, length, context) => exportKeys12(source, label, context, length),
  };
}

/** The resumable session of a full handshake. */
export function sessionOf(
  flow: Flow,
  { agreed, master }: Connection12,
  { group }: KeyExchangeRun,
  exchanged: Exchanged,
): Session {
  return newSession(flow, {
    version: flow.wireVersion,
    cipherSuite: agreed.cipherSuite.code,
    id: agreed.sessionId,
    secret: master,
    extendedMasterSecret: agreed.chosen.extendedMasterSecret,
    maxFragmentLength: agreed.chosen.maxFragmentLength,
    group: group?.code ?? 0,
    compression: agreed.compression,
    ...exchanged.session,
    ...(agreed.chosen.alpn !== undefined && { alpn: Buffer.from(agreed.chosen.alpn, 'latin1') }),
    ...acceptedName(agreed),
  });
}

/**
 * Replaces the lists of a resumed session, which chooses nothing from them and which the reference does not report. In
 * a renegotiation it reports those of the handshake before, except for the client's list of signature algorithms.
 */
function withEarlierLists(
  { pointFormats, supportedGroups, ...offered }: ReturnType<typeof offerInfo>,
  earlier: SessionInfo | undefined,
) {
  return {
    ...offered,
    sharedCipherSuites: earlier?.sharedCipherSuites ?? [],
    signatureAlgorithms: [],
    sharedSignatureAlgorithms: earlier?.sharedSignatureAlgorithms ?? [],
    sharedGroups: earlier?.sharedGroups ?? [],
    ...(earlier?.supportedGroups && { supportedGroups: earlier.supportedGroups }),
  };
}
