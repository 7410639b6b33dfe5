import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { pemBlocks } from '../../bytes/pem.ts';
import { dhKeyPair } from '../../crypto/groups/dh.ts';
import { dhSecurityBits, readDhParameters } from '../../crypto/groups/dh-parameters.ts';
import type { SecurityLevel, Settings } from '../../handshake/flow/settings.ts';
import { allowsDhBits } from '../../handshake/policy/security-level.ts';
import { TlsError } from '../sockets/tls-error.ts';
import type { PemOrDer } from './credentials.ts';

/**
 * temporaryDhFrom returns the DHE group up to TLS 1.2.
 * @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION for parameters that are unreadable, unusable or too weak for the
 * level
 */
export function temporaryDhFrom(dhparam: PemOrDer | undefined, level: SecurityLevel): Settings['temporaryDh'] {
  if (dhparam === undefined || dhparam === 'auto') return 'auto';
  const bytes = typeof dhparam === 'string' ? Buffer.from(dhparam, 'latin1') : dhparam;
  const block = pemBlocks(latin1(bytes)).find(({ label }) => label === 'DH PARAMETERS');
  try {
    const parameters = readDhParameters(block?.der ?? bytes);
    if (!allowsDhBits(level, dhSecurityBits(parameters))) throw refused('too weak for the security level');
    // A trial key pair finds parameters that no key agreement could use.
    dhKeyPair(parameters);
    return parameters;
  } catch (error) {
    if (error instanceof TlsError) throw error;
    throw refused(error instanceof Malformed ? error.message : 'they cannot be used', error);
  }
}

function refused(message: string, cause?: unknown): TlsError {
  return new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `dhparam: ${message}`, { cause });
}
