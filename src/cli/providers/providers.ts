import { cipherOf } from '../../crypto/ciphers.ts';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { ErrorLine } from '../../names/problems.ts';
import type { Parsing } from '../arguments/given.ts';
import { Stop } from '../output/stop.ts';
import { isLoaded, linkerFault } from './library-folder.ts';
import { linkerLines } from './openssl-engine.ts';
import { moduleFile, parameterOf } from './provider-choice.ts';

/**
 * knownProvider checks that a provider is loaded, which happens only at the start of Node.
 * @throws {Stop} with the reference's text for a missing provider
 */
export function knownProvider(name: string, { given }: Pick<Parsing, 'given'>): void {
  const folder = given.findLast((option) => option.name === 'provider-path')?.value.toString();
  const file = moduleFile(name, folder);
  if (file === undefined ? name !== 'legacy' || legacyIsLoaded() : isLoaded(file)) return;
  const hint = 'Hint: use -provider-path option or OPENSSL_MODULES environment variable.';
  const lines = errorLines(file === undefined ? [] : failure(name, file));
  throw new Stop(`s_server: unable to load provider ${name}\n${hint}\n${lines}`);
}

/** checkParameter requires the providers of a parameter to be given before it. @throws {Stop} */
export function checkParameter(text: string, { given }: Pick<Parsing, 'given'>): void {
  const [parameter] = parameterOf(text);
  if (parameter === undefined) throw new Stop(`s_server: malformed '-provparam' option value: '${text}'\n`);
  const { of } = parameter;
  const providers = given.filter(({ name }) => name === 'provider').map(({ value }) => value);
  if (of === undefined || providers.includes(of) || (of === 'default' && providers.length === 0)) return;
  throw new Stop(`s_server: No provider named '${of}' is loaded\n`);
}

function failure(name: string, file: string): readonly ErrorLine[] {
  const fault = linkerFault(file);
  const line = { library: commonLibrary, function: 'provider_init', extra: `name=${name}` };
  return fault === undefined
    ? [{ ...line, reason: 0xc0105, text: 'init fail' }]
    : [...linkerLines(file, fault), { ...line, reason: 0x80025, text: 'reason(524325)' }];
}

function legacyIsLoaded(): boolean {
  return cipherOf('SEED(128)') !== undefined;
}

const commonLibrary = 15;
