import { readFileSync, statSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import type { ErrorLine } from '../../names/problems.ts';
import {
  cannotOpen,
  cannotStat,
  noStoreLoader,
  pathMustBeAbsolute,
  unregisteredScheme,
  uriAuthorityUnsupported,
} from './error-lines.ts';

/** Opened is the content of a file or URI, or the error lines of a failed open. */
export type Opened =
  | { readonly content: Uint8Array; readonly lines?: never }
  | { readonly content?: never; readonly lines: readonly ErrorLine[] };

/**
 * openStore opens the argument of `-key`, `-cert` and the like: a path, or a `file:` URI with an absolute path (RFC
 * 8089, without percent-decoding, as in the reference). A directory has empty content.
 */
export function openStore(uri: string): Opened {
  const scheme = /^([^:]*):/.exec(uri)?.[1];
  const isForeign = scheme !== undefined && scheme.toLowerCase() !== 'file';
  // Without two slashes it may also be the name of a file with a colon.
  if (isForeign && uri.startsWith(`${scheme}://`)) return { lines: refusedScheme(scheme) };
  const opened = openFile(uri);
  if (opened.content || !isForeign) return opened;
  return { lines: [...opened.lines, ...refusedScheme(scheme)] };
}

function refusedScheme(scheme: string): ErrorLine[] {
  return [unregisteredScheme(scheme), noStoreLoader(scheme)];
}

function openFile(uri: string): Opened {
  const lines: ErrorLine[] = [unregisteredScheme('file')];
  const isUri = /^file:/i.test(uri);
  const hasAuthority = /^file:\/\//i.test(uri);
  if (!hasAuthority) {
    const opened = openPath(uri);
    if (opened.content) return opened;
    lines.push(...opened.lines);
  }
  if (!isUri) return { lines };
  const path = hasAuthority ? /^file:\/\/(?:localhost)?(\/.*)$/is.exec(uri)?.[1] : uri.substring('file:'.length);
  if (path === undefined) return { lines: [...lines, uriAuthorityUnsupported()] };
  if (!path.startsWith('/')) return { lines: [...lines, pathMustBeAbsolute(path)] };
  const opened = openPath(path);
  return opened.content ? opened : { lines: [...lines, ...opened.lines] };
}

function openPath(path: string): Opened {
  try {
    if (statSync(path).isDirectory()) return { content: new Uint8Array(0) };
  } catch (error) {
    const { errno, text } = systemFault(error);
    return { lines: [cannotStat(errno, text, path)] };
  }
  try {
    return { content: readFileSync(path) };
  } catch (error) {
    const { errno, text } = systemFault(error);
    return { lines: cannotOpen(errno, text, path) };
  }
}

/** Messages of the C library that differ from libuv's by more than a capital letter. */
const otherWords: Readonly<Record<string, string>> = {
  EBUSY: 'Device or resource busy',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
  ENFILE: 'Too many open files in system',
  ENOMEM: 'Cannot allocate memory',
};

/**
 * systemFault returns the C library's number and message for a system error.
 * @throws the error itself if it is not a system error
 */
export function systemFault(error: unknown): { errno: number; text: string } {
  if (!(error instanceof Error) || !('errno' in error) || typeof error.errno !== 'number') throw error;
  const [name, words] = getSystemErrorMap().get(error.errno) ?? ['', error.message];
  return {
    errno: Math.abs(error.errno),
    text: otherWords[name] ?? words.charAt(0).toUpperCase() + words.substring(1),
  };
}
