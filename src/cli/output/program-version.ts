import { existsSync, readFileSync } from 'node:fs';

/** programVersion is the version in the nearest package.json above this file or the bundle. */
export function programVersion(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file)) return String(JSON.parse(readFileSync(file, 'utf8')).version);
    if (folder.pathname === '/') return 'unknown';
  }
}
