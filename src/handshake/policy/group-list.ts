import { keyAgreement } from '../../crypto/groups.ts';
import { needsPackage } from '../../crypto/primitives/post-quantum.ts';
import { defaultGroups, defaultHybrids, type Group, group, groupNamed } from '../../names/groups.ts';
import type { Settings } from '../flow/settings.ts';
import { ListFailure, listItems } from './list-failure.ts';

export interface GroupList {
  readonly groups: readonly Group[];
  /** The same groups by level of preference: a later level is used only when no group of an earlier one is shared. */
  readonly tuples: readonly (readonly Group[])[];
  /** Groups above them for a client that offers one: of the own list only. */
  readonly hybrids: readonly Group[];
}

/**
 * Parses the list of `-groups` and `-curves`. In the syntax of OpenSSL 3.5 (`/` between levels; `?` before a name that
 * may be unknown, `-` to remove, `*` for a key share, which only clients send; `DEFAULT` for the own list, hybrids first) a repeated group is ignored;
 * without any of these it is refused, as in 3.0. Throws `ListFailure` for unknown names and empty lists.
 */
export function applyGroups(text: string): GroupList {
  if (text === 'DEFAULT') return ownGroups();
  return isNewer(text) ? readLevels(text) : oneLevel(readPlain(text));
}

/** Parses the one name of `-named_curve`; `auto` is the library's own list. Throws `ListFailure`. */
export function applyNamedCurve(text: string): GroupList {
  if (text === 'auto') return ownGroups();
  if (text.includes(':')) throw new ListFailure('more than one curve');
  return oneLevel(readPlain(text));
}

/** The own list: that of OpenSSL 3.0, and the hybrids of newer releases for clients that offer one. */
export function ownGroups(): GroupList {
  return { ...oneLevel(known(defaultGroups)), hybrids: known(defaultHybrids) };
}

/** The settings that a list makes. */
export function groupSettings(list: GroupList): Pick<Settings, 'groups' | 'groupTuples' | 'hybridGroups'> {
  return { groups: list.groups, groupTuples: list.tuples, hybridGroups: list.hybrids };
}

function oneLevel(groups: readonly Group[]): GroupList {
  return { groups, tuples: [groups], hybrids: [] };
}

function readPlain(text: string): readonly Group[] {
  const groups = listItems(text).map(existing);
  if (new Set(groups).size < groups.length) throw new ListFailure('a group is named twice');
  return groups;
}

function isNewer(text: string): boolean {
  return text.includes('/') || listItems(text).some((item) => /^[?*-]/.test(item) || item === 'DEFAULT');
}

function readLevels(text: string): GroupList {
  let levels: Group[][] = [];
  for (const part of text.split('/')) {
    levels.push([]);
    for (const item of listItems(part)) {
      const marks = /^[?*-]*/.exec(item)?.[0] ?? '';
      const named = groupsOf(item.slice(marks.length), marks.includes('?'));
      if (marks.includes('-')) {
        levels = levels.map((level) => level.filter((it) => !named.flat().includes(it)));
      } else {
        addLevels(levels, named);
      }
    }
  }
  const tuples = levels.filter((it) => it.length > 0);
  if (tuples.length === 0) throw new ListFailure('no group is left');
  return { groups: tuples.flat(), tuples, hybrids: [] };
}

/** The first of the added ones continues the last level. */
function addLevels(levels: Group[][], added: readonly (readonly Group[])[]): void {
  for (const [index, level] of added.entries()) {
    if (index > 0) levels.push([]);
    levels.at(-1)?.push(...level.filter((it) => !levels.flat().includes(it)));
  }
}

/** By level: all names but `DEFAULT` have one. */
function groupsOf(name: string, mayBeUnknown: boolean): readonly (readonly Group[])[] {
  if (name === 'DEFAULT') {
    const { groups, hybrids } = ownGroups();
    return [hybrids.filter(({ code }) => keyAgreement(code) !== undefined), groups];
  }
  if (!mayBeUnknown) return [[existing(name)]];
  const found = lookUp(name);
  return found ? [[found]] : [];
}

function existing(name: string): Group {
  const found = lookUp(name);
  if (found !== undefined) return found;
  const isMissing = groupNamed(name)?.names[0].includes('MLKEM') && lookUp('MLKEM768') === undefined;
  const message = `group '${name}' cannot be set${isMissing ? `: ${needsPackage}` : ''}`;
  // The reference looks up, and reports, names of up to 63 characters.
  if (name === '' || name.length > 63) throw new ListFailure(message);
  throw new ListFailure(message, [
    { library: 20, reason: 0x80106, text: 'passed invalid argument', function: 'gid_cb', extra: message },
  ]);
}

/**
 * OpenSSL 3.0 matches group names exactly, newer releases in any case: we follow the release of each group. A newer
 * group that this Node does not support is unknown; its implementation is loaded here.
 */
function lookUp(name: string): Group | undefined {
  const found = groupNamed(curveNames.get(name) ?? name);
  if (found === undefined) return undefined;
  if (found.newer) return keyAgreement(found.code) && found;
  return found.names.includes(name) || curveNames.has(name) ? found : undefined;
}

/** OpenSSL's names of curves that differ in TLS. */
const curveNames = new Map([
  ['prime192v1', 'secp192r1'],
  ['prime256v1', 'secp256r1'],
  ['X25519', 'x25519'],
  ['X448', 'x448'],
]);

function known(codes: readonly number[]): readonly Group[] {
  return codes.map(group).filter((it) => it !== undefined);
}
