import type { DatagramSettings } from '../flow/settings.ts';

/**
 * Bytes for records in a datagram to this peer. Without `-mtu` the reference learns the path MTU from a connected
 * socket, as with `-listen`; from the shared one it does not, and takes the smallest that it knows.
 */
export function datagramRoom(settings: DatagramSettings | undefined, peer = ''): number {
  const mtu = settings?.mtu ?? (settings?.listens ? pathMtu(peer) : leastMtu);
  return Math.min(mtu, largestMtu) - headersTo(peer);
}

/** The next smaller size for datagrams that seem not to arrive; the smallest stays. All in bytes without IP and UDP headers. */
export function smallerRoom(room: number): number {
  return smallerRooms.find((it) => it < room) ?? room;
}

/** What every IPv4 host accepts (RFC 791 section 3.1), and what the minimum MTU leaves. */
const smallerRooms = [548, 228];

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
