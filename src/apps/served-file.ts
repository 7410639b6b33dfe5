import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { constants as systemConstants } from 'node:os';
import { sep } from 'node:path';
import { latin1 } from '../bytes/hex.ts';
import { errorLines } from '../diagnostics/error-queue-lines.ts';
import type { ErrorLine } from '../names/problems.ts';
import { systemFault } from '../x509/files/store.ts';
import type { SecretFiles } from './secret-files.ts';

const { errno: systemErrors } = systemConstants;

export interface ServedDirectory {
  readonly directory: string;
  readonly secrets: SecretFiles;
  /** Mode that the reference passes to `fopen`; only an error message shows it. */
  readonly openMode: 'r' | 'rb';
}

/** OpenFile must be closed by the caller. */
export interface OpenFile {
  readonly file: FileHandle;
  /** Size in bytes at opening. */
  readonly size: number;
}

/** ServedFile is an open file, or the error text (bytes as latin1). */
export type ServedFile =
  | (OpenFile & { readonly refusal?: never })
  | { readonly file?: never; readonly refusal: string };

/**
 * openServed opens a file for a client. It never leaves the directory, not by a symbolic link either, never opens a
 * secret file, and never waits for a pipe or touches a device. The name is its bytes as latin1.
 */
export async function openServed(name: string, served: ServedDirectory): Promise<ServedFile> {
  try {
    return await openWithin(name, served);
  } catch (error) {
    const { errno, text } = systemFault(error);
    const lines = errorLines(cannotOpen(errno, text, `calling fopen(${name}, ${served.openMode})`));
    return { refusal: `Error opening '${name}' mode='${served.openMode}'\r\n${lines}` };
  }
}

async function openWithin(name: string, { directory, secrets }: ServedDirectory): Promise<ServedFile> {
  const refuse = (why: string) => ({ refusal: `'${name}' ${why}\r\n` });
  const path = await resolved(name, await realpath(directory, { encoding: 'buffer' }));
  if (path === undefined) return refuse('leads out of the served directory');
  const found = await stat(path);
  if (found.isDirectory()) return refuse('is a directory');
  // Checked before opening too: opening some devices has effects.
  if (!found.isFile()) return refuse('is not a regular file');
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const opened = await file.stat({ bigint: true });
    const isSecret = secrets.holds(path, opened);
    if (opened.isFile() && !isSecret) return { file, size: Number(opened.size) };
    await file.close();
    return refuse(isSecret ? 'holds a secret of this server' : 'is not a regular file');
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Maximum bytes; `realpath` itself accepts more than the operating system does. */
const longestName = 4095;

/** resolved returns the path without symbolic links; undefined when it is not within the root. */
async function resolved(name: string, root: Buffer): Promise<Buffer | undefined> {
  if (name.length > longestName) throw Object.assign(new Error('name too long'), { errno: -systemErrors.ENAMETOOLONG });
  const path = name === '' ? Buffer.alloc(0) : Buffer.concat([root, Buffer.from(`/${name}`, 'latin1')]);
  try {
    const real = await realpath(path, { encoding: 'buffer' });
    return isWithin(real, root) ? real : undefined;
  } catch (error) {
    if (await leadsOut(path, root)) return undefined;
    throw error;
  }
}

/** leadsOut checks the existing part of a missing file's path: a client must not learn which files exist outside. */
async function leadsOut(path: Buffer, root: Buffer): Promise<boolean> {
  for (let end = path.lastIndexOf('/'); end > root.length; end = path.lastIndexOf('/', end - 1)) {
    try {
      return !isWithin(await realpath(path.subarray(0, end), { encoding: 'buffer' }), root);
    } catch {
      // Missing too, or a dangling link.
    }
  }
  return false;
}

function isWithin(path: Buffer, root: Buffer): boolean {
  if (path.equals(root)) return true;
  const prefix = latin1(root).endsWith(sep) ? root : Buffer.concat([root, Buffer.from(sep)]);
  return path.subarray(0, prefix.length).equals(prefix);
}

function cannotOpen(errno: number, text: string, call: string): ErrorLine[] {
  const isMissing = errno === systemErrors.ENOENT || errno === systemErrors.ENXIO;
  return [
    // The reference's error queue has no room for a longer text, and then drops it.
    { library: 2, reason: errno, text, function: 'BIO_new_file', ...(call.length <= 1023 && { extra: call }) },
    isMissing
      ? { library: 32, reason: 128, text: 'no such file', function: 'BIO_new_file' }
      : { library: 32, reason: 0x80002, text: 'system lib', function: 'BIO_new_file' },
  ];
}
