import { basename, dirname } from 'node:path';

/** startedAgainWith returns the configuration file that this process was started again with, if any. */
export function startedAgainWith(nodeArguments: readonly string[]): string | undefined {
  const file = nodeArguments.findLast((word) => word.startsWith(flag))?.substring(flag.length);
  const isOurs = file !== undefined && basename(file) === fileName && basename(dirname(file)).startsWith(folderName);
  return isOurs ? file : undefined;
}

export const flag = '--openssl-config=';
export const folderName = 'serverhello-start-';
export const fileName = 'openssl.cnf';
