import type { Settings } from '../handshake/flow/settings.ts';
import { ownCertificateFact } from './certificate-facts.ts';
import type { Telling } from './fact.ts';

/** Where a server listens: a path, or an address and port. */
export type Listening = { readonly path: string } | { readonly address: string; readonly port: number };

/** The fact `listening` with the certificates that clients can be shown. */
export function listeningFact(where: Listening, settings: Settings): Telling<'listening'> {
  const { credentials, serverName, datagrams } = settings;
  const second = typeof serverName === 'object' ? serverName.settings.credentials : [];
  const leaves = [...credentials, ...second].flatMap(({ chain }) => chain.slice(0, 1));
  return {
    ...('path' in where ? { path: where.path } : { address: where.address, port: where.port }),
    transport: 'path' in where ? 'unix' : datagrams ? 'udp' : 'tcp',
    certificates: leaves.map(ownCertificateFact),
    connect: connectLines(where, datagrams !== undefined),
  };
}

function connectLines(where: Listening, overDatagrams: boolean): readonly string[] {
  if ('path' in where) return [`openssl s_client -unix ${where.path}`];
  const host = reachable(where.address);
  const target = `${host.includes(':') ? `[${host}]` : host}:${where.port}`;
  if (overDatagrams) return [`openssl s_client -dtls -connect ${target}`];
  return [`openssl s_client -connect ${target}`, `curl --insecure https://${target}/`];
}

/** A client on this machine cannot connect to the address that stands for all. */
function reachable(address: string): string {
  return address === '::' || address === '0.0.0.0' ? 'localhost' : address;
}
