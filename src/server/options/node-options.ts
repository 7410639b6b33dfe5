import type { TlsOptions } from 'node:tls';

/** Every option of `tls.createServer`: implemented (`done`), or refused with the reason for the error message. */
export const nodeOptions = {
  ALPNCallback: 'done',
  ALPNProtocols: 'done',
  SNICallback: 'done',
  allowHalfOpen: 'done',
  allowPartialTrustChain: 'done',
  ca: 'done',
  cert: 'done',
  ciphers: 'done',
  clientCertEngine: { refused: 'engines belong to the OpenSSL of Node, which takes no part in the handshake' },
  crl: 'done',
  dhparam: 'done',
  ecdhCurve: 'done',
  enableTrace: { refused: 'the option observer sees every message; the program s_server prints them with -trace' },
  handshakeTimeout: 'done',
  highWaterMark: 'done',
  honorCipherOrder: 'done',
  keepAlive: 'done',
  keepAliveInitialDelay: 'done',
  key: 'done',
  maxVersion: 'done',
  minVersion: 'done',
  noDelay: 'done',
  passphrase: 'done',
  pauseOnConnect: {
    refused: 'the handshake needs the first bytes; a secure socket stays paused until somebody reads it',
  },
  pfx: 'done',
  privateKeyEngine: { refused: 'a key inside an engine cannot be reached through node:crypto' },
  privateKeyIdentifier: { refused: 'a key inside an engine cannot be reached through node:crypto' },
  pskCallback: 'done',
  pskIdentityHint: 'done',
  rejectUnauthorized: 'done',
  requestCert: 'done',
  secureContext: { refused: 'a context of Node cannot be read; give its options, or use setSecureContext' },
  secureOptions: 'done',
  secureProtocol: 'done',
  sessionIdContext: 'done',
  sessionTimeout: 'done',
  sigalgs: 'done',
  ticketKeys: 'done',
} as const satisfies Readonly<Record<keyof TlsOptions, 'done' | { readonly refused: string }>>;

/** refusalOf returns the reason why an option of `node:tls` is refused; undefined for all others. */
export function refusalOf(name: string): string | undefined {
  const entry = Object.entries(nodeOptions).find(([it]) => it === name)?.[1];
  return entry === undefined || entry === 'done' ? undefined : entry.refused;
}
