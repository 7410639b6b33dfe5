import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import type { ListenAddress } from '../../server/listener.ts';
import { fingerprint, selfSigned } from '../../x509/self-signed.ts';
import type { Output } from '../output/output.ts';
import type { Identity } from './identities.ts';

/** A certificate for this run only, so that nobody needs to make one first. Stderr tells how a client recognises it. */
export function selfMadeIdentity(address: ListenAddress, output: Output, answersRequests: boolean): Identity {
  const { key, certificate } = selfSigned({
    names: ['localhost', '127.0.0.1', '::1'],
    now: Date.now(),
    random: randomBytes,
  });
  output.err('No -cert and no server.pem: using a self-signed certificate for localhost, made for this run\n');
  output.err(`SHA-256 fingerprint ${fingerprint(certificate)}\n`);
  if (!answersRequests) output.err(`${talk(address)}\n`);
  const remark = answersRequests ? '' : ' # is answered with -www';
  output.err(`curl --insecure --pinnedpubkey 'sha256//${keyPin(certificate)}' ${target(address)}${remark}\n`);
  return { key, certificate, chain: [] };
}

/** Of the public key, as clients pin it: SHA-256 of the SubjectPublicKeyInfo in Base64. */
function keyPin(certificate: Uint8Array): string {
  const publicKey = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(publicKey).digest('base64');
}

/** For a server that talks with its clients. */
function talk(address: ListenAddress): string {
  if ('path' in address) return `openssl s_client -unix '${address.path}'`;
  return `openssl s_client -connect ${hostAndPort(address)}`;
}

/** Where curl goes. A free port is not known before the socket is open. */
function target(address: ListenAddress): string {
  if ('path' in address) return `--unix-socket '${address.path}' https://localhost/`;
  return `https://${hostAndPort(address)}/`;
}

function hostAndPort(address: Extract<ListenAddress, { port: string }>): string {
  const host = address.host ?? 'localhost';
  const port = address.port === '0' || address.port === '' ? 'PORT' : address.port;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
