import { TlsError } from './tls-error.ts';

/** Options of `node:tls` that would change what a server does and come with a later release. */
export const notAvailableYet = ['clientCertEngine', 'privateKeyEngine', 'privateKeyIdentifier', 'enableTrace'] as const;

/**
 * Nothing is silently ignored. What is switched off or absent asks for nothing.
 * @throws {TlsError} ERR_SERVERHELLO_NOT_AVAILABLE
 */
export function refuseUnavailable(options: object): void {
  const given = options as Readonly<Record<string, unknown>>;
  const name = notAvailableYet.find((it) => given[it] !== undefined && given[it] !== null && given[it] !== false);
  if (name !== undefined)
    throw new TlsError('ERR_SERVERHELLO_NOT_AVAILABLE', `the option ${name} is not available yet`);
}
