import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import type { Cleanup } from './program.ts';

/** Where a client connects to, and what it verifies there. */
export interface Asked {
  readonly port: number;
  /** PEM file of the only root that it trusts. */
  readonly ca: string;
  readonly name: string;
}

/** A client that verifies certificates. */
export interface VerifyingClient {
  readonly name: string;
  readonly needs: readonly string[];
  /** Resolves with true if it has accepted the server, with what it says if not. */
  accepts(asked: Asked, test: Cleanup): Promise<true | string>;
}

const request = 'GET / HTTP/1.0\r\n\r\n';

/** verdictOf takes an exit status of 0, and the page where there is one, for acceptance. */
async function verdictOf(command: string, words: readonly string[], input = ''): Promise<true | string> {
  const { out, err, status } = await run(command, words, input);
  return status === 0 ? true : `${status} ${out}${err}`;
}

export const verifyingClients: readonly VerifyingClient[] = [
  {
    name: 'curl',
    needs: ['curl'],
    accepts: ({ port, ca, name }) =>
      verdictOf('curl', [
        ...['-sS', '--noproxy', '*', '--cacert', ca, '--resolve', `${name}:${port}:127.0.0.1`],
        `https://${name}:${port}/`,
      ]),
  },
  {
    name: 'openssl s_client',
    needs: ['openssl'],
    accepts: ({ port, ca, name }) => {
      const where = ['-connect', `127.0.0.1:${port}`, '-servername', name, '-CAfile', ca, '-no-CApath'];
      return verdictOf('openssl', ['s_client', ...where, '-verify_hostname', name, '-verify_return_error'], 'Q\n');
    },
  },
  {
    name: 'gnutls-cli',
    needs: ['gnutls-cli'],
    accepts: ({ port, ca, name }) => {
      const verified = ['--x509cafile', ca, '--verify-hostname', name];
      return verdictOf('gnutls-cli', [...verified, '--sni-hostname', name, '--port', `${port}`, '127.0.0.1'], request);
    },
  },
  {
    name: 'NSS tstclnt',
    needs: ['tstclnt', 'certutil'],
    accepts: async ({ port, ca, name }, test) => {
      const path = folder(test);
      const database = `sql:${path}`;
      const file = join(path, 'request');
      writeFileSync(file, request);
      await run('certutil', ['-N', '-d', database, '--empty-password']);
      await run('certutil', ['-A', '-d', database, '-n', 'root', '-t', 'C,,', '-i', ca]);
      return verdictOf('tstclnt', ['-h', '127.0.0.1', '-p', `${port}`, '-a', name, '-d', database, '-A', file]);
    },
  },
  {
    name: 'Python',
    needs: ['python3'],
    accepts: ({ port, ca, name }) => verdictOf('python3', ['-c', python, ca, String(port), name]),
  },
  {
    name: 'Node',
    needs: [],
    accepts: ({ port, ca, name }) => nodeAccepts({ port, ca, name }),
  },
];

const python = `
import socket, ssl, sys
ca, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
context = ssl.create_default_context(cafile=ca)
with context.wrap_socket(socket.create_connection(('127.0.0.1', port)), server_hostname=name) as connected:
    connected.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')
    assert connected.recv(1) == b'H'
`;

/** A process of its own: the tests' one may have another store. */
async function nodeAccepts({ port, ca, name }: Asked): Promise<true | string> {
  const code = `require('node:https').get({ host: '127.0.0.1', port: ${port}, servername: '${name}', agent: false,
    headers: { host: '${name}' }, ca: require('node:fs').readFileSync('${ca}') }, (answer) => answer.resume())
    .on('error', (error) => { console.error(error.message); process.exitCode = 1; })`;
  return verdictOf(process.execPath, ['-e', code]);
}

/** missingFor names a program that a client needs and that is not installed. */
export function missingFor({ needs }: Pick<VerifyingClient, 'needs'>): string | undefined {
  const missing = needs.find((name) => installed(name) === undefined);
  return missing && `${missing} is not installed`;
}
