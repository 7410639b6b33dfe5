import { constantTimeEqual } from '../../crypto/primitives/hash.ts';
import { Finished } from '../../messages/finished.ts';
import type { Kind } from '../../messages/message.ts';
import type { ProblemName } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Flow, Handshake, Incoming } from './flow.ts';
import { changeCipherSpecType, readState } from './states.ts';

export interface ReceiveOptions {
  /** The reference's function, for the error line of a malformed message. */
  readonly where: string;
  /** The problem for a malformed message; `lengthMismatch` by default. */
  readonly malformed?: ProblemName;
}

/** Receives this message and adds it to the transcript; any other is refused. */
export function* receive<T>(flow: Flow, kind: Kind<T>, { where, malformed }: ReceiveOptions): Handshake<T> {
  const incoming = yield* receiveOneOf(flow, kind.type);
  return flow.decode(kind, incoming.body, where, malformed);
}

/** Receives a message of one of these types. */
export function* receiveOneOf(flow: Flow, ...types: number[]): Handshake<Incoming> {
  for (;;) {
    const incoming = (yield { for: 'message', types }) as Incoming;
    if (types.includes(incoming.type)) {
      flow.arrived(readState(incoming.type));
      if (incoming.type !== changeCipherSpecType) flow.transcript.add(incoming.bytes);
      return incoming;
    }
    flow.insist(false, 'unexpectedMessage', 'ossl_statem_server_read_transition', { bytes: incoming.bytes });
  }
}

/** Receives ChangeCipherSpec. */
export function* receiveChangeCipherSpec(flow: Flow): Handshake<void> {
  const { body, endsRecord } = yield* receiveOneOf(flow, changeCipherSpecType);
  flow.insist(endsRecord, 'unexpectedMessage', 'tls_process_change_cipher_spec', { bytes: body });
  flow.keysChanging = true;
}

const whereFinished = 'tls_process_finished';

/**
 * Receives Finished and compares it (RFC 5246 section 7.4.9, RFC 8446 section 4.4.4). Nothing may follow it in its record,
 * as the keys change (RFC 8446 section 5.1).
 * @throws {Problem}
 */
export function* receiveFinished(flow: Flow, expected: Uint8Array): Handshake<Uint8Array> {
  const { body, endsRecord } = yield* receiveOneOf(flow, Finished.type);
  const { verifyData } = flow.decode(Finished, body, whereFinished);
  const { strict } = flow.settings;
  const isBoundary = endsRecord || !(strict || flow.context.version >= Version['TLSv1.3']);
  flow.insist(isBoundary, 'notOnRecordBoundary', whereFinished, { bytes: body });
  const isWhole = strict || verifyData.length === expected.length;
  flow.insist(isWhole, 'badDigestLength', whereFinished, { bytes: verifyData });
  flow.insist(constantTimeEqual(verifyData, expected), 'digestCheckFailed', whereFinished, { bytes: verifyData });
  return Uint8Array.from(verifyData);
}

/**
 * Awaits the result of an asynchronous callback; an immediate result costs nothing. No record is decrypted meanwhile.
 */
export function* answer<T>(value: T | Promise<T>): Handshake<T> {
  return value instanceof Promise ? ((yield { for: 'answer', promise: value }) as T) : value;
}
