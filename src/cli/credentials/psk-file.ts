import { fromHex, latin1 } from '../../bytes/hex.ts';
import { maxPskIdentity, maxPskKey } from '../../handshake/resumption/psk-key.ts';

/** PskKeys are keys by the identity's bytes, as latin1 text. */
export type PskKeys = Map<string, Uint8Array>;

/** BadPskFile is a line without an identity and a key; its message has neither. */
export class BadPskFile extends Error {
  override readonly name = 'BadPskFile';
}

/**
 * readPskFile reads `identity:hex` lines, as gnutls-serv's `--pskpasswd` does. The last colon of a line ends the
 * identity. Blank lines and those that begin with `#` are comments. `repeated` is called for an identity that an earlier
 * line had, which the later one replaces; lines are counted from 1.
 * @throws {BadPskFile}
 */
export function readPskFile(bytes: Uint8Array, repeated: (line: number, earlier: number) => void): PskKeys {
  const keys: PskKeys = new Map();
  const lines = new Map<string, number>();
  for (const [index, text] of latin1(bytes).split('\n').entries()) {
    if (/^\s*(#|$)/.test(text)) continue;
    const line = index + 1;
    const { identity, key } = entryIn(text.trimEnd(), line);
    const earlier = lines.get(identity);
    if (earlier !== undefined) repeated(line, earlier);
    lines.set(identity, line);
    keys.set(identity, key);
  }
  return keys;
}

function entryIn(text: string, line: number): { readonly identity: string; readonly key: Uint8Array } {
  const colon = text.lastIndexOf(':');
  if (colon < 1) throw new BadPskFile(`line ${line}: not an identity and a key with a colon between them`);
  if (colon > maxPskIdentity) throw new BadPskFile(`line ${line}: an identity of more than ${maxPskIdentity} bytes`);
  const key = fromHex(text.substring(colon + 1));
  if (key === undefined || key.length === 0) throw new BadPskFile(`line ${line}: the key is not pairs of hex digits`);
  if (key.length > maxPskKey) throw new BadPskFile(`line ${line}: a key of more than ${maxPskKey} bytes`);
  return { identity: text.substring(0, colon), key };
}
