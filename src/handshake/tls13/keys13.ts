import {
  EarlySecret,
  finishedMac,
  type HandshakeSecret,
  type MasterSecret,
  type TrafficSecret,
} from '../../keys/schedule13.ts';
import type { Traffic13 } from '../flow/established.ts';
import type { Flow } from '../flow/flow.ts';
import { paddingOf, protection13 } from '../flow/protections.ts';
import type { Negotiated13 } from './negotiate13.ts';
import { suiteHash } from './resume13.ts';

/*
 * The stages of the key schedule (RFC 8446 section 7.1). Each is derived once the transcript has reached the messages
 * it covers; its secrets are logged and used in the order of the reference.
 */

export interface EarlyKeys {
  readonly secret: EarlySecret;
  /** Protects early data; undefined unless it is accepted. */
  readonly client: TrafficSecret | undefined;
}

export interface HandshakeKeys {
  readonly secret: HandshakeSecret;
  readonly client: TrafficSecret;
  readonly server: TrafficSecret;
}

export interface ApplicationKeys {
  readonly master: MasterSecret;
  /** The exporter master secret. */
  readonly exporter: Uint8Array;
  readonly traffic: Traffic13;
}

/** The transcript ends with the ClientHello. */
export function startKeys(flow: Flow, { cipherSuite, clientRandom, psk, chosen }: Negotiated13): EarlyKeys {
  const hash = suiteHash(cipherSuite);
  const secret = new EarlySecret(hash, psk?.session.secret);
  if (chosen.earlyData !== 'accepted') return { secret, client: undefined };
  const toClientHello = flow.transcript.digest(hash);
  const client = secret.clientEarlyTraffic(toClientHello);
  flow.tell.secret?.('EARLY_EXPORTER_SECRET', clientRandom, secret.earlyExporter(toClientHello));
  flow.tell.secret?.('CLIENT_EARLY_TRAFFIC_SECRET', clientRandom, client);
  return { secret, client };
}

/**
 * The transcript ends with the ServerHello. `shared` is the secret of the key exchange, undefined when the PSK is used
 * alone.
 */
export function protectHandshake(
  flow: Flow,
  { cipherSuite, clientRandom }: Negotiated13,
  early: EarlyKeys,
  shared: Uint8Array | undefined,
): HandshakeKeys {
  const { hash } = early.secret;
  const secret = early.secret.handshake(shared);
  const toServerHello = flow.transcript.digest(hash);
  const server = secret.serverTraffic(toServerHello);
  const client = secret.clientTraffic(toServerHello);
  flow.carrier.protectWriting('handshake', protection13(cipherSuite, hash, server, paddingOf(flow.settings)));
  flow.tell.secret?.('SERVER_HANDSHAKE_TRAFFIC_SECRET', clientRandom, server);
  return { secret, client, server };
}

/** Sets the read keys: early data first if accepted, then handshake messages. */
export function protectReading(flow: Flow, agreed: Negotiated13, early: EarlyKeys, handshake: HandshakeKeys): void {
  if (early.client === undefined) readHandshake(flow, agreed, handshake);
  else flow.carrier.protectReading('early', protection13(agreed.cipherSuite, early.secret.hash, early.client));
}

export function readHandshake(flow: Flow, agreed: Negotiated13, { client, secret }: HandshakeKeys): void {
  flow.carrier.protectReading('handshake', protection13(agreed.cipherSuite, secret.hash, client));
  flow.tell.secret?.('CLIENT_HANDSHAKE_TRAFFIC_SECRET', agreed.clientRandom, client);
}

/** RFC 8446 section 4.4.4 */
export function serverFinished({ transcript }: Flow, { secret, server }: HandshakeKeys): Uint8Array {
  return finishedMac(secret.hash, server, transcript.digest(secret.hash));
}

/**
 * The transcript ends with the server's Finished. From here on we may send application data, before the client's
 * Finished (RFC 8446 section 4.4.4).
 */
export function protectApplication(flow: Flow, agreed: Negotiated13, handshake: HandshakeKeys): ApplicationKeys {
  const { cipherSuite, clientRandom } = agreed;
  const master = handshake.secret.master();
  const { hash } = master;
  const toServerFinished = flow.transcript.digest(hash);
  const exporter = master.exporter(toServerFinished);
  const server = master.serverTraffic(toServerFinished);
  const client = master.clientTraffic(toServerFinished);
  flow.carrier.protectWriting('application', protection13(cipherSuite, hash, server, paddingOf(flow.settings)));
  flow.tell.secret?.('EXPORTER_SECRET', clientRandom, exporter);
  flow.tell.secret?.('SERVER_TRAFFIC_SECRET_0', clientRandom, server);
  return { master, exporter, traffic: { cipherSuite, hash, clientRandom, client, server } };
}

/** The transcript ends with the client's Finished. */
export function readApplication(flow: Flow, { cipherSuite, hash, clientRandom, client }: Traffic13): void {
  flow.tell.secret?.('CLIENT_TRAFFIC_SECRET_0', clientRandom, client);
  flow.carrier.protectReading('application', protection13(cipherSuite, hash, client));
}
