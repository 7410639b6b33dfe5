import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { tlsVersionOf, Version } from '../../../src/names/versions.ts';
import { type Flag, type FlagTable, integer, toggle } from './flag.ts';

/** The versions that are on, as those of TLS. */
export interface VersionPlan {
  readonly datagrams: boolean;
  minVersion: number;
  maxVersion: number;
  disabledVersions: Set<number>;
}

export function versionPlan(): Omit<VersionPlan, 'datagrams'> {
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

export function versionSettings(plan: VersionPlan): Partial<Settings> {
  const { minVersion, maxVersion, disabledVersions, datagrams } = plan;
  // DTLS 1.0, which derives from TLS 1.1, is turned off with TLS 1.0.
  const withoutDtls10 = datagrams && disabledVersions.has(Version.TLSv1);
  const disabled = withoutDtls10 ? [...disabledVersions, Version['TLSv1.1']] : disabledVersions;
  return { minVersion, maxVersion, disabledVersions: new Set(disabled) };
}

function without(version: number): Flag<VersionPlan> {
  return toggle(({ disabledVersions }) => {
    disabledVersions.add(version);
  });
}
