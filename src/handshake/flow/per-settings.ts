import type { Settings } from './settings.ts';

/** Caches a value that depends on the settings alone, for all their connections. */
export function perSettings<T, S extends object = Settings>(compute: (settings: S) => T): (settings: S) => T {
  const known = new WeakMap<S, T>();
  return (settings) => {
    const found = known.get(settings);
    if (found !== undefined) return found;
    const computed = compute(settings);
    known.set(settings, computed);
    return computed;
  };
}

/** The same for a value that depends on the version too, one of those that we serve. */
export function perVersion<T, S extends object = Settings>(
  compute: (settings: S, version: number) => T,
): (settings: S, version: number) => T {
  const versions = perSettings((_: S) => new Map<number, T>());
  return (settings, version) => {
    const known = versions(settings);
    const found = known.get(version);
    if (found !== undefined) return found;
    const computed = compute(settings, version);
    known.set(version, computed);
    return computed;
  };
}
