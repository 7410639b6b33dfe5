import { readFile } from 'node:fs/promises';
import { Malformed } from '../../bytes/malformed.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import type { StatusAnswer, StatusLookup, StatusQuestion } from '../../handshake/flow/status-lookup.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { httpPost } from '../../server/http/http-client.ts';
import { proxyFor } from '../../server/http/http-proxy.ts';
import { BadReply } from '../../server/http/http-reply.ts';
import { systemFault } from '../../x509/files/store.ts';
import { aboutWhich } from '../../x509/ocsp/about-which.ts';
import { ocspRequest } from '../../x509/ocsp/request.ts';
import { type ResponderUrl, responderAddress, responderUrl, urlFault } from '../../x509/ocsp/responder-url.ts';
import { readOcspResponse } from '../../x509/ocsp/response.ts';
import { type PathCertificate, pathCertificate } from '../../x509/verify/path-certificate.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import type { Given } from '../arguments/given.ts';
import type { Options } from '../options/index.ts';

/** certificateStatus returns the settings of `-status` and its variants. */
export function certificateStatus(
  options: Options,
  given: readonly Given[],
  trust: TrustStore,
  environment: NodeJS.ProcessEnv,
): Pick<Settings, 'ocsp'> {
  if (!wanted.some((name) => options[name] !== undefined)) return {};
  const files = given.filter(({ name }) => name === 'status_file').map(({ value }) => String(value));
  const responder = { options, trust, environment };
  const lookUp: StatusLookup = (question) => {
    const tell = options.status_verbose ? question.tell : unlessVerbose(question.tell);
    tell({ what: 'asked' });
    const ofChain = options.status_all === true;
    const asked = { ...question, tell };
    if (files.length === 0) return askResponders(asked, responder, ofChain);
    return ofChain ? fromFiles(files, asked) : fromFile(files.at(-1) ?? '', asked);
  };
  return { ocsp: lookUp };
}

const wanted = ['status', 'status_verbose', 'status_timeout', 'status_url', 'status_file', 'status_all'] as const;

/** unlessVerbose drops the steps that only `-status_verbose` reports. */
function unlessVerbose(tell: StatusQuestion['tell']): StatusQuestion['tell'] {
  return (step) => {
    if (!['asked', 'responder', 'found'].includes(step.what)) tell(step);
  };
}

/** fromFile reads in each handshake, so that another process can keep the file fresh. */
async function fromFile(file: string, { tell }: StatusQuestion): Promise<StatusAnswer> {
  const response = await readResponse(file, tell);
  if (response === undefined) return 'fatal';
  tell({ what: 'found', responses: [response], ofChain: false });
  return [response];
}

/**
 * fromFiles assigns each file to the certificate it is about; an unclear one to the certificate at its own position. Up
 * to TLS 1.2 only that of the first certificate is used.
 */
async function fromFiles(files: readonly string[], { chain, room, tell }: StatusQuestion): Promise<StatusAnswer> {
  const responses: (Uint8Array | undefined)[] = chain.map(() => undefined);
  for (const [place, file] of files.entries()) {
    const response = await readResponse(file, tell);
    if (response === undefined) return 'fatal';
    const indexes = aboutWhich(response, chain);
    const free = (indexes.length > 0 ? indexes : [place]).find((it) => responses[it] === undefined);
    if (free !== undefined && free < responses.length) responses[free] = response;
  }
  const wanted = responses.slice(0, room === 'chain' ? chain.length : 1);
  tell({ what: 'found', responses: wanted, ofChain: true });
  return wanted;
}

async function readResponse(file: string, tell: StatusQuestion['tell']): Promise<Uint8Array | undefined> {
  let content: Uint8Array;
  try {
    content = await readFile(file);
  } catch (error) {
    const { errno, text } = systemFault(error);
    tell({ what: 'cannotOpen', file, reason: text, lines: cannotOpenLines(file, errno, text) });
    return undefined;
  }
  const response = derOf(content);
  if (response === undefined) tell({ what: 'cannotRead', file, lines: unreadableLines(content) });
  return response;
}

