import type { Settings } from '../flow/settings.ts';
import type { SecurityDecision, Telling } from '../flow/telling.ts';

/*
 * The security level checks of the reference, one by one and as often as it makes them. Our own code mostly checks once
 * and caches the result, so these functions repeat the reference's checks for observers alone; without one of
 * `decision` they do nothing.
 */

/** The observer and the security level of a check. A Flow is one. */
export interface Asking {
  readonly tell: Pick<Telling, 'decision'>;
  readonly settings: Pick<Settings, 'securityLevel'>;
}

/** Reports a decision and returns it. */
export function told({ tell }: Asking, decision: SecurityDecision): boolean {
  tell.decision?.(decision);
  return decision.allowed;
}
