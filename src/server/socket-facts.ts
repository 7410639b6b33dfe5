import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { PeerCertificate } from 'node:tls';
import type { SessionInfo } from '../handshake/session-info.ts';
import { suiteVersion } from '../names/cipher-suites.ts';

/** The suite of a connection, as `node:tls` describes it. */
export interface CipherNameAndProtocol {
  /** OpenSSL's name. */
  readonly name: string;
  /** IANA's name. */
  readonly standardName: string;
  /** The version that the suite came with. */
  readonly version: string;
}

export function cipherOf({ cipherSuite }: SessionInfo): CipherNameAndProtocol {
  const { name, ianaName } = cipherSuite;
  return { name, standardName: ianaName ?? name, version: suiteVersion(cipherSuite) };
}

/** The form of `getPeerCertificate`; where the client has sent none an empty object, as in `node:tls`. */
export function peerCertificate(info: SessionInfo | undefined): PeerCertificate {
  const certificate = info?.clientCertificate;
  return (certificate ? new X509Certificate(certificate).toLegacyObject() : {}) as PeerCertificate;
}

/** The peer's address with its port; a unix socket has none. */
export function peerText({ remoteAddress, remotePort, remoteFamily }: Socket): string {
  if (remoteAddress === undefined) return 'localhost';
  return `${remoteFamily === 'IPv6' ? `[${remoteAddress}]` : remoteAddress}:${remotePort}`;
}
