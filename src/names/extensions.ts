/** Extension types (RFC 8446 section 4.2) with the names of `-trace` and `-tlsextdebug`; an empty name prints as unknown. */
const rows: readonly (readonly [code: number, traceName: string | undefined, debugName: string])[] = [
  [0, 'server_name', 'server name'],
  [1, 'max_fragment_length', 'max fragment length'],
  [2, 'client_certificate_url', 'client certificate URL'],
  [3, 'trusted_ca_keys', 'trusted CA keys'],
  [4, 'truncated_hmac', 'truncated HMAC'],
  [5, 'status_request', 'status request'],
  [6, 'user_mapping', 'user mapping'],
  [7, 'client_authz', 'client authz'],
  [8, 'server_authz', 'server authz'],
  [9, 'cert_type', 'cert type'],
  [10, 'supported_groups', 'supported_groups'],
  [11, 'ec_point_formats', 'EC point formats'],
  [12, 'srp', 'SRP'],
  [13, 'signature_algorithms', 'signature algorithms'],
  [14, 'use_srtp', 'use SRTP'],
  [16, 'application_layer_protocol_negotiation', 'application layer protocol negotiation'],
  [18, 'signed_certificate_timestamps', 'signed certificate timestamps'],
  [19, 'client_cert_type', 'client cert type'],
  [20, 'server_cert_type', 'server cert type'],
  [21, 'padding', 'TLS padding'],
  [22, 'encrypt_then_mac', 'encrypt-then-mac'],
  [23, 'extended_master_secret', 'extended master secret'],
  [27, 'compress_certificate', 'compress certificate'],
  [35, 'session_ticket', 'session ticket'],
  [41, 'psk', 'psk'],
  [42, 'early_data', 'early_data'],
  [43, 'supported_versions', 'supported versions'],
  [44, 'cookie_ext', ''],
  [45, 'psk_key_exchange_modes', 'psk kex modes'],
  [47, 'certificate_authorities', 'certificate authorities'],
  [49, 'post_handshake_auth', 'post handshake auth'],
  [50, 'signature_algorithms_cert', ''],
  [51, 'key_share', 'key share'],
  [13172, 'next_proto_neg', 'next protocol'],
  [64768, 'outer_extension', 'outer exts'],
  [65000, undefined, ''],
  [65037, 'encrypted_client_hello', 'encrypted ClientHello (draft-13)'],
  [65281, 'renegotiate', 'renegotiation info'],
];

const byCode = new Map(rows.map((row) => [row[0], row]));

export function extensionTraceName(code: number): string | undefined {
  return byCode.get(code)?.[1];
}

/** The name in `-tlsextdebug`; undefined for a type unknown to the reference, which prints it as `unknown`. */
export function extensionDebugName(code: number): string | undefined {
  return byCode.get(code)?.[2];
}
