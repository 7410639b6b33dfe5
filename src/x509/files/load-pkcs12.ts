import { equal } from '../../bytes/hex.ts';
import type { ErrorLine } from '../../names/problems.ts';
import {
  badPadding,
  badPkcs8Decrypt,
  noAnswer,
  noPkcs12Password,
  pkcs12MacFault,
  pkcs12ParseError,
  unsupportedAlgorithm,
} from './error-lines.ts';
import { LoadFailure } from './load-failure.ts';
import { Passphrase } from './passphrase.ts';
import { openPkcs12, type Pkcs12Content } from './pkcs12.ts';

/** HowToLoad has the differences for loading the certificate. */
interface HowToLoad {
  readonly afterwards?: string;
  /** A prompt is repeated for a file that has a key. */
  readonly repeats?: boolean;
}

/**
 * loadPkcs12 opens a PKCS #12 file and prompts for a password if one is needed and none was given.
 * @throws {LoadFailure} with `sentence` and the reference's lines
 */
export function loadPkcs12(
  content: Uint8Array,
  password: Uint8Array | undefined,
  sentence: string,
  { afterwards = '', repeats = false }: HowToLoad = {},
): Pkcs12Content {
  const failure = (lines: readonly ErrorLine[]) => new LoadFailure(sentence, lines, afterwards);
  const first = openOnce(content, password);
  if (!('fault' in first)) return first;
  if (password !== undefined) throw failure(linesOf(first, password.length === 0));
  const open = () => {
    const secret = new Passphrase('PKCS12 import pass phrase', undefined).ask(1);
    if (secret === undefined) throw failure([...noAnswer(), noPkcs12Password()]);
    const opened = openOnce(content, secret);
    if ('fault' in opened) throw failure(linesOf(opened, secret.length === 0));
    return opened;
  };
  const opened = open();
  return repeats && opened.key !== undefined ? open() : opened;
}

type Opened = ReturnType<typeof openPkcs12>;

/** openOnce caches the last result: key, certificate and chain are loaded separately, and opening is slow. */
function openOnce(content: Uint8Array, password: Uint8Array | undefined): Opened {
  const isSame = last && equal(last.content, content) && sameBytes(last.password, password);
  if (last === undefined || !isSame) last = { content, password, opened: openPkcs12(content, password) };
  return last.opened;
}

let last: { content: Uint8Array; password: Uint8Array | undefined; opened: Opened } | undefined;

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equal(a, b);
}

function linesOf(opened: Exclude<Opened, Pkcs12Content>, isEmpty: boolean): ErrorLine[] {
  switch (opened.fault) {
    case 'wrongPassword':
      return [pkcs12MacFault(isEmpty)];
    case 'badDecrypt':
      return [badPadding(), badPkcs8Decrypt(isEmpty), pkcs12ParseError()];
    case 'unsupported':
      return [unsupportedAlgorithm(opened.algorithm, 0)];
    case 'malformed':
      return [pkcs12ParseError()];
  }
}
