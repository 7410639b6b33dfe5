import { LoadFailure } from '../../x509/files/load-failure.ts';
import { joinStores, MemoryTrustStore } from '../../x509/trust/trust-store.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { failureText } from '../credentials/identities.ts';
import { Stop } from '../output/stop.ts';
import { directoryStores, fileStore, systemStores, uriStore } from '../trust/trust-stores.ts';
import { type Argument, program } from './arguments.ts';
import { readCertificates } from './files.ts';

/**
 * trustStoreFrom opens the sources of trusted certificates: `-trusted` alone, or files, directories and stores, with
 * the system's unless others are named or they are refused.
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
  const system = systemStores(environment);
  const stores: TrustStore[] = [];
  if (file !== undefined) stores.push(loading('file', file, fileStore));
  else if (!refuses('CAfile')) stores.push(system.file());
  if (directory !== undefined) stores.push(...directoryStores(directory));
  else if (!refuses('CApath')) stores.push(...system.directories());
  if (uri !== undefined) stores.push(loading('store URI', uri, uriStore));
  return joinStores(stores);
}

function loading(what: string, name: string, load: (name: string) => TrustStore): TrustStore {
  try {
    return load(name);
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    throw new Stop(`Error loading ${what} ${name}\n${failureText(error)}`);
  }
}
