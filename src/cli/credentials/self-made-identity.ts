import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import type { ListenAddress } from '../../server/listening/listener.ts';
import { fingerprint, selfSigned } from '../../x509/issue/self-signed.ts';
import type { Identity } from './identities.ts';

/** selfMadeIdentity makes a certificate for this run, so that nobody needs to make one first. */
export function selfMadeIdentity(): Identity {
  const { key, certificate } = selfSigned({
    names: ['localhost', '127.0.0.1', '::1'],
    now: Date.now(),
    random: randomBytes,
  });
  return { key, certificate, chain: [] };
}

/** hintsAbout prints how a client reaches the server and recognises the certificate. */
export function hintsAbout({ certificate }: Identity, address: ListenAddress, answersRequests: boolean): string {
  const remark = answersRequests ? '' : ' # is answered with -www';
  return [
    'No -cert and no server.pem: using a self-signed certificate for localhost, made for this run\n',
    `SHA-256 fingerprint ${fingerprint(certificate)}\n`,
    answersRequests ? '' : `${talk(address)}\n`,
    `curl --insecure --pinnedpubkey 'sha256//${keyPin(certificate)}' ${target(address)}${remark}\n`,
  ].join('');
}

/** keyPin is the public key's pin: SHA-256 of the SubjectPublicKeyInfo in Base64. */
function keyPin(certificate: Uint8Array): string {
  const publicKey = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(publicKey).digest('base64');
}

/** talk is the client command for the terminal mode. */
function talk(address: ListenAddress): string {
  if ('path' in address) return `openssl s_client -unix '${address.path}'`;
  return `openssl s_client -connect ${hostAndPort(address)}`;
}

/** target is curl's argument. */
export function target(address: ListenAddress): string {
  if ('path' in address) return `--unix-socket '${address.path}' https://localhost/`;
  return `https://${hostAndPort(address)}/`;
}

function hostAndPort(address: Extract<ListenAddress, { port: string }>): string {
  const host = address.host ?? 'localhost';
  return `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
