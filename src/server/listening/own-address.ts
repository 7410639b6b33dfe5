import { BlockList, type IPVersion, isIP } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { unmapped } from '../../bytes/ip-address.ts';

type Interface = Pick<NetworkInterfaceInfo, 'address' | 'family' | 'cidr' | 'internal'>;

/**
 * ownAddress returns the address at which `remote` reached this machine: `bound`, and for a datagram socket bound to
 * all addresses, one in the network of the remote, or else the first external one.
 */
export function ownAddress(bound: string, remote: string, interfaces = interfacesNow): string {
  if (bound !== '::' && bound !== '0.0.0.0') return bound;
  const peer = unmapped(remote);
  const family = isIP(peer) === 6 ? 'IPv6' : 'IPv4';
  const candidates = interfaces().filter((it) => it.family === family);
  const near = candidates.find((it) => reaches(it, peer)) ?? candidates.find(({ internal }) => !internal);
  return near?.address ?? bound;
}

function interfacesNow(): Interface[] {
  return Object.values(networkInterfaces()).flatMap((list) => list ?? []);
}

function reaches({ cidr, family }: Interface, remote: string): boolean {
  const [address, length] = cidr?.split('/') ?? [];
  if (address === undefined) return false;
  const type: IPVersion = family === 'IPv6' ? 'ipv6' : 'ipv4';
  const network = new BlockList();
  network.addSubnet(address, Number(length), type);
  return network.check(remote.replace(/%.*$/, ''), type);
}
