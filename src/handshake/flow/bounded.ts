import { TooLong } from '../../bytes/too-long.ts';
import { Problem } from '../../names/problems.ts';

/**
 * Values of our settings may be longer than the message can hold.
 * @throws {Problem} as the reference: the handshake ends, and nothing else does
 */
export function bounded<T>(build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof TooLong) throw new Problem('internalError', 'tls_construct_extensions');
    throw error;
  }
}
