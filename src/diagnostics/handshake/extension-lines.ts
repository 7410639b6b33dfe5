import { hexDump } from '../../bytes/hex-dump.ts';
import type { Observer } from '../../connection/observer.ts';
import { extensionDebugName } from '../../names/extensions.ts';

/** extensionLines prints the client's extensions that the reference knows, in hex (`-tlsextdebug`). */
export function extensionLines(out: (text: string) => void): Observer {
  return {
    extension(_way, type, bytes) {
      const name = extensionDebugName(type) || 'unknown';
      out(`TLS client extension "${name}" (id=${type}), len=${bytes.length}\n${hexDump(bytes)}`);
    },
  };
}
