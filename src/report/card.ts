import type { CodePoint, Text } from '../facts/decoding/value.ts';
import type { HelloJson } from '../facts/received-hello.ts';
import { ecPointFormats } from '../messages/extensions/ec-point-formats.ts';
import { type ClientCheck, clientCheck } from './client-check.ts';
import { type Applied, type Grade, graded, rulesVersion } from './grade-rules.ts';
import { Offer } from './offer.ts';
import { extensionJudgement } from './standings/extension-standings.ts';
import { groupJudgement, isPostQuantum } from './standings/group-standings.ts';
import { schemeJudgement } from './standings/scheme-standings.ts';
import { type Judgement, type Standing, standingsDate } from './standings/standing.ts';
import { suiteJudgement } from './standings/suite-standings.ts';
import { versionJudgement } from './standings/version-standings.ts';
import type { Behaviour } from './visits/visitor.ts';

/** Judged is a code point with its standing. */
export type Judged = CodePoint & Judgement;

/** Card is the report card of a ClientHello, as it is written in JSON. Lists are in the client's order. */
export interface Card {
  readonly grade: Grade;
  /** Version of the rules. */
  readonly rules: string;
  /** Date of the standings. */
  readonly standings: string;
  /** Rules that apply. */
  readonly findings: readonly Applied[];
  /** Sentences that cost nothing. */
  readonly notes: readonly string[];
  readonly ja3: string;
  readonly ja3n: string;
  readonly ja4: string;
  readonly serverName: Text | null;
  readonly alpn: readonly Text[];
  readonly versions: readonly Judged[];
  readonly cipherSuites: readonly Judged[];
  readonly groups: readonly Judged[];
  readonly keyShares: readonly Judged[];
  readonly signatureAlgorithms: readonly Judged[];
  readonly signatureAlgorithmsCert: readonly Judged[];
  readonly extensions: readonly Judged[];
  /** Modes of pre-shared keys in TLS 1.3. */
  readonly pskModes: readonly CodePoint[];
  readonly pointFormats: readonly CodePoint[];
  readonly compressionMethods: readonly number[];
  /** What several visits of the client have shown; absent of a single hello. */
  readonly behaviour?: Behaviour;
  /** Members of the API of howsmyssl.com. */
  readonly check: ClientCheck;
}

/** `behaviour`: what visits before have shown. */
export function cardOf(hello: HelloJson, behaviour?: Behaviour): Card {
  const offer = new Offer(hello);
  const { grade, findings } = graded(offer);
  return {
    grade,
    rules: rulesVersion,
    standings: standingsDate,
    findings,
    notes: notesOn(offer),
    ja3: hello.ja3,
    ja3n: hello.ja3n,
    ja4: hello.ja4,
    serverName: hello.serverName,
    alpn: hello.alpn,
    versions: offer.versions.map(judged(versionJudgement)),
    cipherSuites: hello.cipherSuites.map(judged(suiteJudgement)),
    groups: hello.groups.map(judged(groupJudgement)),
    keyShares: hello.keyShares.map(judged(groupJudgement)),
    signatureAlgorithms: hello.signatureAlgorithms.map(judged(schemeJudgement)),
    signatureAlgorithmsCert: hello.signatureAlgorithmsCert.map(judged(schemeJudgement)),
    extensions: hello.extensions.map(extended),
    pskModes: hello.pskModes,
    pointFormats: pointFormatsOf(hello),
    compressionMethods: hello.compressionMethods,
    ...(behaviour && { behaviour }),
    check: clientCheck(offer),
  };
}

/** The lists of a card with their titles, in the order of showing; empty ones are left out. */
export function judgedLists(card: Card): readonly (readonly [title: string, list: readonly Judged[]])[] {
  const lists = [
    ['Versions', card.versions],
    ['Cipher suites', card.cipherSuites],
    ['Groups', card.groups],
    ['Key shares', card.keyShares],
    ['Signature schemes', card.signatureAlgorithms],
    ['Signature schemes in certificates', card.signatureAlgorithmsCert],
    ['Extensions', card.extensions],
  ] as const;
  return lists.filter(([, list]) => list.length > 0);
}

/** nameText is the name of a code point, or its number. */
export function nameText({ code, name, grease }: CodePoint): string {
  return name ?? `${grease ? 'GREASE ' : ''}0x${hexOf(code, 4)}`;
}

function hexOf(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}

/** peerText is a client's text: printable ASCII, or its bytes in hexadecimal. */
export function peerText(text: Text): string {
  return typeof text === 'string' ? text : `0x${text.hex}`;
}

/** countsText counts the standings of a list, those to worry about first: `1 insecure, 17 recommended`. */
export function countsText(list: readonly Judged[]): string {
  const counts = gravest.map((standing) => [list.filter((it) => it.standing === standing).length, standing] as const);
  return counts
    .filter(([count]) => count > 0)
    .map(([count, standing]) => `${count} ${standing}`)
    .join(', ');
}

const gravest: readonly Standing[] = ['insecure', 'discouraged', 'unknown', 'legacy', 'recommended', 'GREASE'];

function judged(judgementOf: (point: CodePoint) => Judgement): (point: CodePoint) => Judged {
  return (point) => ({ ...point, ...judgementOf(point) });
}

function extended({ code, name, openssl, grease }: HelloJson['extensions'][number]): Judged {
  const point = { code, name, ...(openssl !== undefined && { openssl }), ...(grease && { grease }) };
  return { ...point, ...extensionJudgement(point) };
}

function pointFormatsOf({ extensions }: HelloJson): readonly CodePoint[] {
  const value = extensions.find(({ code }) => code === ecPointFormats.code)?.value;
  return Array.isArray(value) ? value.filter(isCodePoint) : [];
}

function isCodePoint(value: unknown): value is CodePoint {
  return typeof value === 'object' && value !== null && 'code' in value && 'name' in value;
}

/** compressionText names the compression methods, in the client's order. */
export function compressionText(methods: readonly number[]): string {
  return methods
    .map((method) => ['null', 'DEFLATE'][method] ?? (method === 64 ? 'LZS' : `0x${hexOf(method, 2)}`))
    .join(', ');
}

function notesOn({ hello }: Offer): readonly string[] {
  const notes: readonly (readonly [boolean, string])[] = [
    [hello.serverName === null, 'No server name: usual where an address was asked for'],
    [!hello.groups.some(isPostQuantum), 'No post-quantum group: recorded traffic may be readable to later computers'],
    [hello.extensions.some(({ grease }) => grease), 'GREASE (RFC 8701): values that servers have to ignore'],
    [hello.ech === 'outer', 'An encrypted ClientHello, or one that looks like it: what is shown here is the outer one'],
  ];
  return notes.filter(([applies]) => applies).map(([, note]) => note);
}
