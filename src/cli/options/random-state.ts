import type { ServerRow } from './row.ts';

/** The state of the random generator; ours is the platform's. */
export const randomState = [
  {
    name: 'rand',
    takes: 'string',
    help: 'Load the given file(s) into the random number generator',
    effect: 'read files into the generator',
    conflicts: `"Can't load F into RNG" and the error lines, exit 1`,
    since: 'before 1.0',
    completes: 'file',
  },
  {
    name: 'writerand',
    takes: 'outfile',
    help: 'Write random data to the specified file',
    effect: 'write random state at the end',
    since: '1.1.1',
  },
] as const satisfies readonly ServerRow[];
