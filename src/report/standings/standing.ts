import type { CodePoint } from '../../facts/decoding/value.ts';

/** Date of all tables of standings. */
export const standingsDate = '2026-11';

/** Standing is the judgement on a code point; `standingMeanings` explains it. */
export type Standing = 'recommended' | 'legacy' | 'discouraged' | 'insecure' | 'unknown' | 'GREASE';

export const standingMeanings: Readonly<Record<Standing, string>> = {
  recommended: 'fit for general use: recommended by IANA or RFC 9325, or post-quantum of FIPS 203 and 204',
  legacy: 'without a known break, but superseded or never recommended for general use',
  discouraged: 'not to be used any more where there is another (SHOULD NOT, or D in the registry)',
  insecure: 'broken, or forbidden (MUST NOT)',
  unknown: 'not known to this table',
  GREASE: 'reserved so that servers learn to ignore what they do not know (RFC 8701)',
};

/** Judgement is a standing, its source, and the purpose of the code point. */
export interface Judgement {
  readonly standing: Standing;
  /** The document that the standing rests on; null where there is none. */
  readonly source: string | null;
  readonly purpose: string;
}

/** judgement gives GREASE and unknown code points their standing. */
export function judgement({ grease }: CodePoint, known: Judgement | undefined): Judgement {
  if (grease) return greased;
  return known ?? unknown;
}

const greased: Judgement = { standing: 'GREASE', source: 'RFC 8701', purpose: 'means nothing' };
const unknown: Judgement = { standing: 'unknown', source: null, purpose: 'not known' };