/** derOf returns the response without bytes after it; undefined for anything else. */
function derOf(content: Uint8Array): Uint8Array | undefined {
  try {
    return Uint8Array.from(readOcspResponse(content).der);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}

function cannotOpenLines(file: string, errno: number, text: string): ErrorLine[] {
  const where = 'BIO_new_file';
  const noSuchFile = { library: 32, reason: 128, text: 'no such file', function: where };
  return [
    { library: 2, reason: errno, text, function: where, extra: `calling fopen(${file}, rb)` },
    errno === 2 ? noSuchFile : { ...noSuchFile, reason: 0x80002, text: 'system lib' },
  ];
}

interface Responder {
  readonly options: Options;
  readonly trust: TrustStore;
  readonly environment: NodeJS.ProcessEnv;
}

/** askResponders asks one after the other, all within the time-out for one: the client waits. */
async function askResponders(question: StatusQuestion, from: Responder, ofChain: boolean): Promise<StatusAnswer> {
  const deadline = performance.now() + patienceOf(from.options);
  const responses: (Uint8Array | undefined)[] = [];
  const chain = question.chain.map((der) => pathCertificate(der));
  const issuers = chain.slice(1);
  for (const certificate of ofChain && question.room === 'chain' ? chain : chain.slice(0, 1)) {
    if (question.left?.aborted) break;
    const found = await askOne(certificate, issuers, question, { ...from, deadline });
    if (found === 'fatal') return found;
    responses.push(found);
  }
  const { tell } = question;
  if (ofChain || responses[0] !== undefined) tell({ what: 'found', responses, ofChain });
  return responses;
}

/** askOne returns undefined if there is no response, which is no error. */
async function askOne(
  certificate: PathCertificate,
  issuers: readonly PathCertificate[],
  { requestExtensions, left, tell, fetched }: StatusQuestion,
  { options, trust, environment, deadline }: Responder & { readonly deadline: number },
): Promise<Uint8Array | undefined | 'fatal'> {
  const to = responderOf(certificate, options, tell);
  if (to === 'fatal' || to === undefined) return to;
  const issuer = [...issuers, ...trust.certificatesOf(certificate.issuer)].find(
    ({ subject }) => subject === certificate.issuer,
  );
  if (issuer === undefined) {
    tell({ what: 'noIssuer' });
    return undefined;
  }
  try {
    const proxy = proxyFor(to, { proxy: options.proxy, noProxy: options.no_proxy, environment });
    const body = ocspRequest(certificate.facts, issuer.facts, requestExtensions);
    const patience = Math.max(1, deadline - performance.now());
    const content = await httpPost({ to, proxy, body, patience, stop: left, contentType, expected });
    const response = derOf(content);
    const lines = response === undefined ? unreadableLines(content) : [];
    fetched({ what: 'ocsp', url: urlOf(to), result: response ? 'found' : (lines.at(-1)?.text ?? 'unreadable') });
    if (response === undefined) tell({ what: 'queryFailed', lines });
    return response;
  } catch (error) {
    if (!(error instanceof BadReply)) throw error;
    // The client has gone: that is no failure of the responder.
    if (left?.aborted) return undefined;
    fetched({ what: 'ocsp', url: urlOf(to), result: error.lines.at(-1)?.text ?? error.message });
    tell({ what: 'queryFailed', lines: error.lines });
    return undefined;
  }
}

function urlOf({ secure, host, port, path }: ResponderUrl): string {
  return `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
}

const contentType = 'application/ocsp-request';
const expected = { contentType: 'application/ocsp-response', limit: 102_400 };

/** responderOf prefers the certificate's responder to the option's. */
function responderOf(
  { facts }: PathCertificate,
  { status_url: fallback }: Options,
  tell: StatusQuestion['tell'],
): ResponderUrl | undefined | 'fatal' {
  const address = responderAddress(facts);
  if (address === undefined) {
    if (fallback === undefined) tell({ what: 'noResponder' });
    return fallback === undefined ? undefined : responderUrl(fallback);
  }
  const url = responderUrl(address);
  tell(url === undefined ? { what: 'unusableUrl', lines: [urlFault(address)] } : { what: 'responder', url: address });
  return url ?? 'fatal';
}

/** patienceOf returns milliseconds. The reference waits for ever by default; no client waits that long. */
function patienceOf({ status_timeout: seconds = 0 }: Options): number {
  return seconds > 0 ? Math.min(seconds * 1000, longestPatience) : longestPatience;
}

const longestPatience = 60_000;

/** unreadableLines has the reference's error lines for bytes that are no response. */
function unreadableLines(content: Uint8Array): ErrorLine[] {
  const [tag, first = 0, inner] = content;
  if (tag === undefined) return [];
  if (content.length === 1) return [asn1Line(123, 'header too long', 'ASN1_get_object')];
  const isCut = first > 0x80 || content.length - 2 < first;
  if (isCut) return [asn1Line(142, 'not enough data', 'asn1_d2i_read_bio')];
  const wrongTag = asn1Line(168, 'wrong tag', 'asn1_check_tlen');
  const nested = (where: string, extra = '') => asn1Line(0x8010a, 'nested asn1 error', where, extra);
  if (tag !== sequenceTag) return [wrongTag, nested('asn1_item_embed_d2i', 'Type=OCSP_RESPONSE')];
  if (inner === enumeratedTag) return [wrongTag];
  const place = 'Field=responseStatus, Type=OCSP_RESPONSE';
  return [wrongTag, nested('asn1_d2i_ex_primitive'), nested('asn1_template_noexp_d2i', place)];
}

const sequenceTag = 0x30;
const enumeratedTag = 0x0a;

function asn1Line(reason: number, text: string, where: string, extra?: string): ErrorLine {
  return { library: 13, reason, text, function: where, ...(extra !== undefined && { extra }) };
}
