/** An alert (RFC 8446 section 6) with the reference's names for it. */
export interface Alert {
  readonly code: number;
  readonly name: string;
  /** The name that `-msg` prints. */
  readonly msgName: string;
  /** The name that `-state` and `-trace` print. */
  readonly longName: string;
  readonly shortName: string;
  /** The reason in the error line when the alert is received. */
  readonly receivedReason: string;
}

type Row = readonly [
  code: number,
  name: string,
  msgName: string,
  longName: string,
  shortName: string,
  receivedReason: string,
];

// biome-ignore format: one row a line reads as the table that it is
const rows: readonly Row[] = [
  [0, 'close_notify', 'close_notify', 'close notify', 'CN', 'reason(1000)'],
  [1, 'end_of_early_data', 'end_of_early_data', 'unknown', 'UK', 'reason(1001)'],
  [10, 'unexpected_message', 'unexpected_message', 'unexpected_message', 'UM', 'sslv3 alert unexpected message'],
  [20, 'bad_record_mac', 'bad_record_mac', 'bad record mac', 'BM', 'sslv3 alert bad record mac'],
  [21, 'decryption_failed_RESERVED', 'decryption_failed', 'decryption failed', 'DC', 'tlsv1 alert decryption failed'],
  [22, 'record_overflow', 'record_overflow', 'record overflow', 'RO', 'tlsv1 alert record overflow'],
  [30, 'decompression_failure_RESERVED', 'decompression_failure', 'decompression failure', 'DF', 'sslv3 alert decompression failure'],
  [40, 'handshake_failure', 'handshake_failure', 'handshake failure', 'HF', 'sslv3 alert handshake failure'],
  [41, 'no_certificate_RESERVED', '???', 'no certificate', 'NC', 'sslv3 alert no certificate'],
  [42, 'bad_certificate', 'bad_certificate', 'bad certificate', 'BC', 'sslv3 alert bad certificate'],
  [43, 'unsupported_certificate', 'unsupported_certificate', 'unsupported certificate', 'UC', 'sslv3 alert unsupported certificate'],
  [44, 'certificate_revoked', 'certificate_revoked', 'certificate revoked', 'CR', 'sslv3 alert certificate revoked'],
  [45, 'certificate_expired', 'certificate_expired', 'certificate expired', 'CE', 'sslv3 alert certificate expired'],
  [46, 'certificate_unknown', 'certificate_unknown', 'certificate unknown', 'CU', 'sslv3 alert certificate unknown'],
  [47, 'illegal_parameter', 'illegal_parameter', 'illegal parameter', 'IP', 'sslv3 alert illegal parameter'],
  [48, 'unknown_ca', 'unknown_ca', 'unknown CA', 'CA', 'tlsv1 alert unknown ca'],
  [49, 'access_denied', 'access_denied', 'access denied', 'AD', 'tlsv1 alert access denied'],
  [50, 'decode_error', 'decode_error', 'decode error', 'DE', 'tlsv1 alert decode error'],
  [51, 'decrypt_error', 'decrypt_error', 'decrypt error', 'CY', 'tlsv1 alert decrypt error'],
  [52, 'too_many_cids_requested', '???', 'unknown', 'UK', 'reason(1052)'],
  [60, 'export_restriction_RESERVED', 'export_restriction', 'export restriction', 'ER', 'tlsv1 alert export restriction'],
  [70, 'protocol_version', 'protocol_version', 'protocol version', 'PV', 'tlsv1 alert protocol version'],
  [71, 'insufficient_security', 'insufficient_security', 'insufficient security', 'IS', 'tlsv1 alert insufficient security'],
  [80, 'internal_error', 'internal_error', 'internal error', 'IE', 'tlsv1 alert internal error'],
  [86, 'inappropriate_fallback', 'inappropriate_fallback', 'unknown', 'UK', 'tlsv1 alert inappropriate fallback'],
  [90, 'user_canceled', 'user_canceled', 'user canceled', 'US', 'tlsv1 alert user cancelled'],
  [100, 'no_renegotiation_RESERVED', 'no_renegotiation', 'no renegotiation', 'NR', 'tlsv1 alert no renegotiation'],
  [109, 'missing_extension', 'missing_extension', 'unknown', 'UK', 'tlsv13 alert missing extension'],
  [110, 'unsupported_extension', 'unsupported_extension', 'unsupported extension', 'UE', 'tlsv1 unsupported extension'],
  [111, 'certificate_unobtainable_RESERVED', 'certificate_unobtainable', 'certificate unobtainable', 'CO', 'tlsv1 certificate unobtainable'],
  [112, 'unrecognized_name', 'unrecognized_name', 'unrecognized name', 'UN', 'tlsv1 unrecognized name'],
  [113, 'bad_certificate_status_response', 'bad_certificate_status_response', 'bad certificate status response', 'BR', 'tlsv1 bad certificate status response'],
  [114, 'bad_certificate_hash_value_RESERVED', 'bad_certificate_hash_value', 'bad certificate hash value', 'BH', 'tlsv1 bad certificate hash value'],
  [115, 'unknown_psk_identity', 'unknown_psk_identity', 'unknown PSK identity', 'UP', 'tlsv1 alert unknown psk identity'],
  [116, 'certificate_required', 'certificate_required', 'unknown', 'UK', 'tlsv13 alert certificate required'],
  [117, 'general_error', '???', 'unknown', 'UK', 'reason(1117)'],
  [120, 'no_application_protocol', '???', 'no application protocol', 'UK', 'tlsv1 alert no application protocol'],
  [121, 'ech_required', '???', 'unknown', 'UK', 'reason(1121)'],
];

export const alerts: readonly Alert[] = rows.map(([code, name, msgName, longName, shortName, receivedReason]) => {
  return { code, name, msgName, longName, shortName, receivedReason };
});

const byCode = new Map(alerts.map((it) => [it.code, it]));

export function alert(code: number): Alert | undefined {
  return byCode.get(code);
}

/** The alerts that we send, by name. */
export const AlertDescription = {
  close_notify: 0,
  end_of_early_data: 1,
  unexpected_message: 10,
  bad_record_mac: 20,
  record_overflow: 22,
  handshake_failure: 40,
  bad_certificate: 42,
  unsupported_certificate: 43,
  certificate_revoked: 44,
  certificate_expired: 45,
  certificate_unknown: 46,
  illegal_parameter: 47,
  unknown_ca: 48,
  access_denied: 49,
  decode_error: 50,
  decrypt_error: 51,
  too_many_cids_requested: 52,
  protocol_version: 70,
  insufficient_security: 71,
  internal_error: 80,
  inappropriate_fallback: 86,
  user_canceled: 90,
  missing_extension: 109,
  unsupported_extension: 110,
  unrecognized_name: 112,
  bad_certificate_status_response: 113,
  unknown_psk_identity: 115,
  certificate_required: 116,
  general_error: 117,
  no_renegotiation: 100,
  decompression_failure: 30,
  no_application_protocol: 120,
  ech_required: 121,
} as const;
/** An alert by its name in the RFCs. */
export type AlertName = keyof typeof AlertDescription;
