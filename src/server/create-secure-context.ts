import { checkContextOptions } from './option-names.ts';
import { contextSettings, SecureContext, type SecureContextOptions } from './secure-context.ts';

/**
 * Reads and checks the options once.
 * @throws {TlsError} for the first one that is not right, is refused or does not exist
 */
export function createSecureContext(options: SecureContextOptions = {}): SecureContext {
  checkContextOptions(options);
  return new SecureContext(contextSettings(options));
}
