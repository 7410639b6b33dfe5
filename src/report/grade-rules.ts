import type { CodePoint } from '../facts/decoding/value.ts';
import { extendedMasterSecret } from '../messages/extensions/extended-master-secret.ts';
import type { Offer } from './offer.ts';
import { isMd5Scheme, isSha1Scheme } from './standings/scheme-standings.ts';
import { suiteKinds } from './standings/suite-standings.ts';

/** Version of the rules: a changed rule changes it. */
export const rulesVersion = '2026-11';

/** Grades from the best. */
export const grades = ['A+', 'A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof grades)[number];

/** Rule is one reason for a grade below A+. */
export interface Rule {
  readonly id: string;
  readonly sentence: string;
  /** The best grade of a client that the rule applies to. */
  readonly cap: Grade;
  readonly source: string;
  /** The code points that the rule applies to; undefined where it does not apply, empty where something is missing. */
  readonly applies: (offer: Offer) => readonly CodePoint[] | undefined;
}

/** The rules by subject. They can only lower a grade. */
export const rules: readonly Rule[] = [
  {
    id: 'only-old-versions',
    sentence: 'No version from TLS 1.2 on is offered',
    cap: 'F',
    source: 'RFC 8996',
    applies: (offer) => (offer.oldVersions.length === offer.versions.length ? offer.oldVersions : undefined),
  },
  {
    id: 'old-versions',
    sentence: 'Versions before TLS 1.2 are offered',
    cap: 'B',
    source: 'RFC 8996',
    applies: (offer) => some(offer.oldVersions),
  },
  {
    id: 'no-tls13',
    sentence: 'TLS 1.3 is not offered',
    cap: 'A',
    source: 'RFC 9325 section 3.1',
    applies: (offer) => missing(!offer.offersTls13),
  },
  suites('null-suites', 'Suites without encryption are offered', 'F', 'RFC 9325 section 4.1', suiteKinds.unencrypted),
  suites('export-suites', 'Suites weakened for export are offered', 'F', 'RFC 9325 section 4.1', suiteKinds.exported),
  suites(
    'anonymous-suites',
    'Suites without authentication are offered',
    'F',
    'RFC 5246 appendix A.5',
    suiteKinds.anonymous,
  ),
  suites('des-suites', 'Suites with DES or RC2 are offered', 'F', 'RFC 5469', suiteKinds.des),
  suites('rc4-suites', 'Suites with RC4 are offered', 'D', 'RFC 7465', suiteKinds.rc4),
  suites('3des-suites', 'Suites with 3DES or IDEA are offered', 'C', 'RFC 9325 section 4.1', suiteKinds.smallBlocks),
  {
    id: 'no-forward-secrecy',
    sentence: 'No suite with forward secrecy is offered',
    cap: 'D',
    source: 'RFC 9325 section 4.1',
    applies: (offer) => missing(offer.lacksForwardSecrecy),
  },
  suites(
    'static-keys',
    'Suites without forward secrecy are offered',
    'A',
    'RFC 9325 section 4.1',
    suiteKinds.staticKeys,
  ),
  {
    id: 'md5-schemes',
    sentence: 'Signatures with MD5 are accepted',
    cap: 'D',
    source: 'RFC 9155',
    applies: (offer) => some(offer.schemes(isMd5Scheme)),
  },
  {
    id: 'sha1-schemes',
    sentence: 'Signatures with SHA-1 are accepted',
    cap: 'B',
    source: 'RFC 9155',
    applies: (offer) => some(offer.schemes(isSha1Scheme)) ?? missing(offer.leavesHashesToDefault),
  },
  {
    id: 'no-extended-master-secret',
    sentence: 'The extended master secret is not offered for TLS 1.2',
    cap: 'B',
    source: 'RFC 7627, RFC 9846 appendix D',
    applies: (offer) => missing(offer.offersUpTo12 && !offer.has(extendedMasterSecret.code)),
  },
  {
    id: 'no-secure-renegotiation',
    sentence: 'Secure renegotiation is not signalled for TLS 1.2',
    cap: 'C',
    source: 'RFC 5746',
    applies: (offer) => missing(offer.offersUpTo12 && !offer.signalsSecureRenegotiation),
  },
  {
    id: 'compression',
    sentence: 'Compression of records is offered',
    cap: 'C',
    source: 'RFC 9325 section 3.3',
    applies: ({ hello }) => missing(hello.compressionMethods.some((method) => method !== 0)),
  },
  {
    id: 'psk-alone',
    sentence: 'Pre-shared keys without (EC)DHE are offered',
    cap: 'B',
    source: 'RFC 9846 section 2.2',
    applies: (offer) => some([...offer.hello.pskModes.filter(isPskAlone), ...offer.suites(suiteKinds.pskAlone)]),
  },
];

/** Applied is a rule that applies to a client. */
export interface Applied {
  readonly rule: string;
  readonly sentence: string;
  readonly cap: Grade;
  readonly source: string;
  readonly because: readonly CodePoint[];
}

/** graded applies the rules; the lowest cap is the grade. */
export function graded(offer: Offer): { readonly grade: Grade; readonly findings: readonly Applied[] } {
  const findings = rules.flatMap(({ id, sentence, cap, source, applies }): Applied[] => {
    const because = applies(offer);
    return because === undefined ? [] : [{ rule: id, sentence, cap, source, because }];
  });
  const lowest = Math.max(0, ...findings.map(({ cap }) => grades.indexOf(cap)));
  return { grade: grades[lowest] ?? 'F', findings };
}

function suites(...[id, sentence, cap, source, kind]: [string, string, Grade, string, RegExp]): Rule {
  return { id, sentence, cap, source, applies: (offer) => some(offer.suites(kind)) };
}

/** The mode psk_ke. */
function isPskAlone({ code }: CodePoint): boolean {
  return code === 0;
}

function some(found: readonly CodePoint[]): readonly CodePoint[] | undefined {
  return found.length > 0 ? found : undefined;
}

function missing(is: boolean): readonly CodePoint[] | undefined {
  return is ? [] : undefined;
}
