import type { Statistics } from '../../sessions/statistics.ts';

export interface SessionCache {
  /** Sessions in the cache now. */
  readonly items: number;
  /** Maximum number of sessions, 128 unless given. */
  readonly size?: number;
}

/** statisticsText is the twelve lines of the `S` key, of the status page and of the program's end. */
export function statisticsText(statistics: Statistics, cache: SessionCache): string {
  const rows: readonly (readonly [number, string])[] = [
    [cache.items, 'items in the session cache'],
    [0, 'client connects (SSL_connect())'],
    [0, 'client renegotiates (SSL_connect())'],
    [0, 'client connects that finished'],
    [statistics.accepts, 'server accepts (SSL_accept())'],
    [statistics.renegotiates, 'server renegotiates (SSL_accept())'],
    [statistics.finished, 'server accepts that finished'],
    [statistics.hits, 'session cache hits'],
    [statistics.misses, 'session cache misses'],
    [statistics.timeouts, 'session cache timeouts'],
    [statistics.callbackHits, 'callback cache hits'],
    [statistics.cacheFull, `cache full overflows (${cache.size ?? defaultSize} allowed)`],
  ];
  return rows.map(([count, what]) => `${String(count).padStart(4)} ${what}\n`).join('');
}

const defaultSize = 128;
