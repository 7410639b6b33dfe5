import { escaped } from '../../bytes/escaped.ts';
import type { OwnCertificate } from '../../facts/certificate-facts.ts';
import type { CodePoint, Text } from '../../facts/decoding/value.ts';
import type { FactOf } from '../../facts/fact.ts';
import type { Story } from '../../facts/fact-stream.ts';
import { listText, peerText, pointText } from './shown.ts';

export type Hello = FactOf<'clientHello'>;
export type Failed = Omit<FactOf<'failed'>, 'fact' | 'at' | 'connection' | 'explain'>;
type Choice = FactOf<'choice'>;

/** Lines for a person: what the client did, what we have, what can be changed. */
export type Explanation = (seen: Seen) => readonly string[];

/** Seen is what the facts of one connection say about its failure, in the words of explanations. */
export class Seen {
  readonly failed: Failed;
  readonly hello: Hello | undefined;
  readonly certificates: readonly OwnCertificate[];
  private readonly story: Story;

  /** `certificates`: those that clients can be shown. */
  constructor(failed: Failed, story: Story, certificates: readonly OwnCertificate[]) {
    this.failed = failed;
    this.story = story;
    this.hello = story.hello;
    this.certificates = certificates;
  }

  /** The client has sent something. */
  get began(): boolean {
    return this.story.began;
  }

  /** The newest choice of this kind. */
  choice(what: Choice['what']): Choice | undefined {
    return this.story.choices.findLast((it) => it.what === what);
  }

  /** What we have, as the choice says it. */
  ours(what: Choice['what']): string {
    return listText(this.choice(what)?.ours ?? []);
  }

  /** Undefined where nothing was found, or it never came to this. */
  chosen(what: Choice['what']): string | undefined {
    const chosen = this.choice(what)?.chosen ?? undefined;
    if (chosen === undefined) return undefined;
    return isPoint(chosen) ? pointText(chosen) : peerText(chosen);
  }

  /** Versions that the client offers: those that it lists, or all up to that of the version field. */
  get offeredVersions(): string {
    const { hello } = this;
    if (hello === undefined) return 'nothing that could be read';
    const { versions, legacyVersion } = hello;
    return versions.length > 0 ? listText(versions) : `${pointText(legacyVersion)} at most`;
  }

  /** The name that the client asks for. */
  get asksFor(): string {
    const name = this.hello?.serverName ?? null;
    return name === null ? 'no name' : `the name ${peerText(name)}`;
  }

  /** The certificate that the client was shown; the first of ours before one is chosen, and undefined for one made for it. */
  get shown(): OwnCertificate | undefined {
    const chosen = this.chosen('certificate');
    if (chosen === undefined) return this.certificates[0];
    return this.certificates.find(({ subject }) => peerText(subject) === chosen);
  }

  /** That certificate in a few words. */
  get shownText(): string {
    const { shown } = this;
    return shown === undefined ? (this.chosen('certificate') ?? 'no certificate') : certificateText(shown);
  }

  /** Kinds of key that our certificates have. */
  get keys(): string {
    return [...new Set(this.certificates.map(({ key }) => escaped(key)))].join(', ') || 'none';
  }
}

function isPoint(value: CodePoint | Text): value is CodePoint {
  return typeof value === 'object' && 'code' in value;
}

/** Our certificate in a few words: for whom it is, and whom it was issued to. */
function certificateText({ subject, names, key }: OwnCertificate): string {
  const whose = peerText(subject) || 'an empty subject';
  return `${whose} (${escaped(key)}) for ${names.length > 0 ? listText(names) : 'no names'}`;
}

/** The same words whatever was seen. */
export function always(...lines: readonly string[]): Explanation {
  return () => lines;
}

/** The client has broken a rule; `did` says how. */
export function broken(did: string, ...further: readonly string[]): Explanation {
  return ({ failed }) => [
    did,
    failed.rfc === null ? 'that is against the protocol' : `that is against ${failed.rfc}`,
    ...(further.length > 0 ? further : [lookCloser]),
  ];
}

const lookCloser =
  'change the client; -trace and -debug show what it sent, -debug_broken_protocol goes on past it where it can';
