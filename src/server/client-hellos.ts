import { type ReceivedHello, receivedHello, type Transported } from '../facts/received-hello.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import { AlertDescription, type AlertName } from '../names/alerts.ts';
import { SecureContext } from './secure-context.ts';
import { TlsError } from './sockets/tls-error.ts';
import { TlsSocket } from './sockets/tls-socket.ts';

/** Options of what a ClientHello leads to. */
export interface ClientHelloOptions {
  /** Sees each ClientHello before anything is chosen from it, and may refuse the client. */
  readonly clientHelloCallback?: ClientHelloCallback | undefined;
  /**
   * Finds the context whose certificate a client is shown, by anything in its hello: after `SNICallback`, and not for a session
   * that is resumed.
   */
  readonly certificateCallback?: CertificateCallback | undefined;
}

type Awaitable<T> = T | Promise<T>;

/**
 * ClientHelloCallback returns nothing for a client that is welcome, or the alert that refuses it. May return a promise; an
 * exception ends the handshake with internal_error. The hello of a renegotiation is shown too.
 */
export type ClientHelloCallback = (socket: TlsSocket, hello: ReceivedHello) => Awaitable<AlertName | null | undefined>;

/**
 * CertificateCallback returns a context of `createSecureContext`, of which only the certificates count, or nothing for those of
 * the server or of the server name. May return a promise; an exception ends the handshake with internal_error.
 */
export type CertificateCallback = (
  socket: TlsSocket,
  hello: ReceivedHello,
) => Awaitable<SecureContext | null | undefined>;

/** clientHellosFrom returns the lookups for the callbacks. `over` is the transport of the server. */
export function clientHellosFrom(
  { clientHelloCallback, certificateCallback }: ClientHelloOptions,
  over: Transported,
): Pick<Settings, 'judgeHello' | 'credentialsFor'> {
  return {
    ...(clientHelloCallback && {
      judgeHello: async (hello, connection) =>
        alertFrom(await clientHelloCallback(socketOf(connection), decoded(hello, over))),
    }),
    ...(certificateCallback && {
      credentialsFor: async (_name, connection, hello) =>
        credentialsOf(await certificateCallback(socketOf(connection), decoded(hello, over))),
    }),
  };
}

function socketOf(connection: object | undefined): TlsSocket {
  if (connection instanceof TlsSocket) return connection;
  throw new TypeError('a connection without its socket');
}

function decoded(message: Uint8Array, over: Transported): ReceivedHello {
  const hello = receivedHello(message, over);
  if (hello === undefined) throw new TypeError('a hello that was read, and cannot be read');
  return hello;
}

function alertFrom(answer: unknown): AlertName | undefined {
  if (answer === undefined || answer === null) return undefined;
  if (isAlert(answer)) return answer;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `clientHelloCallback: ${String(answer)} is no alert`);
}

function isAlert(answer: unknown): answer is AlertName {
  return typeof answer === 'string' && Object.hasOwn(AlertDescription, answer);
}

function credentialsOf(context: SecureContext | null | undefined): Settings['credentials'] | undefined {
  if (context === undefined || context === null) return undefined;
  if (context instanceof SecureContext) return context.settings.credentials;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'certificateCallback: not a context of createSecureContext');
}
