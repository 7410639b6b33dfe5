import type { Settings } from './settings.ts';

/** What follows from the settings alone is computed once for all their connections. */
export function perSettings<T>(compute: (settings: Settings) => T): (settings: Settings) => T {
  const known = new WeakMap<Settings, T>();
  return (settings) => {
    const found = known.get(settings);
    if (found !== undefined) return found;
    const computed = compute(settings);
    known.set(settings, computed);
    return computed;
  };
}
