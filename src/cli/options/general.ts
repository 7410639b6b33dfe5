import { useEngine } from '../providers/openssl-engine.ts';
import type { ServerRow } from './row.ts';

/** Options about the program itself. */
export const general = [
  {
    name: 'help',
    takes: 'flag',
    help: 'Display this summary',
    effect: 'print the list of options on stderr and stop',
    conflicts: 'what comes before it on the line is still checked',
    since: 'before 1.0',
    aliases: ['h'],
  },
  {
    name: 'ssl_config',
    takes: 'string',
    help: 'Configure SSL_CTX using the given configuration value',
    effect: 'apply a named section of the ssl_conf configuration module to the context',
    conflicts: 'unknown: "Error using configuration "X"" and the error lines, exit 1',
    since: '1.1.0',
  },
  {
    name: 'trace',
    takes: 'flag',
    help: 'trace protocol messages',
    effect: 'decoded dump of all messages to stdout or -msgfile',
    conflicts: 'with -msg the last one given wins',
    since: '1.0.2',
  },
  {
    name: 'engine',
    takes: 'string',
    help: 'Use engine, possibly a hardware device',
    effect: 'load a legacy engine: its algorithms are used, and its random numbers',
    conflicts: 'an engine that cannot be loaded is told on stderr; the start goes on',
    since: 'before 1.0',
    check: useEngine,
  },
] as const satisfies readonly ServerRow[];
