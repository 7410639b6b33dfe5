import { checkContextOptions } from './option-names.ts';
import { contextSettings, SecureContext, type SecureContextOptions } from './secure-context.ts';

/**
 * createSecureContext reads and checks the options once.
 * @throws {TlsError} for the first option that is invalid, refused or unknown
 */
export function createSecureContext(options: SecureContextOptions = {}): SecureContext {
  checkContextOptions(options);
  return new SecureContext(contextSettings(options));
}
