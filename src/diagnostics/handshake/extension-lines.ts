import { hexDump } from '../../bytes/hex-dump.ts';
import type { Observer } from '../../connection/observer.ts';
import { extensionDebugName } from '../../names/extensions.ts';

/** `-tlsextdebug`: the extensions that the client sends, as far as the reference knows them, in hex. */
export function extensionLines(out: (text: string) => void): Observer {
  return {
    extension(_way, type, bytes) {
      const name = extensionDebugName(type) || 'unknown';
      out(`TLS client extension "${name}" (id=${type}), len=${bytes.length}\n${hexDump(bytes)}`);
    },
  };
}
