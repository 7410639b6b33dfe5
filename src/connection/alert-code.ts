import { AlertDescription, type AlertName } from '../names/alerts.ts';
import { Version } from '../names/versions.ts';

/** The code of an alert in a version, which may substitute another; undefined when no alert is sent. */
export function alertCode(name: AlertName, version: number): number | undefined {
  if (version === Version.SSLv3) {
    const mapped = ssl3[name];
    return mapped === null ? undefined : AlertDescription[mapped ?? name];
  }
  if (version < Version['TLSv1.3'] && (name === 'certificate_required' || name === 'missing_extension')) {
    return AlertDescription.handshake_failure;
  }
  return AlertDescription[name];
}

/** SSL 3.0 has fewer alerts (RFC 6101 section 5.4). */
const ssl3: { readonly [N in AlertName]?: AlertName | null } = {
  record_overflow: 'bad_record_mac',
  unknown_ca: 'bad_certificate',
  access_denied: 'handshake_failure',
  decode_error: 'handshake_failure',
  decrypt_error: 'handshake_failure',
  protocol_version: 'handshake_failure',
  insufficient_security: 'handshake_failure',
  internal_error: 'handshake_failure',
  user_canceled: 'handshake_failure',
  unsupported_extension: 'handshake_failure',
  unrecognized_name: 'handshake_failure',
  bad_certificate_status_response: 'handshake_failure',
  unknown_psk_identity: 'handshake_failure',
  inappropriate_fallback: 'handshake_failure',
  no_application_protocol: 'handshake_failure',
  certificate_required: 'handshake_failure',
  missing_extension: 'handshake_failure',
  no_renegotiation: null,
};
