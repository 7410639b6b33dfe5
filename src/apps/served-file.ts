import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { latin1, view } from '../bytes/hex.ts';
import { errorLines } from '../diagnostics/error-lines.ts';
import type { ErrorLine } from '../names/problems.ts';
import { systemFault } from '../x509/store.ts';

export interface ServedDirectory {
  readonly directory: string;
  /** Files that hold a private key. They are refused under any name that leads to them. */
  readonly privateKeys: readonly string[];
  /** What the reference hands to `fopen`; it shows in a message only. */
  readonly openMode: 'r' | 'rb';
}

/** An open file with its size in bytes, to be closed by the caller; or the text that refuses it. */
export type ServedFile =
  | { readonly file: FileHandle; readonly size: number; readonly refusal?: never }
  | { readonly file?: never; readonly refusal: string };

/**
 * Opens a file for a client. It never leaves the directory, not by a symbolic link either, never hands out a private
 * key, and never waits for a pipe or touches a device. The name is its bytes as latin1.
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

async function openWithin(name: string, { directory, privateKeys }: ServedDirectory): Promise<ServedFile> {
  const refuse = (why: string) => ({ refusal: `'${name}' ${why}\r\n` });
  const root = await realpath(directory, { encoding: 'buffer' });
  const path = await resolved(name, root);
  if (path === undefined) return refuse('leads out of the served directory');
  const found = await stat(path);
  if (found.isDirectory()) return refuse('is a directory');
  if (!found.isFile()) return refuse('is not a regular file');
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const opened = await file.stat({ bigint: true });
    const refusal = opened.isFile() ? undefined : 'is not a regular file';
    const secret = (await isOneOf(privateKeys, opened)) ? 'is a private key file' : undefined;
    if (refusal === undefined && secret === undefined) return { file, size: Number(opened.size) };
    await file.close();
    return refuse(refusal ?? secret ?? '');
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * The path without symbolic links; undefined when it is not below the root. What does not exist counts as being where
 * the part of its path that exists leads, or it could be asked what there is outside.
 */
async function resolved(name: string, root: Buffer): Promise<Buffer | undefined> {
  const path = name === '' ? Buffer.alloc(0) : Buffer.concat([root, Buffer.from(`/${name}`, 'latin1')]);
  try {
    const real = await realpath(path, { encoding: 'buffer' });
    return isWithin(real, root) ? real : undefined;
  } catch (error) {
    for (let rest = name; rest.includes('/') && name.length < longestPath; ) {
      rest = rest.substring(0, rest.lastIndexOf('/'));
    }
    throw error;
  }
}
