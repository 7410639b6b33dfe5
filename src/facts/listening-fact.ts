import type { Settings } from '../handshake/flow/settings.ts';
import { type OwnCertificate, ownCertificateFact } from './certificate-facts.ts';
import type { Telling } from './fact.ts';

/** Listening is a server's path, or its address and port. */
export type Listening = { readonly path: string } | { readonly address: string; readonly port: number };

/** listeningFact describes a listening server with its certificates. */
export function listeningFact(where: Listening, settings: Settings): Telling<'listening'> {
  const { datagrams } = settings;
  return {
    ...('path' in where ? { path: where.path } : { address: where.address, port: where.port }),
    transport: 'path' in where ? 'unix' : datagrams ? 'udp' : 'tcp',
    certificates: shownCertificates(settings),
    connect: connectLines(where, datagrams !== undefined),
  };
}

/** The certificates that clients can be shown. */
export function shownCertificates({ credentials, serverName }: Settings): readonly OwnCertificate[] {
  const second = typeof serverName === 'object' ? serverName.settings.credentials : [];
  const leaves = [...credentials, ...second].flatMap(({ chain }) => chain.slice(0, 1));
  return leaves.map(ownCertificateFact);
}

function connectLines(where: Listening, overDatagrams: boolean): readonly string[] {
  if ('path' in where) return [`openssl s_client -unix ${where.path}`];
  const host = reachable(where.address);
  const target = `${host.includes(':') ? `[${host}]` : host}:${where.port}`;
  if (overDatagrams) return [`openssl s_client -dtls -connect ${target}`];
  return [`openssl s_client -connect ${target}`, `curl --insecure https://${target}/`];
}

/** reachable replaces the unspecified address, to which clients cannot connect. */
function reachable(address: string): string {
  return address === '::' || address === '0.0.0.0' ? 'localhost' : address;
}
