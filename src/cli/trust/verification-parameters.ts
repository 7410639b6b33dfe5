import type { VerifyParameters } from '../../x509/verify/parameters.ts';
import type { Given } from '../arguments/given.ts';
import { optionNamed } from '../options/index.ts';

/**
 * verifyParameters combines the options' parameters, for the server as well as for `verify`. Their arguments have been
 * checked.
 */
export function verifyParameters(options: readonly Given[]): VerifyParameters {
  return options.reduce<VerifyParameters>((current, { name, value }) => {
    const verifies = optionNamed(name)?.verifies;
    return verifies === undefined ? current : verifies(String(value), current);
  }, {});
}
