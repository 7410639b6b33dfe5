import type { Observer, SecurityDecision } from '../../connection/observer.ts';

/**
 * securityLines prints the questions to the security level and its answers (`-security_debug_verbose`), or only the
 * refusals (`-security_debug`).
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
