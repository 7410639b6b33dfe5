import { exportKeys, type MasterSecret } from '../../keys/schedule13.ts';
import { Version } from '../../names/versions.ts';
import type { Session } from '../../sessions/session.ts';
import { type ClientCertificate, peerInfo, sessionPeer } from '../certificates/client-certificate.ts';
import { offerInfo } from '../certificates/client-offer.ts';
import { shownCertificate } from '../certificates/own-certificate.ts';
import { rawPublicKeyInfo } from '../certificates/raw-public-key.ts';
import type { Established, TicketSource } from '../flow/established.ts';
import type { Flow } from '../flow/flow.ts';
import { serverInfoIn } from '../flow/server-info.ts';
import { type SessionInfo, wholeInfo } from '../flow/session-info.ts';
import { acceptedName, newSession } from '../resumption/tickets.ts';
import type { Authentication13 } from './client-authentication13.ts';
import type { ApplicationKeys } from './keys13.ts';
import type { Negotiated13 } from './negotiate13.ts';
import { type ChosenPsk, keyExchangeWith } from './resume13.ts';

/** The results known only at the end of a handshake. */
interface Outcome
  extends Required<Pick<SessionInfo, 'session' | 'finished'>>,
    Pick<Authentication13, 'client' | 'scheme'> {}

export function established13(
  flow: Flow,
  agreed: Negotiated13,
  { exporter, traffic }: ApplicationKeys,
  { client, scheme, session, finished }: Outcome,
): Established {
  return {
    info: wholeInfo({
      ...offerInfo(flow.settings, agreed.offer),
      ...(agreed.psk && { signatureAlgorithms: [], sharedSignatureAlgorithms: [] }),
      version: Version['TLSv1.3'],
      cipherSuite: agreed.cipherSuite,
      session,
      resumed: agreed.resumed,
      ...(agreed.psk && { resumedFrom: agreed.psk.origin }),
      ...(agreed.psk?.origin === 'psk' && { pskIdentity: Uint8Array.from(agreed.psk.identity) }),
      ...(agreed.group && { group: agreed.group.code }),
      ...(agreed.signature && { scheme: agreed.signature.scheme.code }),
      ...(agreed.chosen.earlyData !== 'notOffered' && { earlyData: agreed.chosen.earlyData }),
      ...(agreed.chosen.alpn !== undefined && { alpn: agreed.chosen.alpn }),
      ...shownCertificate(agreed.signature?.credential),
      ...rawPublicKeyInfo(agreed),
      ...peerInfo(client, session),
      ...(scheme !== undefined && { peerSignatureScheme: scheme }),
      finished,
    }),
    exportKeyingMaterial: (label, length, context = new Uint8Array(0)) =>
      exportKeys(traffic.hash, exporter, label, context, length),
    traffic,
  };
}

/** Set for a client that accepts post-handshake requests, if we could make some. */
export function laterAuthentication(
  { settings, transcript }: Flow,
  agreed: Negotiated13,
  tickets: TicketSource,
): Pick<Established, 'later'> {
  if (settings.clientAuthentication === undefined || agreed.offers.postHandshakeAuth === undefined) return {};
  const requestInfo = serverInfoIn('certificateRequest', settings.serverInfo, agreed);
  return { later: { transcript: transcript.fork(), tickets: { ...tickets, sent: tickets.count }, requestInfo } };
}

/** The source of the tickets that follow. */
export function ticketSource(
  flow: Flow,
  agreed: Negotiated13,
  master: MasterSecret,
  client: ClientCertificate | undefined,
): TicketSource {
  const { psk } = agreed;
  const base = newSession(flow, {
    version: Version['TLSv1.3'],
    cipherSuite: agreed.cipherSuite.code,
    id: new Uint8Array(0),
    secret: new Uint8Array(0),
    extendedMasterSecret: false,
    maxFragmentLength: agreed.chosen.maxFragmentLength,
    group: agreed.group?.code ?? psk?.session.group ?? 0,
    ...(psk === undefined ? sessionPeer(client) : resumedFacts(psk.session)),
    ...(agreed.chosen.alpn !== undefined && { alpn: Buffer.from(agreed.chosen.alpn, 'latin1') }),
    ...acceptedName(agreed),
  });
  return {
    base,
    hash: master.hash,
    resumption: master.resumption(flow.transcript.digest(master.hash)),
    sent: 0,
    count: ticketCount(flow, psk, agreed),
    info: serverInfoIn('newSessionTicket', flow.settings.serverInfo, agreed),
    ...(psk && { resumed: psk.session }),
  };
}

/**
 * One for a resumption, and none when only the hash prevented the resumption, as in the reference. Strictly none also for a
 * client with which no ticket of ours could be used (RFC 8446 section 4.2.9).
 */
function ticketCount({ settings, pskOfOtherHash }: Flow, psk: ChosenPsk | undefined, { offers }: Negotiated13): number {
  if (settings.strict && keyExchangeWith(settings, offers.pskKeyExchangeModes ?? []) === undefined) return 0;
  if (psk !== undefined) return Math.min(settings.ticketCount, 1);
  return pskOfOtherHash ? 0 : settings.ticketCount;
}

/** The members of a session that a resumption keeps. */
function resumedFacts({ timeout, verifyResult, peerCertificate, peerPublicKey }: Session) {
  return {
    timeout,
    verifyResult,
    ...(peerCertificate && { peerCertificate }),
    ...(peerPublicKey && { peerPublicKey }),
  };
}
