import type { Kind } from '../../messages/message.ts';
import type { ProblemName } from '../../names/problems.ts';
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

/**
 * Awaits the result of an asynchronous callback; an immediate result costs nothing. No record is decrypted meanwhile.
 */
export function* answer<T>(value: T | Promise<T>): Handshake<T> {
  return value instanceof Promise ? ((yield { for: 'answer', promise: value }) as T) : value;
}
