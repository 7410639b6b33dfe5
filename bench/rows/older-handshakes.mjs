import { handshakes } from './handshakes.mjs';

/** TLS 1.2 with an RSA-2048 certificate, where server and client share the work otherwise than in TLS 1.3. */
export const rsaKeyExchange = {
  name: 'rsa-key-exchange',
  measure: (bench) => older(bench, 'TLS 1.2 handshake, RSA key exchange', 'AES128-GCM-SHA256'),
};

export const dheHandshake = {
  name: 'dhe-handshake',
  measure: (bench) => older(bench, 'TLS 1.2 handshake, DHE', 'DHE-RSA-AES128-GCM-SHA256'),
};

function older(bench, what, ciphers) {
  const { certFile, keyFile } = bench.rsa();
  return handshakes({ ...bench, certFile, keyFile }, { what, resumed: false, suite: { version: 'TLSv1.2', ciphers } });
}
