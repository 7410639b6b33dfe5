import { type ResponderUrl, responderUrl, urlFault } from '../../x509/ocsp/responder-url.ts';
import { BadReply } from './http-reply.ts';

/** ProxyChoice decides which proxy a request goes through. */
export interface ProxyChoice {
  /** Undefined: taken from the environment. */
  readonly proxy: string | undefined;
  /** Host names, separated by commas or blanks, that are contacted directly. Undefined: taken from the environment. */
  readonly noProxy: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * proxyFor returns the proxy on the way to a server; undefined: none.
 * @throws {BadReply} for a proxy that is no address
 */
export function proxyFor(
  { secure, host }: Pick<ResponderUrl, 'secure' | 'host'>,
  { proxy, noProxy, environment }: ProxyChoice,
): ResponderUrl | undefined {
  const scheme = secure ? 'https' : 'http';
  const named = proxy ?? environment[`${scheme}_proxy`] ?? environment[`${scheme.toUpperCase()}_PROXY`];
  const exceptions = noProxy ?? environment.no_proxy ?? environment.NO_PROXY ?? '';
  if (named === undefined || named === '' || exceptions.split(/[ ,]/).includes(host)) return undefined;
  const found = responderUrl(named);
  if (found !== undefined) return found;
  throw new BadReply(urlFault(named));
}
