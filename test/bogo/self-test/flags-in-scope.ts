/** All flags of the tests in scope, without their prefixes for single connections. */
export const flagsInScope: readonly string[] = `
advertise-empty-npn advertise-npn async cert-file check-close-notify cipher curves curves-flags decline-alpn
decline-ocsp-callback dtls enable-early-data enable-ocsp-stapling expect-accept-early-data expect-advertised-alpn
expect-cipher-aes expect-cipher-no-aes expect-curve-id expect-early-data-reason expect-extended-master-secret
expect-hrr expect-msg-callback expect-next-proto expect-no-hrr expect-no-next-proto expect-no-session-id
expect-peer-cert-file expect-peer-signature-algorithm expect-peer-verify-pref expect-reject-early-data
expect-server-name expect-session-id expect-session-miss expect-sha256-client-cert expect-ticket-age-skew
expect-verify-result export-context export-keying-material export-label fail-cert-callback fail-ddos-callback
fail-early-callback fail-ocsp-callback implicit-handshake initial-timeout-duration-ms install-ddos-callback ipv6
key-file key-update max-send-fragment max-version min-version mtu no-op-extra-handshake no-server-name-ack no-ticket
no-tls1 no-tls11 no-tls12 no-tls13 ocsp-response port psk psk-identity read-size reject-alpn renegotiate-freely
renew-ticket require-any-client-certificate resume-count resumption-across-names-enabled resumption-delay
retain-only-sha256-client-cert select-alpn select-empty-alpn server server-preference set-ocsp-in-callback shim-id
shim-shuts-down signed-cert-timestamps signing-prefs skip-ticket srtp-profiles ticket-key trust-cert
use-client-ca-list use-custom-verify-callback use-early-callback use-export-context use-ocsp-callback
use-ticket-aead-callback use-ticket-callback verify-fail verify-peer verify-prefs
`
  .trim()
  .split(/\s+/);
