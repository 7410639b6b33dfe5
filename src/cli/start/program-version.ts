import { existsSync, readFileSync } from 'node:fs';

/** The version of the package that this file is a part of, wherever the bundler has put it. */
export function programVersion(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file)) return String(JSON.parse(readFileSync(file, 'utf8')).version);
    if (folder.pathname === '/') return 'unknown';
  }
}
