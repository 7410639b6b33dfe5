import type { CodePoint } from '../../facts/decoding/value.ts';
import { type Judgement, judgement, type Standing } from './standing.ts';

export function schemeJudgement(point: CodePoint): Judgement {
  const { code } = point;
  const row = rows.find(({ from, to }) => code >= from && code <= to);
  if (row === undefined || (code < firstWhole && !pairs.has(code & 0xff))) return judgement(point, undefined);
  const { standing, source } = row;
  return judgement(point, { standing, source, purpose: row.purpose ?? `signatures with ${pairs.get(code & 0xff)}` });
}

/** isSha1Scheme and isMd5Scheme read the hash of the pairs of TLS 1.2 (RFC 5246 section 7.4.1.4.1). */
export function isSha1Scheme({ code }: CodePoint): boolean {
  return code >>> 8 === 2;
}

export function isMd5Scheme({ code }: CodePoint): boolean {
  return code >>> 8 === 1;
}

/** Below are pairs of a hash and a kind of key, from here on schemes as a whole. */
const firstWhole = 0x0700;

/** Kinds of keys of the pairs. */
const pairs: ReadonlyMap<number, string> = new Map([
  [1, 'RSA keys, PKCS #1 v1.5'],
  [2, 'DSA keys'],
  [3, 'ECDSA keys'],
]);

interface Row {
  readonly from: number;
  readonly to: number;
  readonly standing: Standing;
  readonly source: string;
  readonly purpose?: string;
}

/** The first row that fits counts. */
const rows: readonly Row[] = [
  { from: 0x0101, to: 0x0103, standing: 'insecure', source: 'RFC 9155' },
  { from: 0x0201, to: 0x0203, standing: 'insecure', source: 'RFC 9155' },
  { from: 0x0301, to: 0x0303, standing: 'discouraged', source: 'RFC 9847' },
  dsa(0x0402),
  dsa(0x0502),
  dsa(0x0602),
  { from: 0x0401, to: 0x0403, standing: 'recommended', source: 'RFC 9846 section 4.3.3' },
  { from: 0x0501, to: 0x0503, standing: 'recommended', source: 'RFC 9846 section 4.3.3' },
  { from: 0x0601, to: 0x0603, standing: 'recommended', source: 'RFC 9846 section 4.3.3' },
  whole([0x0708], 'legacy', 'RFC 8998', 'SM2 keys'),
  whole([0x0804, 0x0806], 'recommended', 'RFC 9846 section 4.3.3', 'RSA keys, PSS'),
  whole([0x0807, 0x0808], 'recommended', 'RFC 9846 section 4.3.3', 'EdDSA keys'),
  whole([0x0809, 0x080b], 'recommended', 'RFC 9846 section 4.3.3', 'RSA keys for PSS alone'),
  whole([0x081a, 0x081c], 'legacy', 'RFC 8734', 'ECDSA keys on Brainpool curves'),
  whole([0x0840, 0x0841], 'legacy', 'RFC 9189', 'GOST keys'),
  whole([0x0904, 0x0906], 'recommended', 'FIPS 204', 'ML-DSA keys, against quantum computers too'),
  whole([0xeded], 'legacy', 'RFC 9189', 'GOST keys'),
  whole([0xeeee], 'legacy', 'RFC 9189', 'GOST keys'),
  whole([0xefef], 'legacy', 'RFC 9189', 'GOST keys'),
];

/** RFC 9846 has no signatures with DSA. */
function dsa(code: number): Row {
  return { from: code, to: code, standing: 'legacy', source: 'RFC 9846 section 4.3.3' };
}

function whole([from, to = from]: readonly [number, number?], standing: Standing, source: string, keys: string): Row {
  return { from, to, standing, source, purpose: `signatures with ${keys}` };
}
