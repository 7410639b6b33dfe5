import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createServer, isIPv4, isIPv6, type ListenOptions, type Server, type Socket } from 'node:net';
import type { ErrorLine } from '../../names/problems.ts';
import type { Accepting } from '../transport/transport.ts';
import { bindFailure, lookupFailure } from './listen-failure.ts';
import { servicePort } from './service-port.ts';

export type ListenAddress = InternetAddress | UnixAddress;

export interface InternetAddress {
  /** `IPv6` excludes IPv4; `any` prefers one socket for both. */
  readonly family: 'any' | 'IPv4' | 'IPv6';
  /** Absent: every address. */
  readonly host?: string;
  /** A port number or service name; empty, with a host, for any free port. */
  readonly port: string;
}

interface UnixAddress {
  readonly path: string;
  /** Removes an existing file at the path first. */
  readonly unlink?: boolean;
}

export interface ListenFailure {
  /** The lines of the reference's error queue. */
  readonly lines: readonly ErrorLine[];
}

/** Listener is a listening stream socket. */
export class Listener implements Accepting {
  readonly acceptLine: string;
  readonly host: string;
  readonly port: number;
  private readonly server: Server;
  private readonly path: string | undefined;
  private waiting: Socket[] = [];
  private take: ((socket: Socket) => void) | undefined;
  private open = true;

  constructor(server: Server, acceptLine: string, path?: string) {
    this.server = server;
    this.acceptLine = acceptLine;
    this.path = path;
    const address = server.address();
    const bound = address !== null && typeof address === 'object' ? address : { address: '', port: 0 };
    this.host = bound.address;
    this.port = bound.port;
    server.on('connection', (socket) => {
      if (!this.open) socket.destroy();
      else if (this.take === undefined) this.waiting.push(socket);
      else give(this.take, socket);
    });
    // Accepting fails when descriptors run out; existing connections are still served.
    server.on('error', () => {});
  }

  accept(take: (socket: Socket) => void): void {
    this.take = take;
    const waiting = this.waiting;
    this.waiting = [];
    for (const socket of waiting) {
      if (this.open) give(take, socket);
      else socket.destroy();
    }
  }

  /** close stops listening and removes the path of a unix socket, whoever made it, as the reference does. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    for (const socket of this.waiting) socket.destroy();
    this.waiting = [];
    this.server.close();
    if (this.path !== undefined) remove(this.path);
  }
}

/** give starts reading. Node would lose an end that arrives, and throw a reset, before there is a listener for it. */
function give(take: (socket: Socket) => void, socket: Socket): void {
  socket.resume();
  take(socket);
}

/** listen resolves the address and binds; of a host name's several addresses it takes one. */
export async function listen(address: ListenAddress): Promise<Listener | ListenFailure> {
  return 'path' in address ? listenOnPath(address) : listenOnPort(address);
}

async function listenOnPath({ path, unlink }: UnixAddress): Promise<Listener | ListenFailure> {
  if (unlink) remove(path);
  const bound = Buffer.byteLength(path) > longestPath ? { error: tooLong } : await bind({ path });
  if ('error' in bound) {
    const lines = bindFailure(bound.error, path);
    remove(path);
    return { lines };
  }
  return new Listener(bound.server, `ACCEPT localhost:${path}`, path);
}

/** Maximum length in bytes of a unix socket's path. Node's platform layer cuts off the rest. */
const longestPath = process.platform === 'linux' ? 107 : 103;
const tooLong: NodeJS.ErrnoException = Object.assign(new Error('Invalid argument'), { code: 'EINVAL' });

async function listenOnPort(address: InternetAddress): Promise<Listener | ListenFailure> {
  const endpoint = await endpointOf(address);
  if ('lines' in endpoint) return endpoint;
  const { fallback, ...where } = endpoint;
  let bound = await bind(where);
  if ('error' in bound && bound.error.code === 'EAFNOSUPPORT' && fallback !== undefined) {
    bound = await bind({ host: fallback, port: where.port });
  }
  if ('error' in bound) return { lines: bindFailure(bound.error) };
  return new Listener(bound.server, acceptLineOf(endpoint, bound.server.address()));
}

/** Endpoint is a resolved address to bind. */
export interface Endpoint {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly ipv6Only: boolean;
  /** The host to use where the system has no IPv6. */
  readonly fallback: string | undefined;
}

/** endpointOf looks up host and service. */
export async function endpointOf({ family, host, port: word }: InternetAddress): Promise<Endpoint | ListenFailure> {
  if (host === undefined && word === '') return { lines: lookupFailure('ENOTFOUND') };
  const port = word === '' ? 0 : servicePort(word);
  if (port === undefined) return { lines: lookupFailure('EAI_SERVICE') };
  const found = host === undefined ? { host: family === 'IPv4' ? '0.0.0.0' : '::' } : await resolve(host, family);
  if ('code' in found) return { lines: lookupFailure(found.code) };
  const fallback = host === undefined && family === 'any' ? '0.0.0.0' : undefined;
  return { ...found, port, ipv6Only: family === 'IPv6', fallback };
}

/** acceptLineOf is the line printed for a bound socket. */
export function acceptLineOf({ port }: Endpoint, bound: ReturnType<Server['address']>): string {
  return port === 0 ? `ACCEPT ${addressText(bound)}` : 'ACCEPT';
}

/** resolve returns the first address, or the second when that is the IPv6 form of the first. */
async function resolve(host: string, family: InternetAddress['family']): Promise<{ host: string } | { code: string }> {
  if (isOfOther(family, host)) return { code: 'EAI_ADDRFAMILY' };
  try {
    const { lookup } = await import('node:dns/promises');
    const wanted = { any: 0, IPv4: 4, IPv6: 6 }[family];
    const [first, second] = await lookup(host, { all: true, family: wanted, verbatim: true });
    if (first === undefined) return { code: 'ENOTFOUND' };
    const chosen = first.family === 4 && second?.family === 6 ? second : first;
    return { host: chosen.address };
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? '' };
  }
}

/** isOfOther recognizes a numeric address of the other family, which Node would accept. */
function isOfOther(family: InternetAddress['family'], host: string): boolean {
  if (family === 'IPv6') return isIPv4(host);
  return family === 'IPv4' && isIPv6(host) && !/^::ffff:[0-9.]+$/i.test(host);
}

type Bound = { readonly server: Server } | { readonly error: NodeJS.ErrnoException };

async function bind(where: ListenOptions): Promise<Bound> {
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
  try {
    server.listen({ ...where, backlog });
    await once(server, 'listening');
    return { server };
  } catch (error) {
    server.close();
    return { error: error as NodeJS.ErrnoException };
  }
}

/** The reference asks for 32, too few for many clients at once; the kernel has its own limit. */
const backlog = 4096;

function addressText(address: ReturnType<Server['address']>): string {
  if (address === null || typeof address === 'string') return '';
  return `${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

function remove(path: string): void {
  try {
    if (existsSync(path)) rmSync(path);
  } catch {
    // bind fails with an error if the path could not be removed.
  }
}
