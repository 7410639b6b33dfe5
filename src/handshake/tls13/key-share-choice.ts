import { BadShare, type Response } from '../../crypto/groups.ts';
import type { Group } from '../../names/groups.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import { reportGroup } from '../decisions/choices.ts';
import { required } from '../extensions/extension.ts';
import type { Offers } from '../extensions/index.ts';
import { keyShare } from '../extensions/key-share.ts';
import { supportedGroups } from '../extensions/supported-groups.ts';
import type { Flow } from '../flow/flow.ts';
import { perSettings } from '../flow/per-settings.ts';
import type { Settings } from '../flow/settings.ts';
import { usableGroups } from '../hello/group-choice.ts';
import type { ChosenPsk } from './resume13.ts';

const where = 'tls_parse_ctos_key_share';

/** A share of the client in one of our groups. */
export interface ClientShare {
  readonly group: Group;
  readonly keyExchange: Uint8Array;
}

/** A share, or the group to request one for. */
export type ShareChoice = ClientShare | { readonly retry: Group };

/**
 * Chooses the first of the client's shares in one of our groups. Without one, the group to request, in our order as in
 * the reference. A group of an earlier level of ours takes precedence over a share. Undefined when the PSK needs none.
 * @throws {Problem} when the shares break a rule, or nothing fits
 */
export function chooseKeyExchange(
  flow: Pick<Flow, 'tell' | 'settings'>,
  offers: Offers,
  psk: ChosenPsk | undefined,
): ShareChoice | undefined {
  if (psk?.keyExchange === 'none') return undefined;
  const needed = psk?.keyExchange !== 'ifShared';
  if (needed) required(keyShare, offers.keyShare);
  const choice = sharedGroup(flow.settings, offers);
  reportShare(flow, offers, choice);
  if (choice === undefined && needed) throw new Problem('noSuitableKeyShare', 'final_key_share');
  return choice;
}

function reportShare(
  flow: Pick<Flow, 'tell' | 'settings'>,
  { supportedGroups: listed }: Offers,
  choice: ShareChoice | undefined,
): void {
  const asks = choice !== undefined && 'retry' in choice;
  const why = asks ? 'no share for it: HelloRetryRequest' : "first of the client's shares that we have";
  const offer = { version: Version['TLSv1.3'], supportedGroups: listed };
  reportGroup(flow, offer, asks ? choice.retry : choice?.group, why);
}

/** Undefined without a shared group. @throws {Problem} when the shares break a rule */
function sharedGroup(settings: Settings, offers: Offers): ShareChoice | undefined {
  if (offers.keyShare === undefined) return undefined;
  const theirs = required(supportedGroups, offers.supportedGroups);
  if (settings.strict) refuseRepetitions(offers.keyShare);
  const ours = groupLevels(settings).find((level) => level.some(({ code }) => theirs.includes(code))) ?? [];
  for (const { group: code, keyExchange } of offers.keyShare) {
    if (!theirs.includes(code)) throw new Problem('badKeyShare', where);
    const group = ours.find((it) => it.code === code);
    if (group !== undefined) return { group, keyExchange };
  }
  const retry = ours.find(({ code }) => theirs.includes(code));
  return retry && { retry };
}

/** A client may have one share a group only (RFC 8446 section 4.2.8). @throws {Problem} */
function refuseRepetitions(shares: NonNullable<Offers['keyShare']>): void {
  if (new Set(shares.map(({ group }) => group)).size < shares.length) throw new Problem('badKeyShare', where);
}

/** Our groups of TLS 1.3 by level of preference. */
const groupLevels = perSettings((settings): readonly (readonly Group[])[] => {
  const usable = usableGroups(settings, Version['TLSv1.3']);
  return (settings.groupTuples ?? [usable]).map((level) => level.filter((it) => usable.includes(it)));
});

/** After a HelloRetryRequest the hello must have one share, of the requested group. @throws {Problem} */
export function requestedShare(offers: Offers, asked: Group): ClientShare {
  const [share, ...others] = offers.keyShare ?? [];
  if (share?.group !== asked.code || others.length > 0) throw new Problem('badKeyShare', where);
  return { group: asked, keyExchange: share.keyExchange };
}

/** Our share and the secret. @throws {Problem} */
export function respond({ surroundings }: Flow, { group, keyExchange }: ClientShare): Response {
  const agreement = surroundings.keyAgreement(group.code);
  if (agreement === undefined) throw new Error(`no key agreement for ${group.names[0]}`);
  try {
    return agreement.respond(keyExchange);
  } catch (error) {
    if (!(error instanceof BadShare)) throw error;
    const details = { before: error.lines, bytes: keyExchange };
    if (error.fault === 'secret') throw new Problem('badKeyShare', 'ssl_derive', details);
    throw new Problem('badEcpoint', where, details);
  }
}
