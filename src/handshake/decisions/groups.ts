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

/** The groups of both sides, up to the one with this number among those that the version has; 0 is the first. */
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

/** As the report of a connection asks: all for their number, and up to each one for its name. */
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

/** The client's shares, until one can be used. False: one is to be asked for. */
export function tellKeyShares(asking: GroupsAsking, shares: readonly number[]): boolean {
  if (asking.tell.decision === undefined) return true;
  return shares.some((code) => {
    const group = asking.settings.groups.find((it) => it.code === code);
    return group !== undefined && ask(asking, 'Check', group) && isTls13(asking, group);
  });
}

/** What a client can send for a key exchange: its shares, and where none can be used the group that it is asked for. */
export function tellKeyExchange(
  asking: GroupsAsking,
  { keyShare = [], supportedGroups = [] }: Pick<Offers, 'keyShare' | 'supportedGroups'>,
): void {
  const shares = keyShare.map(({ group }) => group);
  if (!tellKeyShares(asking, shares) && shares.length > 0) tellRequestedShare(asking, supportedGroups);
}

/** The first group of ours that the client has too, to ask for a share of it. */
export function tellRequestedShare(asking: GroupsAsking, peer: readonly number[]): void {
  if (asking.tell.decision === undefined) return;
  asking.settings.groups.some((it) => peer.includes(it.code) && ask(asking, 'Check', it) && isTls13(asking, it));
}

/** Our list for EncryptedExtensions, which ends where the group in use is its first. */
export function tellOwnGroups(asking: GroupsAsking, used: Group | undefined): void {
  if (asking.tell.decision === undefined || used === undefined) return;
  let first = true;
  for (const group of asking.settings.groups) {
    if (!isUsableIn(group, Version['TLSv1.3']) || !ask(asking, 'Supported', group)) continue;
    if (first && group.code === used.code) return;
    first = false;
  }
}

/** The curve of a certificate's key. */
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

/** NIST's name where it has one, otherwise OpenSSL's short one, which newer groups do not have. */
function nameOf({ names, newer }: Group): string {
  if (newer) return 'UNDEF';
  return names.find((name) => /^[BKP]-/.test(name)) ?? names[0].replace(/^x(?=\d)/, 'X');
}
