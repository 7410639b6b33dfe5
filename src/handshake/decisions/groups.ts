import { type Group, group as groupOf } from '../../names/groups.ts';
import { Version } from '../../names/versions.ts';
import type { Offers } from '../extensions/index.ts';
import type { Settings } from '../flow/settings.ts';
import type { Telling } from '../flow/telling.ts';
import { isUsableIn } from '../hello/group-choice.ts';
import { allowsGroup } from '../policy/security-level.ts';
import { type Asking, told } from './asking.ts';

export interface GroupsAsking extends Asking {
  readonly tell: Pick<Telling, 'decision'>;
  readonly settings: Pick<Settings, 'securityLevel' | 'groups' | 'serverPreference'>;
}

/** Reports the shared groups up to the one with this index among those of the version; 0 is the first. */
export function tellSharedGroups(
  asking: GroupsAsking,
  version: number,
  peer: readonly number[] | undefined,
  upTo = 0,
): Group | undefined {
  const { tell, settings } = asking;
  if (tell.decision === undefined) return undefined;
  const ours = settings.groups.map(({ code }) => code);
  const [preferred, other] = settings.serverPreference ? [ours, peer ?? []] : [peer ?? [], ours];
  let found = 0;
  for (const code of preferred) {
    const group = groupOf(code);
    if (group === undefined || !other.includes(code) || !ask(asking, 'Shared', group)) continue;
    if (isUsableIn(group, version) && found++ === upTo) return group;
  }
  return undefined;
}

/** Reports the checks of a connection report: all groups for their number, and up to each one for its name. */
export function tellReportedGroups(asking: GroupsAsking, version: number, peer: readonly number[] | undefined): void {
  if (asking.tell.decision === undefined) return;
  tellSharedGroups(asking, version, peer, Number.POSITIVE_INFINITY);
  for (let index = 0; tellShared(index); index++);

  function tellShared(index: number): boolean {
    const shared = asking.settings.groups.filter((it) => isShared(asking, it, version, peer));
    return index < shared.length && tellSharedGroups(asking, version, peer, index) !== undefined;
  }
}

function isShared(
  { settings }: GroupsAsking,
  group: Group,
  version: number,
  peer: readonly number[] | undefined,
): boolean {
  return (
    peer?.includes(group.code) === true && isUsableIn(group, version) && allowsGroup(settings.securityLevel, group)
  );
}

/** Reports the client's shares until one is usable. False: a HelloRetryRequest is needed. */
export function tellKeyShares(asking: GroupsAsking, shares: readonly number[]): boolean {
  if (asking.tell.decision === undefined) return true;
  return shares.some((code) => {
    const group = asking.settings.groups.find((it) => it.code === code);
    return group !== undefined && ask(asking, 'Check', group) && isTls13(asking, group);
  });
}

/** Reports the checks of the client's key exchange: its shares, and if none is usable the group requested from it. */
export function tellKeyExchange(
  asking: GroupsAsking,
  { keyShare = [], supportedGroups = [] }: Pick<Offers, 'keyShare' | 'supportedGroups'>,
): void {
  const shares = keyShare.map(({ group }) => group);
  if (!tellKeyShares(asking, shares) && shares.length > 0) tellRequestedShare(asking, supportedGroups);
}

/** Reports the first of our groups that the client supports, to request a share of it. */
function tellRequestedShare(asking: GroupsAsking, peer: readonly number[]): void {
  if (asking.tell.decision === undefined) return;
  asking.settings.groups.some((it) => peer.includes(it.code) && ask(asking, 'Check', it) && isTls13(asking, it));
}

/** Reports our list for EncryptedExtensions, which stops if the group in use is its first. */
export function tellOwnGroups(asking: GroupsAsking, used: Group | undefined): void {
  if (asking.tell.decision === undefined || used === undefined) return;
  let first = true;
  for (const group of asking.settings.groups) {
    if (!isUsableIn(group, Version['TLSv1.3']) || !ask(asking, 'Supported', group)) continue;
    if (first && group.code === used.code) return;
    first = false;
  }
}

/** Reports the curve of a certificate's key. */
export function tellCheckedGroup(asking: GroupsAsking, code: number | undefined): void {
  const group = code === undefined ? undefined : groupOf(code);
  if (asking.tell.decision !== undefined && group !== undefined) ask(asking, 'Check', group);
}

function isTls13(asking: GroupsAsking, group: Group): boolean {
  return ask(asking, 'Supported', group) && isUsableIn(group, Version['TLSv1.3']);
}

function ask(asking: Asking, which: 'Shared' | 'Check' | 'Supported', group: Group): boolean {
  const allowed = allowsGroup(asking.settings.securityLevel, group);
  return told(asking, { what: `${which} Curve=${nameOf(group)}`, bits: group.securityBits, allowed });
}

/** NIST's name if it has one, otherwise OpenSSL's short one, which newer groups lack. */
function nameOf({ names, newer }: Group): string {
  if (newer) return 'UNDEF';
  return names.find((name) => /^[BKP]-/.test(name)) ?? names[0].replace(/^x(?=\d)/, 'X');
}
