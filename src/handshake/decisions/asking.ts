import type { Settings } from '../flow/settings.ts';
import type { SecurityDecision, Telling } from '../flow/telling.ts';

/*
 * What the reference asks its security level, question by question and as often as it does. Our own code mostly asks
 * once and keeps the answer, so these functions walk through the reference's questions a second time, for observers
 * alone; without one of `decision` they do nothing.
 */

/** Who is told, and whose level it is. A Flow is one. */
export interface Asking {
  readonly tell: Pick<Telling, 'decision'>;
  readonly settings: Pick<Settings, 'securityLevel'>;
}

/** Tells a decision and returns it. */
export function told({ tell }: Asking, decision: SecurityDecision): boolean {
  tell.decision?.(decision);
  return decision.allowed;
}
