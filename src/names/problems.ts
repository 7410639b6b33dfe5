import type { AlertName } from './alerts.ts';

/**
 * The failures of a connection: the alert sent to the peer, and the number and text that are logged. One row holds
 * both, so that they cannot drift apart. Numbers and texts are those of OpenSSL 3.0's error queue.
 */
export const problems = {
  asn1Lib: row('decode_error', 0x8000d, 'ASN1 lib'),
  badChangeCipherSpec: row('unexpected_message', 103, 'bad change cipher spec'),
  badCompressionAlgorithm: row('illegal_parameter', 326, 'bad compression algorithm'),
  badDataReturnedByCallback: row('internal_error', 106, 'bad data returned by callback'),
  badDecompression: row('decompression_failure', 107, 'bad decompression'),
  badDigestLength: row('decode_error', 111, 'bad digest length'),
  badEcpoint: row('illegal_parameter', 306, 'bad ecpoint'),
  badExtension: row('decode_error', 110, 'bad extension'),
  badKeyShare: row('illegal_parameter', 108, 'bad key share'),
  badKeyUpdate: row('illegal_parameter', 122, 'bad key update'),
  badLegacyVersion: row('illegal_parameter', 292, 'bad legacy version'),
  badLength: row('decode_error', 271, 'bad length'),
  badRecordType: row('unexpected_message', 443, 'bad record type'),
  badSignature: row('decrypt_error', 123, 'bad signature'),
  badSrpAParameters: row('illegal_parameter', 371, 'bad srp parameters'),
  badSrpALength: row('decode_error', 347, 'bad srp a length'),
  badSrtpProtectionProfileList: row('decode_error', 353, 'bad srtp protection profile list'),
  binderDoesNotVerify: row('illegal_parameter', 253, 'binder does not verify'),
  callbackFailed: row('unrecognized_name', 234, 'callback failed'),
  ccsReceivedEarly: row('unexpected_message', 133, 'ccs received early'),
  certCbError: row('internal_error', 377, 'cert cb error'),
  certLengthMismatch: row('decode_error', 135, 'cert length mismatch'),
  certificateVerifyFailed: row('bad_certificate', 134, 'certificate verify failed'),
  clienthelloTlsext: row('internal_error', 226, 'clienthello tlsext'),
  cookieMismatch: row('illegal_parameter', 308, 'cookie mismatch'),
  connectionRejected: row('handshake_failure', 234, 'callback failed'),
  dataLengthTooLong: row('record_overflow', 146, 'data length too long'),
  decryptionFailedOrBadRecordMac: row('bad_record_mac', 281, 'decryption failed or bad record mac'),
  digestCheckFailed: row('decrypt_error', 149, 'digest check failed'),
  dhPublicValueLengthIsWrong: row('decode_error', 148, 'dh public value length is wrong'),
  encryptedLengthTooLong: row('record_overflow', 150, 'encrypted length too long'),
  errorInReceivedCipherList: row('decode_error', 151, 'error in received cipher list'),
  excessiveMessageSize: row('decode_error', 152, 'excessive message size'),
  extensionNotReceived: row(undefined, 279, 'extension not received'),
  httpRequest: row(undefined, 156, 'http request'),
  httpsProxyRequest: row(undefined, 155, 'https proxy request'),
  illegalPointCompression: row('illegal_parameter', 162, 'illegal point compression'),
  inappropriateFallback: row('inappropriate_fallback', 373, 'inappropriate fallback'),
  inconsistentExtms: row('handshake_failure', 104, 'inconsistent extms'),
  internalError: row('internal_error', 0xc0103, 'internal error'),
  invalidAlert: row('unexpected_message', 205, 'invalid alert'),
  invalidCcsMessage: row('unexpected_message', 260, 'invalid ccs message'),
  invalidConfig: row(undefined, 283, 'invalid config'),
  invalidContext: row('decode_error', 282, 'invalid context'),
  lengthTooShort: row('decode_error', 160, 'length too short'),
  legacySigalgDisallowedOrUnsupported: row('internal_error', 333, 'legacy sigalg disallowed or unsupported'),
  lengthMismatch: row('decode_error', 159, 'length mismatch'),
  malformedKeyUpdate: row('decode_error', 122, 'bad key update'),
  missingTmpDhKey: row('decode_error', 171, 'missing tmp dh key'),
  missingTmpEcdhKey: row('handshake_failure', 311, 'missing tmp ecdh key'),
  missingPskKexModesExtension: row('missing_extension', 310, 'missing psk kex modes extension'),
  missingSigalgsExtension: row('missing_extension', 112, 'missing sigalgs extension'),
  missingSupportedGroupsExtension: row('missing_extension', 209, 'missing supported groups extension'),
  mixedHandshakeAndNonHandshakeData: row('unexpected_message', 293, 'mixed handshake and non handshake data'),
  noApplicationProtocol: row('no_application_protocol', 235, 'no application protocol'),
  noCertificatesReturned: row('handshake_failure', 176, 'no certificates returned'),
  noCiphersSpecified: row('illegal_parameter', 183, 'no ciphers specified'),
  noCompressionSpecified: row('decode_error', 187, 'no compression specified'),
  noProtocolsAvailable: row(undefined, 191, 'no protocols available'),
  noRenegotiation: row('handshake_failure', 339, 'no renegotiation'),
  noSharedCipher: row('handshake_failure', 193, 'no shared cipher'),
  noSharedSignatureAlgorithms: row('handshake_failure', 376, 'no shared signature algorithms'),
  noSuitableKeyShare: row('handshake_failure', 101, 'no suitable key share'),
  noSuitableSignatureAlgorithm: row('handshake_failure', 118, 'no suitable signature algorithm'),
  notOnRecordBoundary: row('unexpected_message', 182, 'not on record boundary'),
  peerAlert: row(undefined, 1000, 'reason(1000)'),
  packetLengthTooLong: row('record_overflow', 198, 'packet length too long'),
  peerDidNotReturnACertificate: row('certificate_required', 199, 'peer did not return a certificate'),
  pskIdentityNotFound: row('unknown_psk_identity', 223, 'psk identity not found'),
  readTimeoutExpired: row(undefined, 312, 'read timeout expired'),
  recordLengthMismatch: row('decode_error', 213, 'record length mismatch'),
  recordTooSmall: row('decode_error', 298, 'record too small'),
  renegotiationEncodingErr: row('handshake_failure', 336, 'renegotiation encoding err'),
  renegotiationMismatch: row('handshake_failure', 337, 'renegotiation mismatch'),
  requestSent: row(undefined, 286, 'request sent'),
  scsvReceivedWhenRenegotiating: row('handshake_failure', 345, 'scsv received when renegotiating'),
  postHandshakeAuthEncodingErr: row('decode_error', 278, 'post handshake auth encoding err'),
  sequenceCtrWrapped: row(undefined, 327, 'sequence ctr wrapped'),
  signatureForNonSigningCertificate: row('illegal_parameter', 220, 'signature for non signing certificate'),
  ssl3ExtInvalidMaxFragmentLength: row('illegal_parameter', 232, 'ssl3 ext invalid max fragment length'),
  badCipher: row('illegal_parameter', 186, 'bad cipher'),
  invalidCompressionAlgorithm: row('illegal_parameter', 341, 'invalid compression algorithm'),
  requiredCipherMissing: row('illegal_parameter', 215, 'required cipher missing'),
  changedHello: row('illegal_parameter', 390, 'bad data'),
  compressedLengthTooLong: row('record_overflow', 140, 'compressed length too long'),
  sslSessionIdCallbackFailed: row('internal_error', 301, 'ssl session id callback failed'),
  stillInInit: row(undefined, 121, 'still in init'),
  tooManyWarnAlerts: row('unexpected_message', 409, 'too many warn alerts'),
  tooMuchEarlyData: row('unexpected_message', 164, 'too much early data'),
  unexpectedEofWhileReading: row('decode_error', 294, 'unexpected eof while reading'),
  unexpectedCcsMessage: row('unexpected_message', 262, 'unexpected ccs message'),
  unexpectedMessage: row('unexpected_message', 244, 'unexpected message'),
  unexpectedRecord: row('unexpected_message', 245, 'unexpected record'),
  unknownAlertType: row('illegal_parameter', 246, 'unknown alert type'),
  unknownCertificateType: row('handshake_failure', 247, 'unknown certificate type'),
  unknownProtocol: row('protocol_version', 252, 'unknown protocol'),
  unsolicitedExtension: row('unsupported_extension', 217, 'unsolicited extension'),
  unsupportedEllipticCurve: row('handshake_failure', 315, 'unsupported elliptic curve'),
  unsafeLegacyRenegotiationDisabled: row('handshake_failure', 338, 'unsafe legacy renegotiation disabled'),
  unsupportedProtocol: row('protocol_version', 258, 'unsupported protocol'),
  versionTooLow: row(undefined, 396, 'version too low'),
  wrongCurve: row('illegal_parameter', 378, 'wrong curve'),
  wrongSignatureType: row('illegal_parameter', 370, 'wrong signature type'),
  wrongSslVersion: row(undefined, 266, 'wrong ssl version'),
  wrongVersionNumber: row(undefined, 267, 'wrong version number'),
} as const;
/** The name of a failure in `names/problems.ts`. */
export type ProblemName = keyof typeof problems;

