import { nextTraffic } from '../../keys/schedule13.ts';
import { KeyUpdate, KeyUpdateRequest } from '../../messages/key-update.ts';
import type { Traffic13 } from '../flow/established.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { paddingOf, protection13 } from '../flow/protections.ts';
import { receiveOneOf } from '../flow/receive.ts';

const where = 'tls_process_key_update';

/** The result of a client's KeyUpdate. */
export interface KeyUpdateResult {
  readonly traffic: Traffic13;
  /** True when the client requests an update of our keys before we send more data. */
  readonly owesAnswer: boolean;
}

/** Receives a KeyUpdate of the client, which changes our read keys at once (RFC 8446 section 4.6.3). */
export function* receiveKeyUpdate(flow: Flow, traffic: Traffic13): Handshake<KeyUpdateResult> {
  const { body, endsRecord } = yield* receiveOneOf(flow, KeyUpdate.type);
  flow.insist(endsRecord, 'notOnRecordBoundary', where, { bytes: body });
  const { requestUpdate } = flow.decode(KeyUpdate, body, where, 'malformedKeyUpdate');
  const known =
    requestUpdate === KeyUpdateRequest.updateRequested || requestUpdate === KeyUpdateRequest.updateNotRequested;
  flow.insist(known, 'badKeyUpdate', where, { bytes: body });
  const client = nextTraffic(traffic.hash, traffic.client);
  flow.carrier.protectReading('application', protection13(traffic.cipherSuite, traffic.hash, client));
  flow.tell.secret?.('CLIENT_TRAFFIC_SECRET_N', traffic.clientRandom, client);
  flow.turnToWriting();
  return { traffic: { ...traffic, client }, owesAnswer: requestUpdate === KeyUpdateRequest.updateRequested };
}

/** Sends a KeyUpdate, which changes our write keys. */
export function sendKeyUpdate(flow: Flow, traffic: Traffic13, request: { readonly requestPeer: boolean }): Traffic13 {
  const { updateRequested, updateNotRequested } = KeyUpdateRequest;
  flow.send(KeyUpdate, { requestUpdate: request.requestPeer ? updateRequested : updateNotRequested });
  const server = nextTraffic(traffic.hash, traffic.server);
  flow.carrier.protectWriting(
    'application',
    protection13(traffic.cipherSuite, traffic.hash, server, paddingOf(flow.settings)),
  );
  flow.tell.secret?.('SERVER_TRAFFIC_SECRET_N', traffic.clientRandom, server);
  return { ...traffic, server };
}
