import { type DhParameters, dhKeyPair } from '../../crypto/groups/dh.ts';
import { dhSecurityBits } from '../../crypto/groups/dh-parameters.ts';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { Asking } from '../../handshake/decisions/asking.ts';
import { tellTemporaryDh } from '../../handshake/decisions/certificates.ts';
import type { SecurityLevel } from '../../handshake/flow/settings.ts';
import { allowsDhBits } from '../../handshake/policy/security-level.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { loadDhParameters } from '../../x509/files/load.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';
import { defaultFile, failureText, secondDefaultFile } from './identities.ts';

type TemporaryDh = DhParameters | 'auto';

/**
 * temporaryDh returns the parameters of `-dhparam`, or those in the certificate's file; `auto` if there are none or
 * they cannot be loaded. Prints which of the two it is.
 * @throws {Stop} for parameters that the security level forbids
 */
export function temporaryDh(options: Options, asking: Asking, output: Output): TemporaryDh {
  const { dhparam, cert = defaultFile, nocert } = options;
  const beside = () => (nocert ? undefined : besideCertificate(cert));
  const parameters = dhparam === undefined ? beside() : fromOption(dhparam, output);
  output.out(`${parameters === undefined ? 'Using default' : 'Setting'} temp DH parameters\n`);
  if (parameters === undefined) return 'auto';
  checkUsable(parameters, asking);
  return parameters;
}

/**
 * secondTemporaryDh returns the second certificate's parameters if they differ from the first's: with `-dhparam`, those
 * in its own file win.
 * @throws {Stop} for parameters that the security level forbids
 */
export function secondTemporaryDh(options: Options, asking: Asking, output: Output): DhParameters | undefined {
  const { dhparam, cert2 = secondDefaultFile } = options;
  const parameters = dhparam === undefined ? undefined : besideCertificate(cert2);
  if (parameters === undefined) return undefined;
  output.out('Setting temp DH parameters\n');
  checkUsable(parameters, asking);
  return parameters;
}

function checkUsable(parameters: DhParameters, asking: Asking): void {
  const refusal = 'Error setting temp DH parameters\n';
  tellTemporaryDh(asking, parameters);
  if (isTooSmall(parameters, asking.settings.securityLevel)) throw new Stop(`${refusal}${errorLines([dhKeyTooSmall])}`);
  if (!isUsable(parameters)) throw new Stop(refusal);
}

/** isTooSmall reports parameters weaker than the security level allows. */
export function isTooSmall(parameters: DhParameters, level: SecurityLevel): boolean {
  return !allowsDhBits(level, dhSecurityBits(parameters));
}

export const dhKeyTooSmall: ErrorLine = {
  library: 20,
  reason: 394,
  text: 'dh key too small',
  function: 'SSL_CTX_set0_tmp_dh_pkey',
};

/** isUsable tries a key pair, which the reference does at every handshake. */
function isUsable(parameters: DhParameters): boolean {
  try {
    dhKeyPair(parameters);
    return true;
  } catch {
    return false;
  }
}

function fromOption(file: string, output: Output): DhParameters | undefined {
  try {
    return loadDhParameters({ file, description: 'DH parameters' });
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    output.err(failureText(error));
    return undefined;
  }
}

/** besideCertificate is silent about a file without parameters, as most are. */
function besideCertificate(file: string): DhParameters | undefined {
  try {
    return loadDhParameters({ file, description: 'DH parameters' });
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    return undefined;
  }
}
