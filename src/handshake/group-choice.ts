import { type Group, group } from '../names/groups.ts';
import { Version } from '../names/versions.ts';
import { allowsGroup } from './policy/security-level.ts';
import type { Settings } from './settings.ts';

/** Our groups that may be used in this TLS version, in our order. */
export function usableGroups(settings: Settings, version: number): Group[] {
  return settings.groups.filter((it) => isUsableIn(it, version) && allowsGroup(settings.securityLevel, it));
}

/** The groups that both sides have, in the client's order, with `-serverpref` in ours. */
export function sharedGroups(settings: Settings, version: number, peer: readonly number[] | undefined): Group[] {
  if (peer === undefined) return [];
  const ours = usableGroups(settings, version);
  if (settings.serverPreference) return ours.filter(({ code }) => peer.includes(code));
  return peer
    .map(group)
    .filter((it) => it !== undefined)
    .filter((it) => ours.includes(it));
}

/** Whether a version of TLS has the group. */
export function isUsableIn({ use }: Group, version: number): boolean {
  return use === 'any' || (use === 'TLSv1.3') === version >= Version['TLSv1.3'];
}
