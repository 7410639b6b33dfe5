import type { CodePoint } from '../../facts/decoding/value.ts';
import { type Judgement, judgement, type Standing } from './standing.ts';

export function suiteJudgement(point: CodePoint): Judgement {
  const { name } = point;
  if (name === null) return judgement(point, undefined);
  const row = rows.find(({ pattern }) => pattern.test(name));
  return judgement(point, row && { standing: row.standing, source: row.source, purpose: purposeOf(name) });
}

/** Parts of IANA's names of suites. */
export const suiteKinds = {
  signal: /_SCSV$/,
  unencrypted: /[_-]NULL[_-]|^TLS_SHA\d+_SHA\d+$/,
  exported: /_EXPORT_|_EXPORT1024_/,
  anonymous: /_anon_/,
  rc4: /_RC4_/,
  des: /_DES_|_DES40_|_RC2_/,
  smallBlocks: /_3DES_|_IDEA_/,
  /** TLS_PSK_DHE_WITH_AES_128_CCM_8 and its kin are of DHE_PSK (RFC 6655). */
  pskAlone: /^TLS_(?:RSA_)?PSK_(?!DHE_)/,
  staticKeys: /^TLS_(?:RSA|DH_(?:RSA|DSS)|ECDH_(?:RSA|ECDSA)|KRB5(?:_EXPORT)?|GOSTR\w+?)_WITH_|^TLS_RSA_EXPORT/,
  cbc: /_CBC_/,
} as const;

interface Row {
  readonly pattern: RegExp;
  readonly standing: Standing;
  readonly source: string;
}

/** The first row that fits counts. */
const rows: readonly Row[] = [
  { pattern: /^TLS_EMPTY_RENEGOTIATION_INFO_SCSV$/, standing: 'recommended', source: 'RFC 5746' },
  { pattern: suiteKinds.signal, standing: 'legacy', source: 'RFC 7507' },
  { pattern: suiteKinds.unencrypted, standing: 'insecure', source: 'RFC 9325 section 4.1, RFC 9847' },
  { pattern: suiteKinds.exported, standing: 'insecure', source: 'RFC 9325 section 4.1' },
  { pattern: suiteKinds.anonymous, standing: 'insecure', source: 'RFC 5246 appendix A.5' },
  { pattern: suiteKinds.rc4, standing: 'insecure', source: 'RFC 7465' },
  { pattern: suiteKinds.des, standing: 'insecure', source: 'RFC 5469' },
  { pattern: suiteKinds.smallBlocks, standing: 'discouraged', source: 'RFC 9325 section 4.1' },
  { pattern: suiteKinds.staticKeys, standing: 'discouraged', source: 'RFC 9325 section 4.1' },
  { pattern: suiteKinds.pskAlone, standing: 'discouraged', source: 'RFC 9846 section 2.2' },
  {
    pattern:
      /^TLS_(?:ECDHE_(?:ECDSA|RSA|PSK)_WITH_)?(?:AES_\d+_(?:GCM_SHA\d+|CCM(?:_SHA\d+)?)|CHACHA20_POLY1305_SHA256)$/,
    standing: 'recommended',
    source: 'RFC 9325 section 4.2, RFC 9846 section 9.1',
  },
  { pattern: /^(?:TLS|SSL)_/, standing: 'legacy', source: 'RFC 9847' },
];

function purposeOf(name: string): string {
  if (suiteKinds.signal.test(name)) return 'a signal, not a suite';
  const [, keyExchange, cipher = name] = /^TLS_(?:(\w+?)_WITH_)?(\w+)$/.exec(name) ?? [];
  if (keyExchange === undefined) return `TLS 1.3: ${cipher}`;
  const agreement = agreements.find(([pattern]) => pattern.test(keyExchange))?.[1] ?? keyExchange;
  const authentication = authentications.find(([pattern]) => pattern.test(keyExchange))?.[1];
  return `up to TLS 1.2: ${[agreement, authentication, cipher].filter((it) => it !== undefined).join(', ')}`;
}

const agreements: readonly (readonly [RegExp, string])[] = [
  [/^ECDHE/, 'ephemeral elliptic-curve keys'],
  [/^DHE|^DH_anon|^PSK_DHE/, 'ephemeral finite-field keys'],
  [/^ECDH_anon/, 'ephemeral elliptic-curve keys'],
  [/^ECDH_/, 'static elliptic-curve keys'],
  [/^DH_/, 'static finite-field keys'],
  [/^RSA/, 'a key encrypted with RSA'],
  [/^PSK/, 'a pre-shared key alone'],
  [/^SRP/, 'a password'],
  [/^KRB5/, 'a Kerberos ticket'],
  [/^GOST/, 'GOST keys'],
];

const authentications: readonly (readonly [RegExp, string])[] = [
  [/_anon/, 'nobody authenticated'],
  [/_PSK|^PSK_DHE/, 'a pre-shared key'],
  [/ECDSA/, 'ECDSA certificate'],
  [/DSS/, 'DSA certificate'],
  [/RSA/, 'RSA certificate'],
];
