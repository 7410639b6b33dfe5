import { latin1 } from '../bytes/hex.ts';
import type { Notes, Observer } from '../connection/observer.ts';

/** Where the lines go. */
export interface NoteStreams {
  out(text: string): void;
  err(text: string): void;
}

/** The lines that the reference prints while a handshake chooses and a cache is asked. */
export function negotiationNotes({ out, err }: NoteStreams): Observer {
  const lines: { readonly [K in keyof Notes]: (facts: Notes[K]) => void } = {
    alpn({ offered, selected }) {
      out(`ALPN protocols advertised by the client: ${offered.map(latin1).join(', ')}\n`);
      if (selected) out(`ALPN protocols selected: ${latin1(selected)}\n`);
    },
    serverName({ name, switched }) {
      out(`Hostname in TLS extension: "${printable(name)}"\n`);
      if (switched) out('Switching server context.\n');
    },
    sessionLookup({ found }) {
      err(`Lookup session: cache ${found ? 'hit' : 'miss'}\n`);
    },
    sessionStored() {
      err('New session added to external cache\n');
    },
  };
  return { note: (kind, facts) => lines[kind](facts) };
}

function printable(name: Uint8Array): string {
  return Array.from(name, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}
