import { randomBytes } from '../../crypto/primitives/random.ts';
import type { RenegotiationRight, Settings } from '../../handshake/flow/settings.ts';
import { CookieKeys } from '../../handshake/flow/stateless-cookie.ts';
import { trustAnchorId } from '../../messages/extensions/trust-anchors.ts';
import { TlsError } from '../sockets/tls-error.ts';
import { integerFrom } from './option-value.ts';

/** Options of the protocol's optional behaviour. */
export interface BehaviourOptions {
  /**
   * The side that may begin a renegotiation up to TLS 1.2: `byServer` unless given. A client's attempt is answered with a
   * warning, with `fatal` it ends the connection.
   */
  readonly renegotiation?: RenegotiationRight | undefined;
  /** Renegotiates also with clients that do not know RFC 5746. */
  readonly legacyRenegotiation?: boolean | undefined;
  /** An end without close_notify is no error: true unless given, as in `node:tls`. */
  readonly ignoreUnexpectedEof?: boolean | undefined;
  /** Multiple in bytes to which TLS 1.3 records are padded. */
  readonly recordPadding?: number | undefined;
  /**
   * The bare public key is sent instead of the certificate to a client that accepts it (RFC 7250). False unless given.
   */
  readonly rawPublicKey?: boolean | undefined;
  /**
   * Identifiers of the trust anchors that the certificate leads to, such as `32473.1`, sent to TLS 1.3 clients that ask
   * (draft-ietf-tls-trust-anchor-ids). None unless given.
   */
  readonly trustAnchors?: readonly string[] | undefined;
  /** TLS 1.3 looks like TLS 1.2 to middleboxes (RFC 8446 appendix D.4): true unless given. */
  readonly middleboxCompatibility?: boolean | undefined;
  /** Clients of TLS 1.3 have to return a cookie before any state is kept for them. False unless given. */
  readonly stateless?: boolean | undefined;
  /**
   * What the RFCs forbid is refused, with the alert they name, also where OpenSSL tolerates it or sends another
   * (docs/decisions/strict.md). False unless given.
   */
  readonly strict?: boolean | undefined;
  /** Tolerable protocol violations are reported to `observer.broken`, and the conversation goes on. */
  readonly toleratesBroken?: boolean | undefined;
}

/** @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION */
export function behaviourFrom(options: BehaviourOptions): Partial<Settings> {
  return {
    renegotiation: options.renegotiation ?? 'byServer',
    legacyRenegotiation: options.legacyRenegotiation ?? false,
    ignoreUnexpectedEof: options.ignoreUnexpectedEof ?? true,
    recordPadding: integerFrom('recordPadding', options.recordPadding, { otherwise: 0, max: 16384 }),
    rawPublicKey: options.rawPublicKey ?? false,
    trustAnchors: trustAnchorsFrom(options),
    middleboxCompatibility: options.middleboxCompatibility ?? true,
    ...(options.stateless && { cookieKeys: new CookieKeys(randomBytes) }),
    strict: options.strict ?? false,
    toleratesBroken: options.toleratesBroken ?? false,
  };
}

function trustAnchorsFrom({ trustAnchors = [] }: BehaviourOptions): Uint8Array[] {
  return trustAnchors.map((text) => {
    const id = trustAnchorId(text);
    if (id !== undefined) return id;
    throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `trustAnchors: ${text} is no relative object identifier`);
  });
}
