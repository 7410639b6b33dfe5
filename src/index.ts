export type { Ending, Engine } from './connection/engine.ts';
export type { NoteKind, Notes, Observer, SecurityDecision, Telling, Way, Where } from './connection/observer.ts';
export type { CertificateWish } from './handshake/certificate-requests.ts';
export type { EchOutcome } from './handshake/ech-outcome.ts';
export type { SessionInfo } from './handshake/session-info.ts';
export type { RenegotiationRight, SecurityLevel } from './handshake/settings.ts';
export type { StatusStep } from './handshake/status-lookup.ts';
export type { ChainCheck, EncryptedHelloNote } from './handshake/telling.ts';
export type { AlertName } from './names/alerts.ts';
export type { CipherSuite } from './names/cipher-suites.ts';
export type { ErrorLine, Problem, ProblemName } from './names/problems.ts';
export { attach, type UpperServer } from './server/attach.ts';
export type { RequestOptions, TrustOptions } from './server/client-certificates.ts';
export type { ClientPublicKeyOptions } from './server/client-public-keys.ts';
export { createServer, Server, type SessionDone, type SessionFound } from './server/create-server.ts';
export type { CredentialOptions, KeyInput, PemOrDer } from './server/credentials.ts';
export type { EchKeyInput, EchOptions } from './server/ech-keys.ts';
export type { PfxInput, PfxOptions } from './server/pfx.ts';
export type { ProtocolOptions, ProtocolVersion } from './server/protocol-versions.ts';
export type { Named, ReceivedHello } from './server/received-hello.ts';
export {
  createSecureContext,
  SecureContext,
  type SecureContextOptions,
} from './server/secure-context.ts';
export type { SecureDuplex } from './server/secure-duplex.ts';
export type { AlpnCallback, PskCallback, ServerOptions, SniCallback } from './server/server-options.ts';
export type { CipherNameAndProtocol } from './server/socket-facts.ts';
export type { StatusFound, TellStatusRequest } from './server/status-requests.ts';
export { type TestConnection, TestServer, type TestServerOptions, testServer } from './server/test-server.ts';
export { TlsError, type TlsErrorCode } from './server/tls-error.ts';
export { type RenegotiateOptions, TlsSocket, type Trouble } from './server/tls-socket.ts';
export type { Session } from './sessions/session.ts';
export type { Check } from './x509/verify/run.ts';
