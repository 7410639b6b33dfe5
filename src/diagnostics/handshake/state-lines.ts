import type { Observer } from '../../connection/observer.ts';
import { AlertLevel } from '../../messages/alert.ts';
import { alert } from '../../names/alerts.ts';

export interface StateLines extends Observer {
  /** Called when the handshake waits for the client, which the reference reports on a non-blocking socket. */
  blocked(): void;
}

/** stateLines prints every step of the handshake, and every alert (`-state`). */
export function stateLines(err: (text: string) => void): StateLines {
  let latest = '';
  return {
    state(where, name) {
      latest = name;
      err(`SSL_accept:${where === 'accept' ? '' : `${where} in `}${name}\n`);
    },
    alert(way, level, description) {
      const name = alert(description)?.longName ?? 'unknown';
      err(`SSL3 alert ${way}:${levelWord(level)}:${name}\n`);
    },
    blocked: () => err(`SSL_accept:error in ${latest}\n`),
  };
}

function levelWord(level: number): string {
  if (level === AlertLevel.warning) return 'warning';
  return level === AlertLevel.fatal ? 'fatal' : 'unknown';
}
