import type { CodePoint, Text } from '../../facts/decoding/value.ts';
import { type CipherSuite, cipherSuite } from '../../names/cipher-suites.ts';
import type { ProblemName } from '../../names/problems.ts';
import { broken, type Explanation, type Seen } from './seen.ts';
import { listText } from './shown.ts';

/** Cipher suites and compression. */
export const suiteExplanations = {
  noSharedCipher: (seen) => [offer(seen), `we allow ${seen.ours('suite')}; our keys: ${seen.keys}`, advice(seen)],
  errorInReceivedCipherList: broken('the list of cipher suites of the client cannot be read'),
  noCiphersSpecified: broken('the list of cipher suites in the ClientHello is empty'),
  requiredCipherMissing: broken('the client resumes a session but does not offer its cipher suite any more'),
  badCipher: broken('the second ClientHello leads to another cipher suite than the first'),
  noCompressionSpecified: broken('the client does not offer to go without compression'),
  invalidCompressionAlgorithm: broken('the client offers compression together with TLS 1.3'),
  inappropriateFallback: (seen) => [
    `client offers ${seen.offeredVersions} and says that this is a second attempt below its best (TLS_FALLBACK_SCSV)`,
    `we speak ${seen.ours('version')}, so something made the first attempt fail`,
    'look at the attempt before this one; to let this one pass limit us with -no_tls1_3, -no_tls1_2 and so on',
  ],
  badDecompression: broken('what the client compressed (a record, or its certificate) cannot be decompressed'),
  badCompressionAlgorithm: broken(
    'the certificate of the client is compressed in a way that we did not ask for',
    '-cert_comp names the ways; the client is to choose one of them',
  ),
} satisfies Partial<Record<ProblemName, Explanation>>;

function offer(seen: Seen): string {
  const suites = knownSuites(seen.hello?.cipherSuites ?? []);
  const kinds = [...new Set(suites.map(keyExchangeText))];
  const only = kinds.length === 1 ? `: ${kinds[0]} only` : '';
  return `client offers ${seen.offeredVersions} with ${listText(real(seen.hello?.cipherSuites ?? []))}${only}`;
}

function advice(seen: Seen): string {
  const { from = [], ours = [] } = seen.choice('suite') ?? {};
  const offered = knownSuites(from);
  const allowed = new Set(codes(ours));
  const common = offered.filter(({ code }) => allowed.has(code));
  if (common.length > 0) return unusable(common, seen);
  const [wanted] = offered.filter(({ minVersion }) => minVersion < 0x0304);
  if (wanted === undefined) return 'no suite of the client is one that we know; change its list';
  const { name, keyExchange, strengthBits } = wanted;
  const weak = strengthBits < 128 ? ':@SECLEVEL=0' : '';
  const named = keyExchange === 'RSA' ? 'kRSA' : name;
  return `add -cipher DEFAULT:${named}${weak}, or give the client ECDHE suites with AES-GCM or ChaCha20`;
}

/** Suites that both have, and why none of them can be used. */
function unusable(common: readonly CipherSuite[], seen: Seen): string {
  const kinds = new Set(common.map(({ authentication }) => authentication));
  const [first] = common;
  const both = `both have ${listText(common.slice(0, 3).map(({ name }) => name))}`;
  if (kinds.has('PSK')) return `${both}, which needs a key: -psk, or -psk_session`;
  if (kinds.has('SRP')) return `${both}, which needs a verifier: -srpvfile`;
  const wanted = kinds.has('RSA') ? 'RSA' : kinds.has('ECDSA') ? 'EC' : kinds.has('DSS') ? 'DSA' : undefined;
  const has = wanted !== undefined && seen.certificates.some(({ key }) => key.startsWith(wanted));
  if (wanted !== undefined && !has)
    return `${both}, for a certificate with a key of kind ${wanted}: give us one with -cert, or the client other suites`;
  if (first?.keyExchange === 'ECDHE')
    return `${both}, but no group for it: client has ${listText(seen.hello?.groups ?? [])}; see -groups`;
  return `${both}, but our certificate or our groups do not go with it: see -cert, -groups and -dhparam`;
}

function keyExchangeText({ keyExchange, minVersion }: CipherSuite): string {
  return minVersion >= 0x0304 ? 'TLS 1.3' : `${keyExchange} key exchange`;
}

/** The signals that look like suites left out. */
function real(points: readonly CodePoint[]): readonly CodePoint[] {
  return points.filter(({ code }) => code !== 0x00ff && code !== 0x5600);
}

function codes(list: readonly (CodePoint | Text)[]): readonly number[] {
  return list.map((it) => (typeof it === 'object' && 'code' in it ? it.code : -1));
}

function knownSuites(list: readonly (CodePoint | Text)[]): readonly CipherSuite[] {
  return codes(list)
    .map((code) => cipherSuite(code))
    .filter((it) => it !== undefined);
}
