import type { Telling } from './telling.ts';

/** Reports the choice of an identity or a name, in bytes on the wire. */
export function reportName(
  tell: Telling,
  what: 'alpn' | 'psk' | 'ticket' | 'sni',
  choice: {
    readonly chosen: Uint8Array | undefined;
    readonly from: readonly Uint8Array[];
    readonly ours?: readonly string[];
  },
  why: string,
): void {
  if (tell.choice === undefined) return;
  const { chosen, from, ours = [] } = choice;
  tell.choice(what, { chosen, from, ours: ours.map((name) => Buffer.from(name, 'latin1')), why });
}
