import type { Trouble } from '../../connection/trouble.ts';
import { ListFailure } from '../../handshake/policy/list-failure.ts';
import type { AlertName } from '../../names/alerts.ts';
import { Problem, type ProblemName } from '../../names/problems.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';

/**
 * TlsErrorCode is the code of an error of the library. Errors that `node:tls` has too have its codes: `ERR_SSL_` and
 * the reason of OpenSSL's error queue for a broken conversation, `ERR_TLS_` for the rest. An error of the system keeps
 * its own code, such as `ECONNRESET`.
 */
export type TlsErrorCode =
  | `ERR_SSL_${string}`
  | 'ERR_TLS_HANDSHAKE_TIMEOUT'
  | 'ERR_TLS_INVALID_PROTOCOL_VERSION'
  | 'ERR_TLS_INVALID_PROTOCOL_METHOD'
  | 'ERR_TLS_PROTOCOL_VERSION_CONFLICT'
  | 'ERR_TLS_ALPN_CALLBACK_INVALID_RESULT'
  | 'ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS'
  | 'ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED'
  | 'ERR_SERVER_ALREADY_LISTEN'
  | 'ERR_SERVER_NOT_RUNNING'
  /** An option of `node:tls` that is refused here; the message says why. */
  | 'ERR_SERVERHELLO_NOT_AVAILABLE'
  /** An option that does not exist, or has a meaningless value. */
  | 'ERR_SERVERHELLO_INVALID_OPTION'
  /** A key or certificate that is unreadable or does not match. */
  | 'ERR_SERVERHELLO_CREDENTIAL'
  /** No byte in either direction for `idleTimeout`. */
  | 'ERR_SERVERHELLO_IDLE_TIMEOUT'
  /** The server or the connection is closed, so that the awaited result cannot come any more. */
  | 'ERR_SERVERHELLO_CLOSED'
  /** More bytes than one record of DTLS holds. */
  | 'ERR_SERVERHELLO_MESSAGE_TOO_LONG'
  /** Keying material is not available yet, or its label is reserved. */
  | 'ERR_SERVERHELLO_NO_KEYING_MATERIAL'
  | 'ECONNRESET';

export interface TlsErrorDetails {
  /** The alert that was sent to the peer. */
  readonly alert?: AlertName | undefined;
  /** The rule that was broken. */
  readonly problem?: ProblemName;
  readonly cause?: unknown;
}

/** TlsError is every error that the library makes itself. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
  readonly code: TlsErrorCode;
  /** The alert that was sent to the peer; undefined where none was sent. */
  readonly alert: AlertName | undefined;
  /** The protocol rule that was broken; undefined for an error that is not about the protocol. */
  readonly problem: ProblemName | undefined;

  constructor(code: TlsErrorCode, message: string, { alert, problem, cause }: TlsErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.alert = alert;
    this.problem = problem;
  }
}

/**
 * errorOfTrouble makes the error for a conversation's end. Errors of the application's callbacks and of the system pass
 * through.
 */
export function errorOfTrouble(trouble: Trouble): Error {
  switch (trouble.how) {
    case 'failed':
      return errorOfProblem(trouble.problem);
    case 'crashed':
      return trouble.error;
    case 'lost':
      return 'code' in trouble.error ? trouble.error : disconnected();
    case 'timedOut':
      return trouble.during === 'handshake'
        ? new TlsError('ERR_TLS_HANDSHAKE_TIMEOUT', 'TLS handshake timeout')
        : new TlsError('ERR_SERVERHELLO_IDLE_TIMEOUT', 'the connection was idle for too long');
  }
}

function errorOfProblem(problem: Problem): TlsError {
  const { alert, message } = problem;
  return new TlsError(sslCode(message), message, { alert, problem: problem.problem, cause: problem });
}

/** disconnected is the error for a client that has gone before the handshake was done. */
export function disconnected(): TlsError {
  return new TlsError('ECONNRESET', 'the client disconnected before a secure connection was established');
}

/** optionError turns an exception of the lower layers about an option into an error of the library. */
export function optionError(option: string, error: unknown): Error {
  if (error instanceof LoadFailure) {
    const reasons = [error.message, ...error.lines.map(({ text }) => text)].filter((it) => it !== '');
    return new TlsError('ERR_SERVERHELLO_CREDENTIAL', `${option}: ${reasons.join(', ')}`, { cause: error });
  }
  if (error instanceof ListFailure || error instanceof RangeError) {
    return new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `${option}: ${error.message}`, { cause: error });
  }
  return error instanceof Problem ? errorOfProblem(error) : error instanceof Error ? error : new Error(String(error));
}

/** `ERR_SSL_NO_SHARED_CIPHER` for `no shared cipher`. */
function sslCode(reason: string): TlsErrorCode {
  return `ERR_SSL_${reason.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}
