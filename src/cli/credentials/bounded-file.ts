import { closeSync, openSync, readSync } from 'node:fs';

/**
 * readBounded reads a file, which may be a pipe, of at most so many bytes; undefined for a longer one. A system error is
 * thrown.
 */
export function readBounded(path: string, most: number): Buffer | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(most + 1);
    let length = 0;
    for (let got = 1; got > 0 && length <= most; length += got) {
      got = readSync(descriptor, bytes, length, bytes.length - length, null);
    }
    return length > most ? undefined : bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
