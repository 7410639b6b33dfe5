import type { Given } from '../arguments/given.ts';

/** WebMode is the way requests are answered; the last of the three options counts. */
export type WebMode = 'www' | 'WWW' | 'HTTP';

export function webMode(given: readonly Given[]): WebMode | undefined {
  return given.map(({ name }) => name).findLast(isWebMode);
}

function isWebMode(name: string): name is WebMode {
  return name === 'www' || name === 'WWW' || name === 'HTTP';
}
