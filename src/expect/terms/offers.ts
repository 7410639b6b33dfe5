import type { CodePoint } from '../../facts/decoding/value.ts';
import type { FactOf } from '../../facts/fact.ts';
import { graded, grades } from '../../report/grade-rules.ts';
import { Offer } from '../../report/offer.ts';
import type { ConnectionSummary } from '../connection-summary.ts';
import { isWithin, rangeFrom, versionRank, wholeNumber } from '../range.ts';
import { extensionRegistry, groupRegistry, pointName, schemeRegistry, suiteRegistry } from '../registries.ts';
import { listed, listText, nothing, oneOf, plain, ranged, single, type Term, valued, yesOrNo } from './term.ts';
import { isText, textShown } from './text.ts';

type Hello = FactOf<'clientHello'>;

const gradeHelp = 'the grade of the first hello, from A+ to F as `serverhello grades` tells; `B..` is B or better';

/** Terms about the first hello. */
export const offerTerms = {
  'offers-tls': valued('the client offers a version in this range', 'offers-tls=..1.1', (value) => {
    const range = rangeFrom(value, versionRank);
    return (connection) => {
      const versions = offeredVersions(connection.hello);
      return { met: versions.some((it) => isWithin(range, rankOf(it))), seen: listText(versions.map(pointName)) };
    };
  }),
  'offers-suite': listed('the client offers this cipher suite', 'offers-suite=TLS_RSA_WITH_AES_128_CBC_SHA', {
    registry: suiteRegistry,
    of: ({ hello }) => hello?.cipherSuites ?? [],
  }),
  'offers-group': listed('the client offers this group', 'offers-group=X25519MLKEM768', {
    registry: groupRegistry,
    of: ({ hello }) => hello?.groups ?? [],
  }),
  share: listed('the first hello has a key share of this group', 'share=x25519', {
    registry: groupRegistry,
    of: ({ hello }) => hello?.keyShares ?? [],
  }),
  'offers-scheme': listed('the client offers this signature scheme', 'offers-scheme=rsa_pkcs1_sha1', {
    registry: schemeRegistry,
    of: ({ hello }) => hello?.signatureAlgorithms ?? [],
  }),
  'offers-pq': plain('the client offers a post-quantum group', 'offers-pq', ({ hello }) => {
    const found = (hello?.groups ?? []).filter(isPostQuantum);
    return { met: found.length > 0, seen: listText(found.map(pointName)) };
  }),
  'offers-alpn': valued('the client offers this protocol by ALPN', 'offers-alpn=h2', (value) => ({ hello }) => {
    const offered = hello?.alpn ?? [];
    return { met: offered.some((it) => isText(it, value)), seen: listText(offered.map(textShown)) };
  }),
  sni: {
    help: 'the client names this server; without a value: any',
    example: 'sni=localhost',
    read:
      (value) =>
      ({ hello }) => {
        const name = hello?.serverName ?? null;
        const met =
          value === undefined ? name !== null : name !== null && isText(name, value.toLowerCase(), 'any case');
        return { met, seen: name === null ? nothing : textShown(name) };
      },
  },
  ocsp: plain('the client asks for a stapled OCSP response', 'ocsp', ({ hello }) =>
    yesOrNo(hasExtension(hello, 5) || hasExtension(hello, 17)),
  ),
  grease: plain('the hello holds a value of GREASE (RFC 8701)', 'grease', ({ hello }) =>
    yesOrNo(hello !== undefined && pointsOf(hello).some((point) => point.grease === true)),
  ),
  ext: listed('the hello has this extension', 'ext=encrypted_client_hello', {
    registry: extensionRegistry,
    of: ({ hello }) => hello?.extensions ?? [],
  }),
  ja3: fingerprint('JA3 fingerprint', 'ja3=cd08e31494f9531f560d64c695473da9', (hello) => hello.ja3),
  ja4: fingerprint('JA4 fingerprint', 'ja4=t13d1516h2_8daaf6152771_02713d6af862', (hello) => hello.ja4),
  grade: ranged({ help: gradeHelp, example: 'grade=B..', read: gradeRank }, ({ hello }) => {
    if (hello === undefined) return { value: undefined, seen: nothing };
    const { grade, findings } = graded(new Offer(hello));
    const reasons = findings.filter(({ cap }) => cap === grade).map(({ sentence }) => sentence);
    return { value: gradeRank(grade), seen: reasons.length === 0 ? grade : `${grade} (${reasons.join('; ')})` };
  }),
  hello: amount('bytes of the first hello', 'hello=..1500', (hello) => hello.length),
  records: amount('records or datagrams that the first hello came in', 'records=1', (hello) => hello.records),
} as const satisfies Readonly<Record<string, Term>>;

/** The best grade has the highest rank. @throws {BadTerm} */
function gradeRank(value: string): number {
  return grades.length - grades.indexOf(oneOf(value, grades));
}

function fingerprint(help: string, example: string, of: (hello: Hello) => string): Term {
  return single({ help: `${help} of the first hello`, example }, (value) => ({ hello }) => {
    const seen = hello && of(hello);
    return { met: seen === value.toLowerCase(), seen: seen ?? nothing };
  });
}

function amount(help: string, example: string, of: (hello: Hello) => number): Term {
  return ranged({ help: `${help}, or a range of them`, example, read: wholeNumber }, ({ hello }) => {
    const value = hello && of(hello);
    return { value, seen: String(value ?? nothing) };
  });
}

/** Before TLS 1.3 a hello has only the highest version. */
function offeredVersions(hello: ConnectionSummary['hello']): readonly CodePoint[] {
  if (hello === undefined) return [];
  const named = hello.versions.filter(({ grease }) => !grease);
  return named.length > 0 ? named : [hello.legacyVersion];
}

/** Unknown versions have a rank outside of every range. */
export function rankOf(point: CodePoint): number {
  try {
    return versionRank(point.name ?? '');
  } catch {
    return Number.NaN;
  }
}

export function isPostQuantum({ name }: CodePoint): boolean {
  return name !== null && /mlkem|kyber/i.test(name);
}

function hasExtension(hello: ConnectionSummary['hello'], code: number): boolean {
  return hello?.extensions.some((it) => it.code === code) === true;
}

function pointsOf(hello: Hello): readonly CodePoint[] {
  const { cipherSuites, versions, groups, keyShares, signatureAlgorithms, pskModes, extensions } = hello;
  return [...cipherSuites, ...versions, ...groups, ...keyShares, ...signatureAlgorithms, ...pskModes, ...extensions];
}
