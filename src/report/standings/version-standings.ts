import type { CodePoint } from '../../facts/decoding/value.ts';
import { Version } from '../../names/versions.ts';
import { type Judgement, judgement } from './standing.ts';

export function versionJudgement(point: CodePoint): Judgement {
  return judgement(point, table.get(point.code));
}

/** The number of DTLS 1.3 in `supported_versions` (RFC 9147 section 5.3). */
export const dtls13 = 0xfefc;

const current = { standing: 'recommended', source: 'RFC 9325 section 3.1', purpose: 'the current version' } as const;
const still = { ...current, purpose: 'the version before, for servers without TLS 1.3' } as const;
const old = { standing: 'insecure', source: 'RFC 8996', purpose: 'servers that nobody has updated' } as const;

const table: ReadonlyMap<number, Judgement> = new Map<number, Judgement>([
  [Version['TLSv1.3'], current],
  [dtls13, current],
  [Version['TLSv1.2'], still],
  [Version['DTLSv1.2'], still],
  [Version['TLSv1.1'], old],
  [Version.TLSv1, old],
  [Version.DTLSv1, old],
  [Version['DTLSv0.9'], old],
  [Version.SSLv3, { ...old, source: 'RFC 7568' }],
]);
