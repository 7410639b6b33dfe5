import { fromHex } from '../../bytes/hex.ts';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import { type NameFlags, nameFlagsFrom } from '../../x509/asn1/name-options.ts';
import type { VerifyRequest } from '../../x509/verify/run.ts';
import { verifyCertificate } from '../../x509/verify/verify.ts';
import { verifyHelp } from '../help/verify-help.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';
import { verifyParameters } from '../trust/verification-parameters.ts';
import { type Argument, parseArguments, program } from './arguments.ts';
import { readCertificates, readCrls, readLeaf } from './files.ts';
import { chainText, checkText, isTolerated } from './report.ts';
import { trustStoreFrom } from './stores.ts';

/**
 * verifyCommand is `serverhello verify`: it has the arguments, output and exit codes of `openssl verify`. `words` are
 * the arguments after `verify`. With `-json` it reads requests from standard input. @returns 0, 1 for options that
 * cannot be followed, 2 for an invalid certificate
 */
export async function verifyCommand(words: readonly string[], output: Output): Promise<number> {
  try {
    const { options, files } = parseArguments(words);
    if (options.some(({ name }) => name === 'help')) {
      output.err(verifyHelp());
      return 0;
    }
    refuse(options);
    if (options.some(({ name }) => name === 'json')) {
      const { answerRequests } = await import('./requests.ts');
      return await answerRequests(process.stdin, options, output);
    }
    return verifyFiles(options, files, output);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    output.err(error.text);
    return error.exitCode;
  }
}

function refuse(options: readonly Argument[]): void {
  if (options.some(({ name }) => name === 'crl_download')) {
    throw new Stop(`${program}: -crl_download is not available: fetch the lists and name them with -CRLfile\n`);
  }
}

type Given = Omit<VerifyRequest, 'certificate' | 'watch'>;

function verifyFiles(options: readonly Argument[], files: readonly string[], output: Output): number {
  const named = (name: string) => options.filter((it) => it.name === name).map(({ value }) => value);
  const given: Given = {
    untrusted: named('untrusted').flatMap((file) => readCertificates(file, 'untrusted certificates')),
    crls: named('CRLfile').flatMap((file) => readCrls(file)),
    store: trustStoreFrom(options, process.env),
    parameters: verifyParameters(options),
    now: () => Date.now(),
  };
  const nameFlags = nameFlagsFrom(named('nameopt').at(-1));
  const show = named('show_chain').length > 0;
  const checkedFiles = files.length > 0 ? files : [undefined];
  const results = checkedFiles.map((file) => {
    const parameters = signatureParameters(named('vfyopt'));
    if (!('fault' in parameters)) return verifyFile(file, { ...given, ...parameters }, { nameFlags, show }, output);
    output.err(parameters.fault);
    return false;
  });
  return results.every(Boolean) ? 0 : 2;
}

interface Shown {
  readonly nameFlags: NameFlags;
  readonly show: boolean;
}

function verifyFile(file: string | undefined, given: Given, { nameFlags, show }: Shown, output: Output): boolean {
  const leaf = leafOrNothing(file, output);
  if (leaf === undefined) return false;
  const verdict = verifyCertificate({
    ...given,
    certificate: leaf,
    watch: (check) => {
      output.err(checkText(check, nameFlags));
      return check.ok !== 'fault' || isTolerated(check.error);
    },
  });
  const name = file ?? 'stdin';
  const isSound = verdict.completed && verdict.error === 0;
  if (isSound) output.out(`${name}: OK\n${show ? chainText(verdict, nameFlags) : ''}`);
  else output.err(`error ${name}: verification failed\n${verdict.completed ? '' : errorLines(verdict.left)}`);
  return isSound;
}

/** leafOrNothing reports an unreadable file without ending the program. */
function leafOrNothing(file: string | undefined, output: Output) {
  try {
    return readLeaf(file);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    output.err(error.text);
    return undefined;
  }
}

/** signatureParameters knows one parameter, the identifier of the signer with SM2. The last one counts. */
function signatureParameters(parameters: readonly string[]): { distinguishingId?: Uint8Array } | { fault: string } {
  let found = {};
  for (const parameter of parameters) {
    const distinguishingId = idFrom(parameter);
    if (distinguishingId === undefined) return { fault: `parameter error "${parameter}"\n` };
    found = { distinguishingId };
  }
  return found;
}

function idFrom(parameter: string): Uint8Array | undefined {
  const [, kind, value = ''] = /^(distid|hexdistid):(.*)$/s.exec(parameter) ?? [];
  if (kind === undefined) return undefined;
  // An invalid hexadecimal value has no effect, as in the reference.
  return kind === 'distid' ? Buffer.from(value) : (fromHex(value.replaceAll(':', '')) ?? new Uint8Array(0));
}
