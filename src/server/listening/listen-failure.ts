import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import type { ErrorLine } from '../../names/problems.ts';

/** lookupFailure is the reference's error for a name or service that the system's lookup does not find. */
export function lookupFailure(code: string): ErrorLine[] {
  const extra = lookupTexts[code] ?? 'Name or service not known';
  return [{ library: Library.bio, reason: systemLibraryReason, text: 'system lib', function: 'BIO_lookup_ex', extra }];
}

/** bindFailure is the reference's error for an address that cannot be bound. */
export function bindFailure(error: NodeJS.ErrnoException, path?: string): ErrorLine[] {
  const code = systemCode(error, path);
  const reason = systemNumber(code) ?? Math.abs(error.errno ?? 0);
  const text = systemTexts[code] ?? error.message;
  return [
    { library: Library.system, reason, text, function: 'BIO_bind', extra: 'calling bind()' },
    { library: Library.bio, reason: 117, text: 'unable to bind socket', function: 'BIO_bind' },
  ];
}

const Library = { system: 2, bio: 32 } as const;

/** `system lib`: a reason code that every library shares. */
const systemLibraryReason = 0x80002;

const lookupTexts: Readonly<Record<string, string>> = {
  EAI_ADDRFAMILY: 'Address family for hostname not supported',
  EAI_AGAIN: 'Temporary failure in name resolution',
  EAI_FAMILY: 'ai_family not supported',
  EAI_SERVICE: 'Servname not supported for ai_socktype',
};

const systemTexts: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EINVAL: 'Invalid argument',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EROFS: 'Read-only file system',
};

/** Node's platform layer reports a missing directory of a socket's path as a lack of permission. */
function systemCode(error: NodeJS.ErrnoException, path: string | undefined): string {
  if (error.code === 'EACCES' && path !== undefined && !existsSync(dirname(path))) return 'ENOENT';
  return error.code ?? '';
}

function systemNumber(code: string): number | undefined {
  return (constants.errno as Readonly<Record<string, number>>)[code];
}
