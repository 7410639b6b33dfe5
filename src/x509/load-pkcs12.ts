import type { ErrorLine } from '../names/problems.ts';
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

/** What else happens when a file is loaded for its certificate. */
interface HowToLoad {
  readonly afterwards?: string;
  /** A password that was asked for is asked for a second time where there is a key, too. */
  readonly repeats?: boolean;
}

/**
 * Opens a PKCS #12 file, with the password if it needs one, which is asked for where none was given.
 * @throws {LoadFailure} with `sentence` and the reference's lines
 */
export function loadPkcs12(
  content: Uint8Array,
  password: Uint8Array | undefined,
  sentence: string,
  { afterwards = '', repeats = false }: HowToLoad = {},
): Pkcs12Content {
  const failure = (lines: readonly ErrorLine[]) => new LoadFailure(sentence, lines, afterwards);
  const unprotected = openPkcs12(content);
  if (!('fault' in unprotected)) return unprotected;
  const open = () => {
    const secret = new Passphrase('PKCS12 import pass phrase', password).ask(1);
    if (secret === undefined) throw failure([...noAnswer(), noPkcs12Password()]);
    const opened = openPkcs12(content, secret);
    if ('fault' in opened) throw failure(linesOf(opened, secret.length === 0));
    return opened;
  };
  const opened = open();
  return repeats && password === undefined && opened.key !== undefined ? open() : opened;
}

function linesOf(opened: Exclude<ReturnType<typeof openPkcs12>, Pkcs12Content>, isEmpty: boolean): ErrorLine[] {
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
