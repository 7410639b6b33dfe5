import { EndOfEarlyData } from '../../messages/end-of-early-data.ts';
import { State } from '../../names/states.ts';
import type { Session } from '../../sessions/session.ts';
import { tellPause } from '../decisions/versions.ts';
import { EarlyData } from '../flow/early-data-fate.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { receiveOneOf } from '../flow/receive.ts';
import { type Authentication13, receiveAuthentication13, receiveFinished13 } from './client-authentication13.ts';
import { type HandshakeKeys, readHandshake } from './keys13.ts';
import type { Negotiated13 } from './negotiate13.ts';
import type { KeyAgreement } from './stateless-retry.ts';

/** Receives accepted early data, which the client sends before our answer (RFC 8446 section 4.2.10). */
export function* receiveEarlyData(
  flow: Flow,
  { psk, retried }: KeyAgreement,
  agreed: Negotiated13,
  keys: HandshakeKeys,
): Handshake<void> {
  const { earlyData } = agreed.chosen;
  if (earlyData === 'accepted' && psk) {
    yield* receiveToItsEnd(flow, psk.session);
    readHandshake(flow, agreed, keys);
  } else {
    if (earlyData === 'rejected' && !retried) flow.earlyData = new EarlyData('undecryptable', flow.settings);
    flow.enter(State.earlyData);
  }
  flow.tell.note?.('earlyDataOver', { fate: earlyData });
  if (flow.settings.cookieKeys || !retried) tellPause(flow);
}

/** Receives early data until EndOfEarlyData, after which the client's keys change (RFC 8446 section 4.5). */
function* receiveToItsEnd(flow: Flow, session: Session): Handshake<void> {
  flow.earlyData = new EarlyData('accepted', flow.settings, session);
  flow.enterUnreported(State.earlyData);
  const process = 'tls_process_end_of_early_data';
  const { body, endsRecord } = yield* receiveOneOf(flow, EndOfEarlyData.type);
  flow.earlyData = undefined;
  flow.decode(EndOfEarlyData, body, process);
  flow.insist(endsRecord, 'notOnRecordBoundary', process);
}

/** Receives the client's certificate, if requested, and its Finished. @throws {Problem} */
export function* receiveFinalFlight13(
  flow: Flow,
  asked: 'asked' | 'notAsked',
  { client, secret: { hash } }: HandshakeKeys,
): Handshake<Authentication13> {
  const authentication: Authentication13 =
    asked === 'asked'
      ? yield* receiveAuthentication13(flow, { context: new Uint8Array(0), hash, secret: client })
      : { finished: yield* receiveFinished13(flow, hash, client) };
  flow.earlyData = undefined;
  return authentication;
}
