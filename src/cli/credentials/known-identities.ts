import { fromHex, latin1 } from '../../bytes/hex.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { maxPskKey } from '../../handshake/resumption/psk-key.ts';
import { systemFault } from '../../x509/files/store.ts';
import type { Parsed } from '../command-line/parse.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';
import { readBounded } from './bounded-file.ts';
import { BadPskFile, type PskKeys, readPskFile } from './psk-file.ts';

/**
 * knownIdentities accepts the identities of `-psk_file`, and those of `-psk_identity` with the key of `-psk`, and no
 * others. With one identity and no file there is no lookup: the reference's rules apply. `identity` is used with `-psk`
 * where none is given.
 * @throws {Stop}
 */
export function knownIdentities(
  { options, given }: Parsed,
  identity: string,
  output: Output,
): Pick<Settings, 'lookUpPsk'> {
  const { psk, psk_file: file } = options;
  const named = given.filter(({ name }) => name === 'psk_identity').map(({ value }) => String(value));
  const names = new Set([...named, identity]);
  if (file === undefined && (psk === undefined || names.size === 1)) return {};
  const keys: PskKeys = file === undefined ? new Map() : keysIn(file, output);
  if (psk !== undefined) {
    const key = keyFrom(psk);
    for (const name of names) {
      const bytes = latin1(Buffer.from(name));
      if (keys.has(bytes)) output.err(`PSK file ${file}: -psk replaces the key of an identity\n`);
      keys.set(bytes, key);
    }
  }
  return { lookUpPsk: (asked) => keys.get(latin1(asked)) };
}

/** Maximum bytes of a file: more than 100,000 identities. */
const longestFile = 1 << 24;

function keysIn(file: string, output: Output): PskKeys {
  const bytes = contentOf(file);
  if (bytes === undefined) throw new Stop(`PSK file ${file}: more than ${longestFile} bytes\n`);
  try {
    return readPskFile(bytes, (line, earlier) => {
      output.err(`PSK file ${file}, line ${line}: replaces line ${earlier}, which has the same identity\n`);
    });
  } catch (error) {
    if (error instanceof BadPskFile) throw new Stop(`PSK file ${file}, ${error.message}\n`);
    throw error;
  }
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readBounded(file, longestFile);
  } catch (error) {
    throw new Stop(`Can't open PSK file ${file}: ${systemFault(error).text}\n`);
  }
}

function keyFrom(psk: string): Uint8Array {
  const key = fromHex(psk);
  if (key === undefined || key.length === 0) throw new Stop('-psk: not pairs of hex digits\n');
  if (key.length <= maxPskKey) return key;
  throw new Stop(`-psk: a key of more than ${maxPskKey} bytes\n`);
}
