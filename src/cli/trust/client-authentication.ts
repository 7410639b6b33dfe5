import type { ClientAuthentication } from '../../handshake/flow/settings.ts';
import type { Crl } from '../../x509/certificates/crl.ts';
import { loadCrl, loadPublicKeys } from '../../x509/files/load.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import { joinStores, MemoryTrustStore } from '../../x509/trust/trust-store.ts';
import { fileForm } from '../arguments/format.ts';
import type { Given } from '../arguments/given.ts';
import type { Parsed } from '../command-line/parse.ts';
import { failureText } from '../credentials/identities.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';
import type { CrlDownload } from './crl-download.ts';
import type { TrustStores } from './trust-stores.ts';
import { verifyParameters } from './verification-parameters.ts';

/**
 * clientAuthentication returns the requirements of `-verify`, `-Verify` and the validation options, the same for all
 * contexts.
 */
export function clientAuthentication(
  { options, given }: Parsed,
  { verify, locations, authorityNames }: TrustStores,
  crls: readonly Crl[],
  output: Output,
): ClientAuthentication {
  const asked = given.findLast(({ name }) => name === 'verify' || name === 'Verify');
  const mostDepth = Number(asked?.value ?? -1);
  const parameters = verifyParameters(given);
  const expectedKeys = expectedPublicKeys(given);
  const trust = crls.length > 0 ? joinStores([verify, new MemoryTrustStore({ crls })]) : verify;
  // The reference's call for the other store has no effect either.
  const downloads = options.crl_download === true && verify !== locations;
  const err = (text: string) => output.err(text);
  return {
    mode: modeOf(asked?.name, options),
    trust,
    crls: [],
    parameters,
    authorityNames,
    rawPublicKeys: options.enable_client_rpk === true || expectedKeys !== undefined,
    ...(expectedKeys && { expectedKeys }),
    goesOn: (_, depth) => options.verify_return_error !== true && (mostDepth < 0 || depth <= mostDepth),
    ...(downloads && { fetchCrls: download({ trust, parameters, environment: process.env, err }) }),
  };
}

/** download loads its code on demand: few servers fetch lists. */
function download(options: CrlDownload): NonNullable<ClientAuthentication['fetchCrls']> {
  return async (...question) => {
    const { crlDownload } = await import('./crl-download.ts');
    return crlDownload(options)(...question);
  };
}

/** expectedPublicKeys loads the keys of `-expected-rpks`, which may be given several times. @throws {Stop} */
function expectedPublicKeys(given: readonly Given[]): Uint8Array[] | undefined {
  const files = given.filter(({ name }) => name === 'expected-rpks').map(({ value }) => String(value));
  if (files.length === 0) return undefined;
  try {
    return files.flatMap((file) => loadPublicKeys({ file, description: 'expected public keys' }));
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    throw new Stop(failureText(error));
  }
}

/** revocationLists loads the list of `-CRL`. @throws {Stop} */
export function revocationLists({ CRL: file, CRLform }: Options): Crl[] {
  if (file === undefined) return [];
  try {
    return [loadCrl({ file, description: 'CRL', form: fileForm(CRLform) })];
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    throw new Stop(failureText(error));
  }
}

/** modeOf requests no certificate with SRP. */
function modeOf(option: string | undefined, { srpvfile }: Options): ClientAuthentication['mode'] {
  if (option === undefined || srpvfile !== undefined) return 'none';
  return option === 'Verify' ? 'required' : 'optional';
}
