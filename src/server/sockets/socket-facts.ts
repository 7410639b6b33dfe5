import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import type { SessionInfo } from '../../handshake/flow/session-info.ts';
import { suiteVersion } from '../../names/cipher-suites.ts';
import { signatureScheme } from '../../names/signature-schemes.ts';
import { verifyErrorSymbol } from '../../names/verify-errors.ts';

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

/**
 * The form of `getPeerCertificate`: without a certificate an empty object, as in `node:tls`. With a chain (leaf first)
 * each has the one that signed it as its `issuerCertificate`, and one that signed itself has itself.
 */
export function certificateObject(der: Uint8Array | undefined, chain?: readonly Uint8Array[]): PeerCertificate {
  if (der === undefined) return {} as PeerCertificate;
  if (chain === undefined) return legacyObject(new X509Certificate(der));
  const certificates = chain.length > 0 ? chain.map((it) => new X509Certificate(it)) : [new X509Certificate(der)];
  const objects = certificates.map((it) => legacyObject(it));
  for (const [index, object] of objects.entries()) {
    const certificate = certificates[index];
    const issuer = certificate?.checkIssued(certificate) ? object : objects[index + 1];
    if (issuer) Object.assign(object, { issuerCertificate: issuer });
  }
  return objects[0] ?? ({} as PeerCertificate);
}

function legacyObject(certificate: X509Certificate): PeerCertificate {
  return certificate.toLegacyObject() as PeerCertificate;
}

/** Whether the client has shown who it is, by a certificate or a bare key. */
export function showsClient({ clientCertificate, clientPublicKey }: SessionInfo): boolean {
  return clientCertificate !== undefined || clientPublicKey !== undefined;
}

/** The number of the verification's result in the words of `node:tls`; null where there is nothing to complain about. */
export function authorizationErrorOf(info: SessionInfo, wasAskedFor: boolean): string | null {
  const { session } = info;
  if (!showsClient(info)) return wasAskedFor ? 'UNABLE_TO_GET_ISSUER_CERT' : null;
  if (session.verifyResult === 0) return null;
  return verifyErrorSymbol(session.verifyResult).replace(/^X509_V_ERR_/, '');
}

export function certificateOf(der: Uint8Array | undefined): X509Certificate | undefined {
  return der && new X509Certificate(der);
}

/** Such as `RSA-PSS+SHA256`, and `Ed25519+UNDEF` where the scheme has its hash inside. */
export function signatureAlgorithmWords({ sharedSignatureAlgorithms }: SessionInfo): string[] {
  return sharedSignatureAlgorithms.map((code) => {
    const { name = 'UNDEF', line = 'UNDEF' } = signatureScheme(code) ?? {};
    const pss = /^rsa_pss_pss_sha(\d+)$/.exec(name);
    if (pss !== null) return `RSA-PSS+SHA${pss[1]}`;
    return line.includes('+') ? line : `${line.replace(/^ed/, 'Ed')}+UNDEF`;
  });
}
