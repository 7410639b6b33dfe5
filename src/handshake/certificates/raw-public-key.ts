import { equal } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { Certificate13, RawPublicKey12 } from '../../messages/certificate.ts';
import { CertificateType } from '../../messages/extensions/client-certificate-type.ts';
import type { AlertName } from '../../names/alerts.ts';
import { Problem } from '../../names/problems.ts';
import { verifyErrorAlert } from '../../names/verify-errors.ts';
import { publicKeyFacts } from '../../x509/certificates/certificate.ts';
import { minimumBits } from '../../x509/verify/parameters.ts';
import type { PathCertificate } from '../../x509/verify/path-certificate.ts';
import { Verify } from '../../x509/verify/run.ts';
import type { Flow } from '../flow/flow.ts';
import type { SessionInfo } from '../flow/session-info.ts';
import { refuseCertificateExtensions } from './certificate-extensions.ts';
import { type Signer, signerOf } from './signer.ts';

/** The SubjectPublicKeyInfo sent instead of a certificate, with its parsed key. */
export interface RawPublicKey {
  readonly info: Uint8Array;
  readonly signer: Signer;
}

/** The client's raw public key (RFC 7250 section 3); undefined when it has none. @throws {Problem} */
export function readRawPublicKey12(flow: Flow, body: Uint8Array): RawPublicKey | undefined {
  // A length of zero: the client has no key.
  if (body.length === 3 && body.every((byte) => byte === 0)) return undefined;
  return parsed(flow.decode(RawPublicKey12, body, where).publicKeyInfo);
}

/**
 * The same for TLS 1.3 (RFC 8446 section 4.4.2): the one entry of the list. `context` is that of our request.
 * @throws {Problem}
 */
export function readRawPublicKey13(flow: Flow, body: Uint8Array, context: Uint8Array): RawPublicKey | undefined {
  const { certificateRequestContext, certificateList } = flow.decode(Certificate13, body, where);
  flow.insist(equal(context, certificateRequestContext), 'invalidContext', where, { bytes: body });
  const [entry] = certificateList;
  flow.insist(certificateList.length <= 1, 'lengthMismatch', where, { bytes: body });
  if (entry === undefined) return undefined;
  const key = parsed(entry.certData);
  refuseCertificateExtensions(flow, entry.extensions);
  return key;
}

/**
 * Checks a key, raw or of a certificate, against the expected ones; without a list no raw key is valid. Returns the
 * number of a tolerated fault (names/verify-errors.ts), or 0.
 * @throws {Problem} when the fault ends the handshake
 */
export function checkExpectedKey(flow: Flow, { info, signer }: RawPublicKey, certificate?: PathCertificate): number {
  const { settings, tell } = flow;
  const { goesOn, expectedKeys = [], parameters } = settings.clientAuthentication ?? {};
  const minimum = minimumBits({ authenticationLevel: settings.securityLevel, ...parameters });
  const step = { depth: 0, certificate, isCrlPath: false, policies: undefined };
  if ((signer.key?.securityBits ?? 0) < minimum) fault(Verify.leafKeyTooSmall);
  if (expectedKeys.some((it) => equal(it, info))) {
    tell.verify?.({ ...step, ok: 'passed', error: Verify.ok });
    return Verify.ok;
  }
  return fault(expectedKeys.length > 0 ? noMatch : untrusted);

  function fault(error: number): number {
    tell.verify?.({ ...step, ok: 'fault', error });
    tell.note?.('clientVerified', { result: error, left: [] });
    if (goesOn?.(error, 0)) return error;
    const alert = verifyErrorAlert(error) as AlertName;
    const process = certificate === undefined ? 'tls_process_client_rpk' : 'tls_process_client_certificate';
    throw new Problem('certificateVerifyFailed', process, { alert });
  }
}

/** The key of a certificate, for the check against expected keys. */
export function rawPublicKeyOf({ facts }: PathCertificate): RawPublicKey {
  return { info: facts.publicKeyInfo, signer: signerOf(facts, facts.publicKeyInfo) };
}

interface RawPublicKeyChoices {
  readonly chosen: {
    readonly clientCertificateType: boolean;
    /** A code point, if one was negotiated. */
    readonly serverCertificateType: unknown;
  };
}

/** The sides that send a raw public key in this handshake. */
export function rawPublicKeyInfo({ chosen }: RawPublicKeyChoices): Pick<SessionInfo, 'rawPublicKeys'> {
  const server = chosen.serverCertificateType === CertificateType.rawPublicKey;
  const client = chosen.clientCertificateType;
  return server || client ? { rawPublicKeys: { server, client } } : {};
}

function parsed(info: Uint8Array): RawPublicKey {
  try {
    // Copied, because the session outlives the message.
    const copy = Uint8Array.from(info);
    const signer = signerOf(publicKeyFacts(copy), copy);
    if (signer.publicKey !== undefined) return { info: copy, signer };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  throw new Problem('asn1Lib', where, { bytes: info });
}

const where = 'tls_process_rpk';
/** Errors: the key is not one of those expected; none are expected. */
const [noMatch, untrusted] = [65, 95];
