import { type BigIntStats, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * SecretFiles are never served, whatever name leads to them. They are looked up once: afterwards a file counts as
 * secret if it is the same file of the system, or has one of their paths.
 */
export class SecretFiles {
  private readonly numbers = new Set<string>();
  /** Paths without symbolic links. */
  private readonly paths = new Set<string>();

  /** Paths without symbolic links; each stands also for its name with a dot and a number. */
  private readonly series: ReadonlySet<string>;

  constructor(names: readonly string[], series: readonly string[] = []) {
    this.series = new Set(series.map(placeOf));
    for (const name of new Set([...names, ...series])) {
      this.paths.add(placeOf(name));
      const file = statSync(name, { bigint: true, throwIfNoEntry: false });
      if (file !== undefined) this.numbers.add(numberOf(file));
    }
  }

  /** holds reports whether a file is secret; `path` has no symbolic links. */
  holds(path: Buffer, file: BigIntStats): boolean {
    const name = path.toString();
    return this.numbers.has(numberOf(file)) || this.paths.has(name) || this.series.has(name.replace(/\.\d+$/, ''));
  }
}

/** numberOf identifies a file, which may have several names (hard links). */
function numberOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

/** placeOf resolves a path; the file need not exist yet. */
function placeOf(name: string): string {
  const path = resolve(name);
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(placeOf(folder), basename(path));
  }
}
