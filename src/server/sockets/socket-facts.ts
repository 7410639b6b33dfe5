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

export function negotiatedCipher({ cipherSuite }: SessionInfo): CipherNameAndProtocol {
  const { name, ianaName } = cipherSuite;
  return { name, standardName: ianaName ?? name, version: suiteVersion(cipherSuite) };
}

/**
 * certificateObject returns the form of `getPeerCertificate`: an empty object without a certificate, as in `node:tls`.
 * With a chain (leaf first) each certificate has its issuer as `issuerCertificate`, and a self-signed one itself.
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

/** showsClient reports whether the client has shown a certificate or a bare key. */
export function showsClient({ clientCertificate, clientPublicKey }: SessionInfo): boolean {
  return clientCertificate !== undefined || clientPublicKey !== undefined;
}

/** authorizationErrorOf names the result of the verification as `node:tls` does; null for success. */
export function authorizationErrorOf(info: SessionInfo, wasAskedFor: boolean): string | null {
  const { session } = info;
  if (!showsClient(info)) return wasAskedFor ? 'UNABLE_TO_GET_ISSUER_CERT' : null;
  if (session.verifyResult === 0) return null;
  return verifyErrorSymbol(session.verifyResult).replace(/^X509_V_ERR_/, '');
}

export function certificateOf(der: Uint8Array | undefined): X509Certificate | undefined {
  return der && new X509Certificate(der);
}

/**
 * signatureAlgorithmNames returns names such as `RSA-PSS+SHA256`, and `Ed25519+UNDEF` for a scheme with a built-in
 * hash.
 */
export function signatureAlgorithmNames({ sharedSignatureAlgorithms }: SessionInfo): string[] {
  return sharedSignatureAlgorithms.map((code) => {
    const { name = 'UNDEF', line = 'UNDEF' } = signatureScheme(code) ?? {};
    const pss = /^rsa_pss_pss_sha(\d+)$/.exec(name);
    if (pss !== null) return `RSA-PSS+SHA${pss[1]}`;
    return line.includes('+') ? line : `${line.replace(/^ed/, 'Ed')}+UNDEF`;
  });
}
