import { lookup } from 'node:dns/promises';
import { bindDatagrams } from './datagram-listener.ts';

/** ListenWhere is the address of a library server. */
export interface ListenWhere {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** An IPv6 address accepts no IPv4 clients. False unless given. */
  readonly ipv6Only?: boolean | undefined;
}

type Listening = () => void;

export type ListenArguments = readonly [
  where?: number | ListenWhere | undefined,
  host?: string | Listening | undefined,
  listening?: Listening | undefined,
];

/** listenArguments unifies the forms of `listen`. */
export function listenArguments(given: ListenArguments): { where: ListenWhere; listening: Listening | undefined } {
  const [first, second, third] = given;
  const listening = typeof second === 'function' ? second : third;
  if (typeof first === 'object') return { where: first, listening };
  return { where: { port: first, host: typeof second === 'string' ? second : undefined }, listening };
}

/** bindForLibrary looks the host up and binds a UDP socket there; an error keeps the system's code. */
export async function bindForLibrary({
  port = 0,
  host,
  ipv6Only = false,
}: ListenWhere): ReturnType<typeof bindDatagrams> {
  try {
    const address = host === undefined ? '::' : (await lookup(host)).address;
    return await bindDatagrams({ host: address, port, ipv6Only, fallback: host === undefined ? '0.0.0.0' : undefined });
  } catch (error) {
    return { error: error as NodeJS.ErrnoException };
  }
}
