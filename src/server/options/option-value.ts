import { optionError, TlsError } from '../sockets/tls-error.ts';

/** integerFrom checks an integer from `min` to `max`. @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION */
export function integerFrom(
  name: string,
  value: unknown,
  { otherwise, min = 0, max }: { readonly otherwise: number; readonly min?: number; readonly max: number },
): number {
  const given = value ?? otherwise;
  if (typeof given === 'number' && Number.isInteger(given) && given >= min && given <= max) return given;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `${name}: not an integer from ${min} to ${max}`);
}

/** checked returns the result of `read`. @throws {TlsError} that names the option */
export function checked<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw optionError(option, error);
  }
}

/** bytesOf returns the bytes of any view of Node, without a copy. */
export function bytesOf(given: NodeJS.ArrayBufferView): Uint8Array {
  return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
}
