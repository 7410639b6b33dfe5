import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { type CipherSuite, cipherSuiteNamed } from '../names/cipher-suites.ts';
import type { Session } from '../sessions/session.ts';

export const tls13Session: Session = {
  version: 0x0304,
  cipherSuite: 0x1302,
  id: Uint8Array.of(0xca, 0xfe),
  secret: new Uint8Array(48).fill(0x11),
  idContext: Uint8Array.of(1, 0, 0, 0),
  time: 1_700_000_000,
  timeout: 7200,
  verifyResult: 0,
  ticketLifetimeHint: 0,
  ticketAgeAdd: 7,
  compression: 0,
  extendedMasterSecret: false,
  maxEarlyData: 0,
  maxFragmentLength: 0,
  group: 29,
};

export const tls13Info: SessionInfo = {
  version: 0x0304,
  cipherSuite: suite('TLS_AES_256_GCM_SHA384'),
  session: tls13Session,
  resumed: false,
  clientCipherSuites: [0x1302, 0x0a0a, 0x00ff],
  sharedCipherSuites: [suite('TLS_AES_256_GCM_SHA384'), suite('ECDHE-RSA-AES256-GCM-SHA384')],
  signatureAlgorithms: [0x0403, 0x0804, 0x1a2b],
  sharedSignatureAlgorithms: [0x0403, 0x0804],
  supportedGroups: [0x1a1a, 29, 23],
  sharedGroups: [29, 23],
  certificateAuthorities: [],
  secureRenegotiation: true,
  clientHello: new Uint8Array(0),
};

export function suite(name: string): CipherSuite {
  const found = cipherSuiteNamed(name);
  if (found === undefined) throw new Error(`no suite ${name}`);
  return found;
}
