import { delimiter } from 'node:path';
import { DirectoryTrustStore, joinStores, MemoryTrustStore } from '../../x509/trust-store.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { Stop } from '../stop.ts';
import { type Argument, program } from './arguments.ts';
import { fileStore, readCertificates, systemFileStore, uriStore } from './files.ts';

/**
 * Where trusted certificates come from: `-trusted` alone, or files, directories and stores, with those of the system
 * where none are named and none are refused.
 * @throws {Stop}
 */
export function trustStoreFrom(options: readonly Argument[], environment: NodeJS.ProcessEnv): TrustStore {
  const trusted = options.filter(({ name }) => name === 'trusted');
  const last = (name: string) => options.findLast((it) => it.name === name)?.value;
  const [file, directory, uri] = [last('CAfile'), last('CApath'), last('CAstore')];
  if (trusted.length > 0) {
    const certificates = trusted.flatMap(({ value }) => readCertificates(value, 'trusted certificates'));
    if (file !== undefined || directory !== undefined || uri !== undefined) {
      throw new Stop(`${program}: Cannot use -trusted with -CAfile, -CApath or -CAstore\n`);
    }
    return new MemoryTrustStore({ certificates }, { givesOnce: true });
  }
  const refuses = (name: string) => last(`no-${name}`) !== undefined;
  const stores: TrustStore[] = [];
  if (file !== undefined) stores.push(fileStore(file));
  else if (!refuses('CAfile')) stores.push(systemFileStore(environment.SSL_CERT_FILE ?? systemFile));
  if (directory !== undefined) stores.push(...directories(directory));
  else if (!refuses('CApath')) stores.push(...directories(environment.SSL_CERT_DIR ?? systemDirectory));
  if (uri !== undefined) stores.push(uriStore(uri));
  return joinStores(stores);
}

/** The places of OpenSSL on Debian. */
const systemFile = '/usr/lib/ssl/cert.pem';
const systemDirectory = '/usr/lib/ssl/certs';

function directories(list: string): TrustStore[] {
  return list
    .split(delimiter)
    .filter((it) => it !== '')
    .map((it) => new DirectoryTrustStore(it));
}
