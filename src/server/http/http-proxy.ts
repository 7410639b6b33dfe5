import { type ResponderUrl, responderUrl, urlFault } from '../../x509/ocsp/responder-url.ts';
import { BadReply } from './http-reply.ts';

/** What says through which proxy requests go. */
export interface ProxyChoice {
  /** Undefined: as the environment says. */
  readonly proxy: string | undefined;
  /** Names of servers, with commas or blanks between them, that are asked without one. Undefined: as the environment says. */
  readonly noProxy: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The proxy on the way to a server; undefined: none. @throws {BadReply} where what is named is no address */
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
