import { existsSync, realpathSync } from 'node:fs';

/** libraryFolder is the system's folder of OpenSSL 3 modules, unless the environment names one. */
export function libraryFolder(kind: 'engines-3' | 'ossl-modules'): string {
  const named = kind === 'engines-3' ? process.env.OPENSSL_ENGINES : process.env.OPENSSL_MODULES;
  if (named !== undefined) return named;
  const machine = machines[process.arch] ?? process.arch;
  const folders = [`/usr/lib/${machine}-linux-gnu`, '/usr/lib64', '/usr/lib', '/usr/local/lib', '/opt/homebrew/lib'];
  return `${folders.find((folder) => existsSync(`${folder}/${kind}`)) ?? '/usr/lib'}/${kind}`;
}

/** File name extension of shared libraries. */
export const libraryEnding = process.platform === 'darwin' ? '.dylib' : process.platform === 'win32' ? '.dll' : '.so';

/**
 * linkerFault loads a file and returns the system linker's error; undefined on success. The file's initializers run.
 */
export function linkerFault(file: string): string | undefined {
  try {
    process.dlopen({ exports: {} }, file);
  } catch (error) {
    // A library that is not made for Node is loaded, and then fails with this message.
    if (error instanceof Error && !error.message.startsWith('Module did not self-register')) return error.message;
  }
  return undefined;
}

/** isLoaded looks for the file among the loaded libraries: one whose start fails is unloaded again. */
export function isLoaded(file: string): boolean {
  const { sharedObjects } = process.report.getReport() as { sharedObjects?: readonly string[] };
  const wanted = realPath(file);
  return wanted !== undefined && sharedObjects?.some((loaded) => realPath(loaded) === wanted) === true;
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

const machines: Partial<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i386', s390x: 's390x' };
