import { createHash } from 'node:crypto';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { ErrorLine } from '../../names/problems.ts';
import type { Options } from '../options/index.ts';
import { Stop } from '../output/stop.ts';

/**
 * refuseWithoutAlgorithms ends the program if the providers and the query leave no algorithms.
 * @throws {Stop} with the reference's text
 */
export function refuseWithoutAlgorithms(options: Options): void {
  try {
    createHash('sha256');
  } catch {
    const { provider, propquery = '<null>', nocert, cert, key = cert } = options;
    // The base provider alone can read a key, without a query.
    const readsFiles = provider === 'base' && options.propquery === undefined;
    if (nocert || key === undefined || readsFiles) throw new Stop(errorLines([noCiphers]));
    const what = `Could not open file or uri for loading server certificate private key from ${key}\n`;
    throw new Stop(`${what}${errorLines(noLoader(propquery))}`);
  }
}

function noLoader(query: string): readonly ErrorLine[] {
  const words = `No store loader found. For standard store loaders you need at least one of the default or base providers available. Did you forget to load them? Info: Global default library context, Scheme (file : 0), Properties (${query})`;
  return [
    {
      library: storeLibrary,
      reason: 105,
      text: 'unregistered scheme',
      function: 'ossl_store_get0_loader_int',
      extra: 'scheme=file',
    },
    { library: storeLibrary, reason: 0x8010c, text: 'unsupported', function: 'inner_loader_fetch', extra: words },
  ];
}

const storeLibrary = 44;
const noCiphers = { library: 20, reason: 161, text: 'library has no ciphers', function: 'SSL_CTX_new_ex' };
