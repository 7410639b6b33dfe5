import { keyAgreement } from '../../crypto/groups.ts';
import type { Group } from '../../names/groups.ts';
import { Version } from '../../names/versions.ts';
import { perSettings, perVersion } from '../flow/per-settings.ts';
import type { Settings } from '../flow/settings.ts';
import { allowsGroup } from '../policy/security-level.ts';

/** Our groups allowed in this TLS version, in our order. */
export const usableGroups = perVersion((settings, version): readonly Group[] =>
  settings.groups.filter((it) => isUsableIn(it, version) && allowsGroup(settings.securityLevel, it)),
);

const usableByCode = perVersion(
  (settings, version) => new Map(usableGroups(settings, version).map((it) => [it.code, it])),
);

/**
 * The settings for the groups that a client of TLS 1.3 offers: with the hybrids as the first level if it offers one.
 * Their implementation is loaded here, and one that this Node lacks is left out.
 */
export function settingsForGroups(settings: Settings, peer: readonly number[] | undefined): Settings {
  const offered = settings.hybridGroups?.some(({ code }) => peer?.includes(code));
  return offered ? withHybrids(settings) : settings;
}

const withHybrids = perSettings((settings): Settings => {
  const { groups, groupTuples = [groups], hybridGroups = [] } = settings;
  const hybrids = hybridGroups.filter(({ code }) => keyAgreement(code) !== undefined);
  return { ...settings, groups: [...hybrids, ...groups], groupTuples: [hybrids, ...groupTuples], hybridGroups: [] };
});

/** The shared groups, in the client's order, with `-serverpref` in ours. */
export function sharedGroups(settings: Settings, version: number, peer: readonly number[] | undefined): Group[] {
  if (peer === undefined) return [];
  if (settings.serverPreference) return usableGroups(settings, version).filter(({ code }) => peer.includes(code));
  const ours = usableByCode(settings, version);
  return peer.map((code) => ours.get(code)).filter((it) => it !== undefined);
}

/** True when a version of TLS has the group. */
export function isUsableIn({ use }: Group, version: number): boolean {
  return use === 'any' || (use === 'TLSv1.3') === version >= Version['TLSv1.3'];
}
