import { existsSync } from 'node:fs';

/** Where the system keeps loadable parts of OpenSSL 3, unless the environment names a folder. */
export function libraryFolder(kind: 'engines-3' | 'ossl-modules'): string {
  const named = kind === 'engines-3' ? process.env.OPENSSL_ENGINES : process.env.OPENSSL_MODULES;
  if (named !== undefined) return named;
  const machine = machines[process.arch] ?? process.arch;
  const folders = [`/usr/lib/${machine}-linux-gnu`, '/usr/lib64', '/usr/lib', '/usr/local/lib', '/opt/homebrew/lib'];
  return `${folders.find((folder) => existsSync(`${folder}/${kind}`)) ?? '/usr/lib'}/${kind}`;
}

/** How a file with code for this system ends. */
export const libraryEnding = process.platform === 'darwin' ? '.dylib' : process.platform === 'win32' ? '.dll' : '.so';

/**
 * What the system's linker says when it loads a file; undefined where it can. The code in the file that runs as it is
 * loaded does run.
 */
export function linkerFault(file: string): string | undefined {
  try {
    process.dlopen({ exports: {} }, file);
  } catch (error) {
    // A library that is not made for Node says so by this message, after it was loaded.
    if (error instanceof Error && !error.message.startsWith('Module did not self-register')) return error.message;
  }
  return undefined;
}

const machines: Partial<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i386', s390x: 's390x' };
