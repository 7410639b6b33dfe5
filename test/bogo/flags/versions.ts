import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { tlsVersionOf, Version } from '../../../src/names/versions.ts';
import { type Flag, type FlagTable, integer, toggle } from './flag.ts';

/** The versions that are on, as those of TLS. */
export interface VersionPlan {
  minVersion: number;
  maxVersion: number;
  disabledVersions: Set<number>;
}

export function versionPlan(): VersionPlan {
  return { minVersion: Version.TLSv1, maxVersion: Version['TLSv1.3'], disabledVersions: new Set() };
}

export const versionFlags: FlagTable<VersionPlan> = {
  'min-version': integer((plan, version) => {
    plan.minVersion = tlsVersionOf(version);
  }),
  'max-version': integer((plan, version) => {
    plan.maxVersion = tlsVersionOf(version);
  }),
  'no-tls1': without(Version.TLSv1),
  'no-tls11': without(Version['TLSv1.1']),
  'no-tls12': without(Version['TLSv1.2']),
  'no-tls13': without(Version['TLSv1.3']),
};

export function versionSettings({ minVersion, maxVersion, disabledVersions }: VersionPlan): Partial<Settings> {
  return { minVersion, maxVersion, disabledVersions };
}

function without(version: number): Flag<VersionPlan> {
  return toggle(({ disabledVersions }) => {
    disabledVersions.add(version);
  });
}