/** One line of the reference's error queue. `library` is OpenSSL's number: 20 SSL, 57 provider, 2 system, 32 BIO. */
export interface ErrorLine {
  readonly library: number;
  readonly reason: number;
  readonly text: string;
  /** The reference's function in its printed line. */
  readonly function: string;
  /** Text after the line number, such as `SSL alert number 42`. */
  readonly extra?: string;
}

export interface ProblemDetails {
  /** Replaces the alert of the row where the reference sends another in this case; null sends none. */
  readonly alert?: AlertName | null;
  /** Lines of deeper libraries, printed before the problem's own. */
  readonly before?: readonly ErrorLine[];
  readonly extra?: string;
  /** Number and text of an alert received from the peer, which the table does not have. */
  readonly line?: { readonly reason: number; readonly text: string };
  /** The offending bytes, for the observers. */
  readonly bytes?: Uint8Array;
}

/** Problem ends the connection: it has an alert for the peer and error lines for the log. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly problem: ProblemName;
  /** Undefined: the connection closes without an alert. */
  readonly alert: AlertName | undefined;
  readonly lines: readonly ErrorLine[];

  /** `where` is the function named in the reference's error line. */
  constructor(problem: ProblemName, where: string, details: ProblemDetails = {}) {
    const { alert } = problems[problem];
    const { reason, text } = details.line ?? problems[problem];
    super(text);
    this.problem = problem;
    this.alert = details.alert === undefined ? alert : (details.alert ?? undefined);
    const line = { library: 20, reason, text, function: where, ...(details.extra && { extra: details.extra }) };
    this.lines = [...(details.before ?? []), line];
  }
}

function row(alert: AlertName | undefined, reason: number, text: string) {
  return { alert, reason, text };
}
