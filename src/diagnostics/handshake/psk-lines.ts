import type { Observer } from '../../connection/observer.ts';

/** pskLines prints the look-up of the key of `-psk` (`-debug`). */
export function pskLines(out: (text: string) => void): Observer {
  return {
    note(kind, facts) {
      if (kind === 'pskWanted') out(wanted(facts));
      else if (kind === 'pskFetched' && 'keyLength' in facts) out(`fetched PSK len=${facts.keyLength}\n`);
    },
  };
}

function wanted(facts: object): string {
  if (!('identity' in facts && typeof facts.identity === 'string')) return 'psk_server_cb\n';
  const found = 'known' in facts && facts.known === true ? 'PSK client identity found\n' : '';
  return `psk_server_cb\nidentity_len=${Buffer.byteLength(facts.identity)} identity=${facts.identity}\n${found}`;
}
