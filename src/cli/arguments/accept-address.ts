import type { InternetAddress, ListenAddress } from '../../server/listening/listener.ts';
import { Stop } from '../output/stop.ts';
import type { Given } from './given.ts';

export type HostAndPort = Pick<InternetAddress, 'host' | 'port'>;

/**
 * listenAddress returns the address to listen on; of `-port`, `-accept` and `-unix` the last one counts, of `-4` and
 * `-6` too.
 */
export function listenAddress(given: readonly Given[]): ListenAddress {
  let family: InternetAddress['family'] = 'any';
  let path: string | undefined;
  let address: HostAndPort = { port: defaultPort };
  for (const { name, value } of given) {
    switch (name) {
      case '4':
      case '6':
        // After -unix no address is left, and listening fails.
        if (path !== undefined) address = { port: '' };
        path = undefined;
        family = name === '4' ? 'IPv4' : 'IPv6';
        break;
      case 'unix':
        path = String(value);
        break;
      case 'port':
      case 'accept':
        if (path !== undefined) family = 'any';
        path = undefined;
        address = name === 'port' ? { port: String(value) } : hostAndPort(String(value));
        break;
    }
  }
  if (path === undefined) return { family, ...address, ...(staysLocal(given, address) && { host: loopback(family) }) };
  return { path, unlink: given.some(({ name }) => name === 'unlink') };
}

/** staysLocal is true with `-mint`, unless `-accept` says more than a port: nobody else needs our certificates. */
function staysLocal(given: readonly Given[], { host }: HostAndPort): boolean {
  if (host !== undefined || !given.some(({ name }) => name === 'mint')) return false;
  const last = given.findLast(({ name }) => name === 'accept' || name === 'port');
  return !String(last?.value ?? '').includes(':');
}

function loopback(family: InternetAddress['family']): string {
  return family === 'IPv6' ? '::1' : '127.0.0.1';
}

/**
 * hostAndPort parses `host:port`, `[v6]:port`, `*:port`, `:port`; a word without a colon is a port.
 * @throws {Stop} for an unclosed bracket and for an IPv6 address without brackets
 */
export function hostAndPort(text: string): HostAndPort {
  const match = bracketed.exec(text) ?? plain.exec(text);
  if (match === null) throw new Stop('s_server: -accept argument malformed or ambiguous\n');
  const [, host, port] = match;
  return { ...(host && host !== '*' && { host }), port: port === undefined || port === '*' ? '' : port };
}

const defaultPort = '4433';
const bracketed = /^\[([^\]]*)\](?::([^:]*))?$/;
const plain = /^(?:((?!\[)[^:]*):)?((?!\[)[^:]*|(?<=:)[^:]*)$/;
