import { HelloRequest } from '../../messages/hello-request.ts';
import { Problem } from '../../names/problems.ts';
import type { Established } from '../flow/established.ts';
import type { Flow } from '../flow/flow.ts';
import type { SessionInfo } from '../flow/session-info.ts';
import type { Settings } from '../flow/settings.ts';

/** @throws {Problem} when a renegotiation cannot be requested: in TLS 1.3, or when it is disabled */
export function maySendHelloRequest(settings: Settings, established: Established | undefined): void {
  if (established === undefined) throw new Problem('stillInInit', 'can_renegotiate');
  if (established.traffic !== undefined) throw new Problem('wrongSslVersion', 'can_renegotiate');
  if (isNever(settings)) throw new Problem('noRenegotiation', 'can_renegotiate');
}

/** Sends HelloRequest (RFC 5246 section 7.4.1.1), which is in no transcript. */
export function requestRenegotiation(flow: Flow): void {
  flow.send(HelloRequest, {});
  flow.carrier.flush();
}

/** True when a ClientHello after the handshake begins a new one; otherwise the client gets no_renegotiation. */
export function mayRenegotiate(settings: Settings, { info }: Established, asked: boolean): boolean {
  const { renegotiation, legacyRenegotiation } = settings;
  if (isNever(settings)) return false;
  const isSecure = info.secureRenegotiation || legacyRenegotiation;
  return isSecure && (asked || renegotiation === 'byEither');
}

function isNever({ renegotiation }: Settings): boolean {
  return renegotiation === 'never' || renegotiation === 'fatal';
}

/** The server's answer in a renegotiation: both Finished of the handshake before, the client's first. */
export function bothFinished(previous: SessionInfo | undefined): Uint8Array {
  const { client, server } = previous?.finished ?? {};
  return client && server ? Buffer.concat([client, server]) : new Uint8Array(0);
}

/**
 * Checks that in a renegotiation the client repeats its Finished of the handshake before (RFC 5746 section 3.7), and in
 * a first handshake nothing.
 * @throws {Problem}
 */
export function checkRenegotiationInfo(
  { settings, previous }: Flow,
  offered: Uint8Array | undefined,
  signalled: boolean,
): void {
  const expected = previous?.info.finished?.client ?? new Uint8Array(0);
  if (previous !== undefined && signalled) {
    throw new Problem('scsvReceivedWhenRenegotiating', 'tls_early_post_process_client_hello');
  }
  if (offered !== undefined && !Buffer.from(expected).equals(offered)) {
    throw new Problem('renegotiationMismatch', 'tls_parse_ctos_renegotiate');
  }
  if (previous !== undefined && offered === undefined && !settings.legacyRenegotiation) {
    throw new Problem('unsafeLegacyRenegotiationDisabled', 'final_renegotiate');
  }
}
