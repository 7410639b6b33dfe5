import type { HashName } from '../../crypto/primitives/hash.ts';
import { finishedMac, type TrafficSecret } from '../../keys/schedule13.ts';
import { Certificate13 } from '../../messages/certificate.ts';
import { CompressedCertificate } from '../../messages/compressed-certificate.ts';
import { certificateBody } from '../certificates/certificate-compression.ts';
import { receiveCertificateVerify13 } from '../certificates/certificate-verify.ts';
import { type ClientCertificate, readCertificate13 } from '../certificates/client-certificate.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { receiveFinished, receiveOneOf } from '../flow/receive.ts';
import type { Settings } from '../flow/settings.ts';

/** The end of the client's part: its Finished, and before it its certificate if any. */
export interface Authentication13 {
  readonly client?: ClientCertificate | undefined;
  /** Code point of the scheme of the CertificateVerify. */
  readonly scheme?: number | undefined;
  readonly finished: Uint8Array;
}

export interface AuthenticationOptions {
  /** The context of our request. */
  readonly context: Uint8Array;
  readonly hash: HashName;
  /** The base key of the Finished. */
  readonly secret: TrafficSecret;
}

/**
 * Receives the client's answer to a request (RFC 8446 section 4.4): Certificate, CertificateVerify and Finished.
 * @throws {Problem}
 */
export function* receiveAuthentication13(flow: Flow, options: AuthenticationOptions): Handshake<Authentication13> {
  const certificate = yield* receiveOneOf(flow, ...certificateTypes(flow.settings));
  return yield* continueAuthentication13(flow, certificateBody(flow, certificate), options);
}

/** The types of messages with a certificate (RFC 8879 section 4). */
export function certificateTypes({ takesCompressedCertificates }: Settings): number[] {
  return takesCompressedCertificates ? [Certificate13.type, CompressedCertificate.type] : [Certificate13.type];
}

/** The same after the Certificate has been received. @throws {Problem} */
export function* continueAuthentication13(
  flow: Flow,
  certificate: Uint8Array,
  { context, hash, secret }: AuthenticationOptions,
): Handshake<Authentication13> {
  const shown = yield* readCertificate13(flow, certificate, context);
  const proof = shown && (yield* receiveCertificateVerify13(flow, shown, flow.transcript.digest(hash)));
  return { ...proof, finished: yield* receiveFinished13(flow, hash, secret) };
}

/** RFC 8446 section 4.4.4. @throws {Problem} */
export function receiveFinished13(flow: Flow, hash: HashName, secret: TrafficSecret): Handshake<Uint8Array> {
  return receiveFinished(flow, finishedMac(hash, secret, flow.transcript.digest(hash)));
}
