import { Malformed } from '../../bytes/malformed.ts';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { Fetched } from '../../handshake/flow/fetched.ts';
import type { ClientAuthentication } from '../../handshake/flow/settings.ts';
import { type HttpGet, httpGet } from '../../server/http/http-client.ts';
import { BadReply } from '../../server/http/http-reply.ts';
import { type Crl, readCrl } from '../../x509/certificates/crl.ts';
import { type DistributionPoint, distributionPoints } from '../../x509/extensions/distribution-points.ts';
import type { VerifyParameters } from '../../x509/verify/parameters.ts';
import { type PathCertificate, pathCertificate } from '../../x509/verify/path-certificate.ts';
import { type TrustStore, Verify } from '../../x509/verify/run.ts';
import { verifyCertificate } from '../../x509/verify/verify.ts';

export interface CrlDownload {
  readonly trust: TrustStore;
  readonly parameters: VerifyParameters;
  /** Environment with the proxy for requests. */
  readonly environment: NodeJS.ProcessEnv;
  /** Prints failures. */
  err(text: string): void;
}

/** crlDownload fetches the lists named by the certificates of a chain, if revocation is checked (`-crl_download`). */
export function crlDownload(download: CrlDownload): NonNullable<ClientAuthentication['fetchCrls']> {
  return async (certificates, left, tell) => {
    const deadline = performance.now() + patience;
    const urls = checkedChain(certificates, download).flatMap(listAddresses);
    const crls: Crl[] = [];
    const requests = { left: mostRequests };
    for (const url of new Set(urls)) {
      if (left?.aborted || requests.left === 0) break;
      const crl = await fetched(url, { ...download, requests, deadline, left, tell });
      if (crl) crls.push(crl);
    }
    return crls;
  };
}

/** Milliseconds for all lists of a chain together: the client waits for them. */
const patience = 10_000;
/** Maximum number of requests for all lists, redirections included. */
const mostRequests = 20;
/** Lists exceed the 100 KiB that the reference accepts. */
const expected = { contentType: undefined, limit: 0xffffff };

/**
 * checkedChain returns the certificates whose revocation is checked, those from our store included. It returns none of
 * an untrusted chain, whose addresses a stranger may have chosen.
 */
function checkedChain(certificates: readonly Uint8Array[], { trust, parameters }: CrlDownload): PathCertificate[] {
  if (!parameters.crlCheck) return [];
  const [certificate, ...untrusted] = certificates.flatMap(readable);
  if (certificate === undefined) return [];
  const withoutLists = { ...parameters, crlCheck: false, crlCheckAll: false };
  const { chain, completed } = verifyCertificate({
    ...{ certificate, untrusted, store: trust, crls: [], parameters: withoutLists },
    now: () => Date.now(),
    // An expired certificate's signature still counts.
    watch: ({ ok, error }) => ok !== 'fault' || error === Verify.notYetValid || error === Verify.expired,
  });
  if (!completed) return [];
  return chain.slice(0, parameters.crlCheckAll ? chain.length : 1);
}

/** readable drops an unreadable certificate, which the handshake refuses. */
function readable(der: Uint8Array): PathCertificate[] {
  try {
    return [pathCertificate(der)];
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return [];
  }
}

/** listAddresses returns the first address of the lists, and of the delta lists. */
function listAddresses({ distributionPoints: points, facts }: PathCertificate): string[] {
  const freshest = facts.extensions.find(({ oid }) => oid === freshestCrl)?.value;
  return [points ?? [], freshest === undefined ? [] : soundPoints(freshest)].flatMap((it) => {
    const first = it.map(httpAddress).find((address) => address !== undefined);
    return first === undefined ? [] : [first];
  });
}

const freshestCrl = '2.5.29.46';

function soundPoints(value: Uint8Array): DistributionPoint[] {
  try {
    return distributionPoints(value);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return [];
  }
}

function httpAddress({ name }: DistributionPoint): string | undefined {
  if (name === undefined || !('names' in name)) return undefined;
  const uris = name.names.flatMap((it) => (it.kind === 'uri' ? [it.text] : []));
  return uris.find((uri) => uri.startsWith('http://') && URL.canParse(uri));
}

interface Fetching extends CrlDownload {
  readonly deadline: number;
  readonly left: AbortSignal | undefined;
  readonly tell: ((fetched: Fetched) => void) | undefined;
  readonly requests: HttpGet['requests'];
}

async function fetched(
  url: string,
  { environment, err, requests, deadline, left, tell }: Fetching,
): Promise<Crl | undefined> {
  const proxies = { proxy: undefined, noProxy: undefined, environment };
  try {
    const remaining = Math.max(1, deadline - performance.now());
    const crl = readCrl(await httpGet({ url, requests, proxies, expected, patience: remaining, stop: left }));
    tell?.({ what: 'crl', url, result: 'found' });
    return crl;
  } catch (error) {
    if (!(error instanceof BadReply || error instanceof Malformed)) throw error;
    if (left?.aborted) return undefined;
    tell?.({ what: 'crl', url, result: reasonOf(error) });
    err(`Unable to load CRL via CDP\n${error instanceof BadReply ? errorLines(error.lines) : ''}`);
    return undefined;
  }
}

function reasonOf(error: BadReply | Malformed): string {
  return (error instanceof BadReply ? error.lines.at(-1)?.text : undefined) ?? error.message;
}
