import { rootCertificates } from 'node:tls';
import { Malformed } from '../../bytes/malformed.ts';
import type { ClientAuthentication } from '../../handshake/flow/settings.ts';
import { lazyStore, MemoryTrustStore } from '../../x509/trust/trust-store.ts';
import { type TrustedContent, trustedContent } from '../../x509/trust/trusted-file.ts';
import { TlsError } from '../sockets/tls-error.ts';
import { type ClientPublicKeyOptions, clientPublicKeysFrom } from './client-public-keys.ts';
import type { PemOrDer } from './credentials.ts';

/** Options of the trusted client certificates and bare keys. */
export interface TrustOptions extends ClientPublicKeyOptions {
  /** Trusted certificates, also named in the certificate request: the roots of Node unless given. */
  readonly ca?: PemOrDer | readonly PemOrDer[] | undefined;
  /** Revocation lists. With one, every certificate of a chain but the last needs a list of its issuer. */
  readonly crl?: PemOrDer | readonly PemOrDer[] | undefined;
  /** A trusted certificate ends a chain even if it is not self-signed. */
  readonly allowPartialTrustChain?: boolean | undefined;
}

/** Options of the certificate request. */
export interface RequestOptions {
  /** Clients are asked for a certificate. */
  readonly requestCert?: boolean | undefined;
  /**
   * The handshake fails for a client that is not authorized: true unless given. With false, `authorized` and
   * `authorizationError` of the socket have the result. Counts with `requestCert` only.
   */
  readonly rejectUnauthorized?: boolean | undefined;
}

/**
 * clientTrustFrom returns the trusted certificates; it requests none yet.
 * @throws {TlsError} ERR_SERVERHELLO_CREDENTIAL for an unreadable one
 */
export function clientTrustFrom(options: TrustOptions): ClientAuthentication {
  const { ca, crl, allowPartialTrustChain } = options;
  const anchors = ca === undefined ? undefined : contents('ca', ca);
  const lists = crl === undefined ? undefined : contents('crl', crl);
  return {
    mode: 'none',
    trust: anchors ? new MemoryTrustStore(anchors) : rootsOfNode,
    crls: lists?.crls ?? [],
    ...clientPublicKeysFrom(options),
    parameters: {
      ...(lists && { crlCheck: true, crlCheckAll: true }),
      ...(allowPartialTrustChain && { partialChain: true }),
    },
    authorityNames: distinct(anchors?.certificates.map(({ facts }) => facts.subject.der) ?? []),
  };
}

/** clientAuthenticationFrom adds the server's policy on requesting a certificate. */
export function clientAuthenticationFrom(
  trust: ClientAuthentication,
  { requestCert = false, rejectUnauthorized = true }: RequestOptions,
): ClientAuthentication {
  if (rejectUnauthorized) return { ...trust, mode: requestCert ? 'required' : 'none' };
  return { ...trust, mode: requestCert ? 'optional' : 'none', goesOn: () => true };
}

function contents(option: string, given: PemOrDer | readonly PemOrDer[]): TrustedContent {
  const list = typeof given === 'string' || given instanceof Uint8Array ? [given] : given;
  try {
    const read = list.map((it) => trustedContent(typeof it === 'string' ? Buffer.from(it) : it));
    return { certificates: read.flatMap((it) => it.certificates), crls: read.flatMap((it) => it.crls) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new TlsError('ERR_SERVERHELLO_CREDENTIAL', `${option}: ${error.message}`, { cause: error });
  }
}

function distinct(names: readonly Uint8Array[]): Uint8Array[] {
  return [...new Map(names.map((name) => [Buffer.from(name).toString('hex'), name])).values()];
}

const rootsOfNode = lazyStore(() => new MemoryTrustStore(contents('ca', rootCertificates)));
