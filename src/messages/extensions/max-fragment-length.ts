import { named, u8 } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

/** RFC 6066 section 4 */
const MaxFragmentLength = named(u8, (code) => {
  if (code === 0) return 'disabled';
  const bytes = maxFragmentBytes(code);
  return bytes === undefined ? undefined : `max_fragment_length := 2^${code + 8} (${bytes} bytes)`;
});

/** Maximum plaintext bytes of a record under a code; undefined for a code that the standard lacks. */
export function maxFragmentBytes(code: number): number | undefined {
  return code >= 1 && code <= 4 ? 2 ** (code + 8) : undefined;
}

export const maxFragmentLength = extension({
  code: 1,
  name: 'max_fragment_length',
  in: { clientHello: MaxFragmentLength, serverHello: MaxFragmentLength, encryptedExtensions: MaxFragmentLength },
});
