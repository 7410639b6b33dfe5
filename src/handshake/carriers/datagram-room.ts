import type { DatagramSettings } from '../flow/settings.ts';

/**
 * Bytes for records in a datagram to this peer. Without `-mtu` the reference learns the path MTU from a connected
 * socket, as with `-listen`; from the shared one it does not, and takes the smallest that it knows.
 */
export function datagramRoom(settings: DatagramSettings | undefined, peer = ''): number {
  const mtu = settings?.mtu ?? (settings?.listens ? pathMtu(peer) : leastMtu);
  return Math.min(mtu, largestMtu) - headersTo(peer);
}

/** Maximum length of our connection ids, in bytes. */
export const longestConnectionId = 20;

/** The minimum MTU, in bytes (`-mtu`). */
export const leastMtu = 256;

/** The path MTU is unknown here: loopback has the largest, any other path counts as Ethernet. */
function pathMtu(peer: string): number {
  return /^(127\.|\[::1\]|\[::ffff:127\.)/.test(peer) ? largestMtu : 1500;
}

/** One record of full length. */
const largestMtu = 16384;

/** Bytes of the headers of IP and UDP. */
function headersTo(peer: string): number {
  return peer.startsWith('[') && !peer.startsWith('[::ffff:') ? 48 : 28;
}
