import type { CodePoint } from '../../facts/decoding/value.ts';
import { type Judgement, judgement, type Standing } from './standing.ts';

export function groupJudgement(point: CodePoint): Judgement {
  return judgement(point, table.get(point.code));
}

/** isPostQuantum recognizes ML-KEM, alone and in hybrids, and the draft before it. */
export function isPostQuantum({ code }: CodePoint): boolean {
  return postQuantum.has(code);
}

type Row = readonly [codes: readonly number[], standing: Standing, source: string, purpose: string];

const curve = 'key agreement on an elliptic curve';
const field = 'key agreement in a finite field';
const hybrid = 'key agreement against quantum computers too: ML-KEM and an elliptic curve';
const ecdheMlkem = 'draft-ietf-tls-ecdhe-mlkem, FIPS 203';

const rows: readonly Row[] = [
  [[0x001d, 0x0017, 0x001e, 0x0018], 'recommended', 'RFC 9846 section 4.3.7', curve],
  [[0x11eb, 0x11ec, 0x11ed], 'recommended', ecdheMlkem, hybrid],
  [[0x0200, 0x0201, 0x0202], 'recommended', 'FIPS 203', 'key agreement against quantum computers: ML-KEM alone'],
  [[0x11ee], 'legacy', 'FIPS 203', 'ML-KEM and the curve of Chinese standards'],
  [[0x6399, 0x639a], 'legacy', 'FIPS 203', 'a draft of ML-KEM (Kyber) and an elliptic curve'],
  [[0x0019], 'legacy', 'RFC 9846 section 4.3.7', curve],
  [[0x001f, 0x0020, 0x0021], 'legacy', 'RFC 8734', curve],
  [[0x001a, 0x001b, 0x001c], 'legacy', 'RFC 7027', curve],
  [[0x0029], 'legacy', 'RFC 8998', 'key agreement on the curve of Chinese standards'],
  [[0x0022, 0x0023, 0x0024, 0x0025, 0x0026, 0x0027, 0x0028], 'legacy', 'RFC 9189', 'GOST key agreement'],
  [[0x0100, 0x0101, 0x0102, 0x0103, 0x0104], 'legacy', 'RFC 7919', field],
  [[0x0009, 0x000a, 0x000b, 0x000c, 0x000d, 0x000e, 0x0016], 'legacy', 'RFC 8422 section 5.1.1', curve],
  [[1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 17, 18, 19, 20, 21], 'discouraged', 'RFC 9847', curve],
  [[0xff01, 0xff02], 'insecure', 'RFC 8422 section 5.1.1', "a curve of the peer's own making"],
];

const table: ReadonlyMap<number, Judgement> = new Map(
  rows.flatMap(([codes, standing, source, purpose]) =>
    codes.map((code) => [code, { standing, source, purpose }] as const),
  ),
);

const postQuantum: ReadonlySet<number> = new Set([
  0x0200, 0x0201, 0x0202, 0x11eb, 0x11ec, 0x11ed, 0x11ee, 0x6399, 0x639a,
]);
