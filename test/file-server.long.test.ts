import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { largeFileArrives } from './served-files.ts';

for (const [version, mebibytes] of [
  ['-tls1_2', 256],
  ['-tls1_3', 1024],
] as const) {
  test(`a file of ${mebibytes} MiB arrives bit by bit, and costs no memory (${version})`, async (t) => {
    // The program serves its current directory.
    process.chdir(folder(t));
    await largeFileArrives(t, version, mebibytes, certificateFiles(t, 'P-256').words);
  });
}
