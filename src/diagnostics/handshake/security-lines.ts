import type { Observer, SecurityDecision } from '../../connection/observer.ts';

/**
 * `-security_debug` and `-security_debug_verbose`: what the security level was asked, and what it said; without
 * `verbose` only what it refused.
 */
export function securityLines(err: (text: string) => void, detail: 'refused' | 'verbose'): Observer {
  return {
    decision: (decision) => {
      if (detail === 'verbose' || !decision.allowed) err(securityLine(decision));
    },
  };
}

function securityLine({ what, bits, allowed }: SecurityDecision): string {
  const shown = bits === undefined ? '' : `, security bits=${bits}`;
  return `Security callback: ${what}${shown}: ${allowed ? 'yes' : 'no'}\n`;
}
