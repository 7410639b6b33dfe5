import { hostAndPort } from '../arguments/accept-address.ts';
import type { ServerRow } from './row.ts';

/** The address to listen on. */
export const network = [
  {
    name: 'port',
    takes: '+int',
    help: 'TCP/IP port to listen on for connections (default is 4433)',
    effect: 'TCP/UDP port on all addresses',
    default: '4433',
    conflicts: '0 and less are refused (use -accept 0 for any free port); the last of -port, -accept and -unix wins',
    since: '1.1.0',
  },
  {
    name: 'accept',
    takes: 'string',
    help: 'TCP/IP optional host and port to listen on for connections (default is *:4433)',
    effect: 'address to listen on: [host:]port, [v6]:port, *:port or :port; a single word is a port or a service name',
    default: '*:4433',
    conflicts: '"s_server: -accept argument malformed or ambiguous", exit 1; the last of -port, -accept and -unix wins',
    since: 'before 1.0',
    check: (value) => void hostAndPort(value),
  },
  {
    name: 'unix',
    takes: 'string',
    help: 'Unix domain socket to accept on',
    effect: 'listen on a unix socket path',
    conflicts: `with DTLS: "Can't use unix sockets and datagrams together", exit 1; the last of -port, -accept and -unix wins`,
    versions: 'TLS',
    since: '1.1.0',
    completes: 'file',
  },
  {
    name: 'unlink',
    takes: 'flag',
    help: 'For -unix, unlink existing socket first',
    effect: 'remove the unix path before binding',
    conflicts: 'no effect without -unix',
    versions: 'TLS',
    since: '1.1.0',
  },
  {
    name: '4',
    takes: 'flag',
    help: 'Use IPv4 only',
    effect: 'IPv4 only',
    conflicts: 'last of -4/-6/-unix wins',
    since: '1.1.0',
  },
  {
    name: '6',
    takes: 'flag',
    help: 'Use IPv6 only',
    effect: 'IPv6 only (v6-only socket)',
    conflicts: 'last of -4/-6/-unix wins',
    since: '1.1.0',
  },
] as const satisfies readonly ServerRow[];
