import { type BigIntStats, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Files that are never handed out, whatever name leads to them. They are looked at once: afterwards a file is one of them if
 * it is the same file of the system, or has taken the place of one.
 */
export class SecretFiles {
  private readonly numbers = new Set<string>();
  /** Without symbolic links. */
  private readonly paths = new Set<string>();

  /** Without symbolic links; the files of each have its name, a dot and a number as well. */
  private readonly series: ReadonlySet<string>;

  constructor(names: readonly string[], series: readonly string[] = []) {
    this.series = new Set(series.map(placeOf));
    for (const name of new Set([...names, ...series])) {
      this.paths.add(placeOf(name));
      const file = statSync(name, { bigint: true, throwIfNoEntry: false });
      if (file !== undefined) this.numbers.add(numberOf(file));
    }
  }

  /** `path` has no symbolic links. */
  holds(path: Buffer, file: BigIntStats): boolean {
    const name = path.toString();
    return this.numbers.has(numberOf(file)) || this.paths.has(name) || this.series.has(name.replace(/\.\d+$/, ''));
  }
}

/** A file may have several names, by hard links too. */
function numberOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

/** A file that is not there yet may come. */
function placeOf(name: string): string {
  const path = resolve(name);
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(placeOf(folder), basename(path));
  }
}
