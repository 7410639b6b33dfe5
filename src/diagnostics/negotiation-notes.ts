import { latin1 } from '../bytes/hex.ts';
import type { Observer } from '../connection/observer.ts';

/** The lines that the reference prints while a handshake chooses. */
export function negotiationNotes(out: (text: string) => void): Observer {
  return {
    note(kind, facts) {
      if (kind === 'alpn' && 'offered' in facts) {
        out(`ALPN protocols advertised by the client: ${facts.offered.map(latin1).join(', ')}\n`);
        if (facts.selected) out(`ALPN protocols selected: ${latin1(facts.selected)}\n`);
      }
    },
  };
}
