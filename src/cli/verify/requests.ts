import { createInterface } from 'node:readline';
import { Malformed } from '../../bytes/malformed.ts';
import { nameText, verifyErrorFact } from '../../facts/certificate-facts.ts';
import type { Json, Text } from '../../facts/decoding/value.ts';
import type { Telling } from '../../facts/fact.ts';
import { FactStream } from '../../facts/fact-stream.ts';
import type { Crl } from '../../x509/certificates/crl.ts';
import { MemoryTrustStore } from '../../x509/trust/trust-store.ts';
import { type TrustedContent, trustedContent } from '../../x509/trust/trusted-file.ts';
import type { PathCertificate } from '../../x509/verify/path-certificate.ts';
import { verifyCertificate } from '../../x509/verify/verify.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';
import { verifyParameters } from '../trust/verification-parameters.ts';
import { type Argument, argument } from './arguments.ts';
import { readCertificates, readCrls } from './files.ts';
import { isTolerated } from './report.ts';

/**
 * Answers each line of the input, a JSON object, with one line. All of a request are lists of PEM texts or file names:
 * `chain` (leaf first; what follows may become intermediates), `untrusted`, `trusted`, `crls`. `parameters` holds the
 * options by their names without dash, `true` for those without a value, lists for those given several times. `id` is
 * returned. An answer is a fact `verification`.
 * @returns 0 when every chain was in order, otherwise 2
 */
export async function answerRequests(
  input: NodeJS.ReadableStream,
  options: readonly Argument[],
  output: Output,
): Promise<number> {
  let exitCode = 0;
  const stream = new FactStream({ emit: (fact) => output.out(`${JSON.stringify(fact)}\n`) });
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const answer = answered(line, options);
    if (!answer.ok) exitCode = 2;
    stream.tell('verification', answer);
  }
  return exitCode;
}

type Answer = Telling<'verification'>;

function answered(line: string, options: readonly Argument[]): Answer {
  let id: Json | undefined;
  try {
    const request: unknown = JSON.parse(line);
    if (!isRecord(request)) throw new Stop('not an object');
    // It comes from JSON.parse.
    id = request.id as Json | undefined;
    return { ...(id !== undefined && { id }), ...verdictOf(request, options) };
  } catch (error) {
    const isTheirs = error instanceof Stop || error instanceof SyntaxError || error instanceof Malformed;
    if (!isTheirs) throw error;
    const problem = error instanceof Stop ? error.text.trimEnd() : error.message;
    return { ...(id !== undefined && { id }), ok: false, problem };
  }
}

function verdictOf(request: Readonly<Record<string, unknown>>, options: readonly Argument[]): Answer {
  const certificates = (name: string) => texts(request, name).flatMap((it) => certificatesFrom(it));
  const [leaf, ...others] = certificates('chain');
  if (leaf === undefined) throw new Stop('no chain');
  const faults: Fault[] = [];
  const verdict = verifyCertificate({
    certificate: leaf,
    untrusted: [...others, ...certificates('untrusted')],
    store: new MemoryTrustStore({ certificates: certificates('trusted') }),
    crls: texts(request, 'crls').flatMap((it) => crlsFrom(it)),
    parameters: verifyParameters([...options, ...parametersOf(request.parameters)]),
    now: () => Date.now(),
    watch: ({ ok, error, depth, certificate }) => {
      if (ok !== 'fault') return true;
      const goesOn = isTolerated(error);
      faults.push({ depth, subject: certificate ? subjectOf(certificate) : '', error: verifyErrorFact(error), goesOn });
      return goesOn;
    },
  });
  const { error, depth, chain, untrusted, completed } = verdict;
  const ok = completed && error === 0;
  return { ok, error: verifyErrorFact(error), depth, chain: chain.map(subjectOf), untrusted, faults };
}

type Fault = NonNullable<Answer['faults']>[number];

function subjectOf({ facts }: PathCertificate): Text {
  return nameText(facts.subject.der);
}

function texts(request: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = request[name] ?? [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((it) => {
    if (typeof it !== 'string') throw new Stop(`${name}: not a text`);
    return it;
  });
}

function certificatesFrom(text: string): readonly PathCertificate[] {
  return isPem(text) ? contentFrom(text).certificates : readCertificates(text, 'certificates');
}

function crlsFrom(text: string): readonly Crl[] {
  return isPem(text) ? contentFrom(text).crls : readCrls(text);
}

function contentFrom(text: string): TrustedContent {
  return trustedContent(Buffer.from(text, 'latin1'));
}

function isPem(text: string): boolean {
  return text.includes('-----BEGIN ');
}

function parametersOf(value: unknown): Argument[] {
  if (value === undefined) return [];
  if (!isRecord(value)) throw new Stop('parameters: not an object');
  return Object.entries(value).flatMap(([name, given]) => {
    if (given === false) return [];
    if (given === true) return [argument(name, undefined, [])];
    const list: unknown[] = Array.isArray(given) ? given : [given];
    return list.map((it) => argument(name, String(it), []));
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
