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

/** SubjectPublicKeyInfo that came in the place of a certificate, and what it says. */
export interface RawPublicKey {
  readonly info: Uint8Array;
  readonly signer: Signer;
}

/** The client's bare key (RFC 7250 section 3); undefined where it has none. @throws {Problem} */
export function readRawPublicKey12(flow: Flow, body: Uint8Array): RawPublicKey | undefined {
  // No key at all: three bytes that say so.
  if (body.length === 3 && body.every((byte) => byte === 0)) return undefined;
  return parsed(flow.decode(RawPublicKey12, body, where).publicKeyInfo);
}

/** The same of TLS 1.3 (RFC 8446 section 4.4.2): the one entry of the list. `context`: that of our request. @throws {Problem} */
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
 * Holds a key, bare or of a certificate, against those that are expected; without a list no bare key is right. Returns
 * the number of the fault (names/verify-errors.ts) that was found and borne, or 0.
 * @throws {Problem} where it ends the handshake
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

/** Of a certificate whose key is to be one of those expected. */
export function keyOf({ facts }: PathCertificate): RawPublicKey {
  return { info: facts.publicKeyInfo, signer: signerOf(facts, facts.publicKeyInfo) };
}

interface RawPublicKeyChoices {
  readonly chosen: {
    readonly clientCertificateType: boolean;
    /** A code point, where one was agreed on. */
    readonly serverCertificateType: unknown;
  };
}

/** Who sends a bare key in this handshake. */
export function rawPublicKeyInfo({ chosen }: RawPublicKeyChoices): Pick<SessionInfo, 'rawPublicKeys'> {
  const server = chosen.serverCertificateType === CertificateType.rawPublicKey;
  const client = chosen.clientCertificateType;
  return server || client ? { rawPublicKeys: { server, client } } : {};
}

function parsed(info: Uint8Array): RawPublicKey {
  try {
    // A copy: the session outlives the message.
    const copy = Uint8Array.from(info);
    const signer = signerOf(publicKeyFacts(copy), copy);
    if (signer.publicKey !== undefined) return { info: copy, signer };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  throw new Problem('asn1Lib', where, { bytes: info });
}

const where = 'tls_process_rpk';
/** The key is none of those expected; there are none. */
const [noMatch, untrusted] = [65, 95];
