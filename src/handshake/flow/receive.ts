import type { Kind } from '../../messages/message.ts';
import type { ProblemName } from '../../names/problems.ts';
import type { Flow, Handshake, Incoming } from './flow.ts';
import { changeCipherSpecType, readState } from './states.ts';

export interface ReceiveOptions {
  /** The reference's function, for the error line of a malformed message. */
  readonly where: string;
  /** What a malformed message is called; `lengthMismatch` unless given. */
  readonly malformed?: ProblemName;
}

/** Waits for this message; any other is refused. It counts in the transcript. */
export function* receive<T>(flow: Flow, kind: Kind<T>, { where, malformed }: ReceiveOptions): Handshake<T> {
  const incoming = yield* receiveOneOf(flow, kind.type);
  return flow.decode(kind, incoming.body, where, malformed);
}

/** Waits for a message of one of these types. */
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

/** Waits for ChangeCipherSpec. */
export function* receiveChangeCipherSpec(flow: Flow): Handshake<void> {
  const { body, endsRecord } = yield* receiveOneOf(flow, changeCipherSpecType);
  flow.insist(endsRecord, 'unexpectedMessage', 'tls_process_change_cipher_spec', { bytes: body });
  flow.keysChanging = true;
}

/** Waits for a local answer that is slow; one that is there already costs nothing. No record is opened meanwhile. */
export function* answer<T>(value: T | Promise<T>): Handshake<T> {
  return value instanceof Promise ? ((yield { for: 'answer', promise: value }) as T) : value;
}
