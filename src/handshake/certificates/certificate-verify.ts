import { hash } from '../../crypto/primitives/hash.ts';
import { type PublicKey, verify, verifyDigests, verifyLegacy } from '../../crypto/signatures.ts';
import { ssl3SignedParts, type TranscriptHash } from '../../keys/ssl3.ts';
import { CertificateVerify } from '../../messages/certificate-verify.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import { tellCheckedGroup } from '../decisions/groups.ts';
import { tellCheckedScheme, tellLegacyScheme } from '../decisions/schemes.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { receiveOneOf } from '../flow/receive.ts';
import { checkLegacyKey, checkPeerScheme, type PeerKey } from '../policy/peer-signature.ts';
import { type ClientCertificate, withoutCertificate } from './client-certificate.ts';

export interface ProofOptions {
  /** Code points of the groups that the client offered; undefined without the extension. */
  readonly peerGroups: readonly number[] | undefined;
  /** The master secret, which SSL 3.0 signs too. */
  readonly master: Uint8Array;
}

/** Proof is the result of a CertificateVerify. */
export interface Proof {
  /** Undefined after an invalid signature that was tolerated: the client then counts as one without a certificate. */
  readonly client: ClientCertificate | undefined;
  /** Code point of the signature scheme, 0 for RSA up to TLS 1.1. */
  readonly scheme: number | undefined;
}

/**
 * Receives the client's proof of possession (RFC 5246 section 7.4.8): a signature of all messages so far.
 * @throws {Problem}
 */
export function* receiveCertificateVerify12(
  flow: Flow,
  client: ClientCertificate,
  { peerGroups, master }: ProofOptions,
): Handshake<Proof> {
  const { version } = flow.context;
  const messages = version === Version.SSLv3 ? undefined : flow.transcript.bytes();
  const ssl3 = messages === undefined ? ssl3Signed(flow, master) : undefined;
  const { body } = yield* receiveOneOf(flow, CertificateVerify.type);
  const { publicKey, peerKey } = signingKey(client.signer);
  const { algorithm, signature } = flow.decode(CertificateVerify, body, where);
  tellProof(flow, peerKey, algorithm);
  const scheme =
    algorithm === undefined
      ? checkLegacyKey(flow.settings, peerKey)
      : checkPeerScheme(algorithm, { settings: flow.settings, version, key: peerKey, peerGroups });
  flow.transcript.forgetMessages();
  return proof(flow, { client, scheme: scheme.code }, isGood() ? 'good' : 'bad', body);

  function isGood(): boolean {
    if (messages === undefined) return ssl3?.(publicKey, signature) === true;
    if (algorithm === undefined) return verifyLegacy(publicKey, messages, signature);
    return verify(algorithm, publicKey, messages, signature);
  }
}

/** The same for TLS 1.3 (RFC 8446 section 4.4.3), over the hash of the messages. @throws {Problem} */
export function* receiveCertificateVerify13(
  flow: Flow,
  client: ClientCertificate,
  transcriptHash: Uint8Array,
): Handshake<Proof> {
  const { body } = yield* receiveOneOf(flow, CertificateVerify.type);
  const { publicKey, peerKey } = signingKey(client.signer);
  const { algorithm = 0, signature } = flow.decode(CertificateVerify, body, where);
  const { settings, context } = flow;
  tellProof(flow, peerKey, algorithm);
  checkPeerScheme(algorithm, { settings, version: context.version, key: peerKey, peerGroups: undefined });
  const signed = Buffer.concat([clientSignaturePrefix, transcriptHash]);
  const isGood = verify(algorithm, publicKey, signed, signature);
  return proof(flow, { client, scheme: algorithm }, isGood ? 'good' : 'bad', body);
}

/** A client without a valid proof has no certificate, even where broken peers are tolerated. @throws {Problem} */
function proof(flow: Flow, proven: Proof, signature: 'good' | 'bad', bytes: Uint8Array): Proof {
  if (signature === 'good') return proven;
  flow.insist(false, 'badSignature', where, { bytes });
  return { client: withoutCertificate(flow, where), scheme: undefined };
}

/**
 * The input signed in SSL 3.0, computed before the message itself is hashed: two digests for RSA, one of them for other
 * keys.
 */
function ssl3Signed(flow: Flow, master: Uint8Array): (key: PublicKey, signature: Uint8Array) => boolean {
  const transcript: TranscriptHash = (name, ...suffix) => flow.transcript.digestWith(name, ...suffix);
  const md5 = ssl3SignedParts('md5', master, transcript);
  const sha1 = ssl3SignedParts('sha1', master, transcript);
  return (key, signature) =>
    key.asymmetricKeyType === 'rsa'
      ? verifyDigests(key, hash('md5', ...md5), hash('sha1', ...sha1), signature)
      : verifyLegacy(key, Buffer.concat(sha1), signature);
}

/** Reports the check of the client's signature: up to TLS 1.2 that of the curve of its key too. */
function tellProof(flow: Flow, { keyType, group }: PeerKey, algorithm: number | undefined): void {
  const { settings, context } = flow;
  if (algorithm === undefined) {
    tellLegacyScheme(flow, keyType, context.version);
    return;
  }
  const isOurs = settings.groups.some(({ code }) => code === group);
  if (keyType === 'EC' && context.version < Version['TLSv1.3'] && isOurs) tellCheckedGroup(flow, group);
  tellCheckedScheme(flow, algorithm);
}

function signingKey({ publicKey, key }: ClientCertificate['signer']): {
  readonly publicKey: PublicKey;
  readonly peerKey: PeerKey;
} {
  if (publicKey === undefined || key === undefined) throw new Problem('signatureForNonSigningCertificate', where);
  return { publicKey, peerKey: key };
}

const where = 'tls_process_cert_verify';
const clientSignaturePrefix = Buffer.from(`${' '.repeat(64)}TLS 1.3, client CertificateVerify\0`, 'latin1');
