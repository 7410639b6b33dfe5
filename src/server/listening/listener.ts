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
  /** A number or the name of a service; empty, with a host, for any free port. */
  readonly port: string;
}

export interface UnixAddress {
  readonly path: string;
  /** Removes what is at the path before. */
  readonly unlink?: boolean;
}

export interface ListenFailure {
  /** The lines of the reference's error queue. */
  readonly lines: readonly ErrorLine[];
}

/** A socket that listens. */
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
      else this.take(socket);
    });
    // Accepting fails when descriptors run out; those who are connected are served on.
    server.on('error', () => {});
  }

  accept(take: (socket: Socket) => void): void {
    this.take = take;
    const waiting = this.waiting;
    this.waiting = [];
    for (const socket of waiting) {
      if (this.open) take(socket);
      else socket.destroy();
    }
  }

  /** Stops listening. The path of a unix socket is removed, whoever made it: the reference does so too. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    for (const socket of this.waiting) socket.destroy();
    this.waiting = [];
    this.server.close();
    if (this.path !== undefined) remove(this.path);
  }
}

/** Resolves and binds; with a host name that has several addresses, one of them. */
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

/** Bytes that the system has room for in such an address. The platform layer of Node cuts off the rest. */
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

/** Where to bind. */
export interface Endpoint {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly ipv6Only: boolean;
  /** The host instead, where the system has no IPv6. */
  readonly fallback: string | undefined;
}

/** Looks up host and service. */
export async function endpointOf({ family, host, port: word }: InternetAddress): Promise<Endpoint | ListenFailure> {
  if (host === undefined && word === '') return { lines: lookupFailure('ENOTFOUND') };
  const port = word === '' ? 0 : servicePort(word);
  if (port === undefined) return { lines: lookupFailure('EAI_SERVICE') };
  const found = host === undefined ? { host: family === 'IPv4' ? '0.0.0.0' : '::' } : await resolve(host, family);
  if ('code' in found) return { lines: lookupFailure(found.code) };
  const fallback = host === undefined && family === 'any' ? '0.0.0.0' : undefined;
  return { ...found, port, ipv6Only: family === 'IPv6', fallback };
}

/** What is printed of the socket that was bound there. */
export function acceptLineOf({ port }: Endpoint, bound: ReturnType<Server['address']>): string {
  return port === 0 ? `ACCEPT ${addressText(bound)}` : 'ACCEPT';
}

/** The first address, or the second when that is the IPv6 form of the first. */
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

/** An address in figures that this family does not have; Node takes it whatever the family. */
function isOfOther(family: InternetAddress['family'], host: string): boolean {
  if (family === 'IPv6') return isIPv4(host);
  return family === 'IPv4' && isIPv6(host) && !/^::ffff:[0-9.]+$/i.test(host);
}

type Bound = { readonly server: Server } | { readonly error: NodeJS.ErrnoException };

async function bind(where: ListenOptions): Promise<Bound> {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  try {
    server.listen({ ...where, backlog });
    await once(server, 'listening');
    return { server };
  } catch (error) {
    server.close();
    return { error: error as NodeJS.ErrnoException };
  }
}

/** The reference asks for 32, which is little for clients that come all at once; the kernel has its own limit. */
const backlog = 4096;

function addressText(address: ReturnType<Server['address']>): string {
  if (address === null || typeof address === 'string') return '';
  return `${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

function remove(path: string): void {
  try {
    if (existsSync(path)) rmSync(path);
  } catch {
    // What cannot be removed is found again by bind, which tells.
  }
}
