// The shim as one process for one test.
import { runShim } from './run-shim.ts';

const words = process.argv.slice(2).map((word) => Buffer.from(word).toString('latin1'));
const { code, stdout, stderr } = await runShim(words, new AbortController().signal);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
