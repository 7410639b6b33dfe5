export type { Ending, Engine } from './connection/engine.ts';
export type { NoteKind, Notes, Observer, SecurityDecision, Telling, Way, Where } from './connection/observer.ts';
export type { CertificateWish } from './handshake/flow/certificate-requests.ts';
export type { EchOutcome } from './handshake/flow/ech-outcome.ts';
export type { SessionInfo } from './handshake/flow/session-info.ts';
export type { RenegotiationRight, SecurityLevel } from './handshake/flow/settings.ts';
export type { StatusStep } from './handshake/flow/status-lookup.ts';
export type { ChainCheck, EncryptedHelloNote } from './handshake/flow/telling.ts';
export type { AlertName } from './names/alerts.ts';
export type { CipherSuite } from './names/cipher-suites.ts';
export type { ErrorLine, Problem, ProblemName } from './names/problems.ts';
export { attach, type UpperServer } from './server/attach.ts';
export { createSecureContext } from './server/create-secure-context.ts';
export { createServer } from './server/create-server.ts';
export type {
  DatagramContextOptions,
  DatagramServerOptions,
  DatagramVersion,
} from './server/datagram-options.ts';
export { DatagramServer, type DatagramServerEvents } from './server/datagram-server.ts';
export type { ListenWhere } from './server/listening/listen-arguments.ts';
export type { AlpnCallback, AlpnOptions } from './server/options/alpn.ts';
export type { BehaviourOptions } from './server/options/behaviour.ts';
export type { RequestOptions, TrustOptions } from './server/options/client-certificates.ts';
export type { ClientPublicKeyOptions } from './server/options/client-public-keys.ts';
export type { CredentialOptions, KeyInput, PemOrDer } from './server/options/credentials.ts';
export type { EarlyDataOptions } from './server/options/early-data.ts';
export type { EchKeyInput, EchOptions } from './server/options/ech-keys.ts';
export type { PfxInput, PfxOptions } from './server/options/pfx.ts';
export type { PskCallback, PskOptions } from './server/options/pre-shared-keys.ts';
export type { ProtocolOptions, ProtocolVersion } from './server/options/protocol-versions.ts';
export type { SessionOptions } from './server/options/sessions.ts';
export type { SuiteOptions } from './server/options/suites.ts';
export { SecureContext, type SecureContextOptions } from './server/secure-context.ts';
export { Server } from './server/server.ts';
export type { ServerOptions, SniCallback } from './server/server-options.ts';
export type { SessionDone, SessionFound } from './server/server-questions.ts';
export { DtlsSocket } from './server/sockets/dtls-socket.ts';
export { NegotiatedDuplex } from './server/sockets/negotiated-duplex.ts';
export type { Named, ReceivedHello } from './server/sockets/received-hello.ts';
export type { RenegotiateOptions } from './server/sockets/renegotiate-options.ts';
export type { CipherNameAndProtocol } from './server/sockets/socket-facts.ts';
export { TlsError, type TlsErrorCode } from './server/sockets/tls-error.ts';
export { TlsSocket } from './server/sockets/tls-socket.ts';
export type { StatusFound, TellStatusRequest } from './server/status-requests.ts';
export { type TestConnection, TestServer, type TestServerOptions, testServer } from './server/test-server.ts';
export type { Trouble } from './server/transport/trouble.ts';
export type { Session } from './sessions/session.ts';
export type { Check } from './x509/verify/run.ts';
