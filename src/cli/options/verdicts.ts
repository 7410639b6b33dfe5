import type { ServerRow } from './row.ts';

/** Options that judge clients, or report on them. */
export const verdicts = [
  {
    name: 'expect',
    takes: 'string',
    help: 'What every connection is expected to be like: terms, or @file',
    effect:
      'terms joined by commas hold for every connection (docs/verdicts.md lists them); `@FILE` has one a line. May be given several times. Without a mode option requests are answered with a short text; without a command the server ends after as many connections as a term names, at least one. The exit status is 5 when a term is not met, 4 when a handshake failed and no term is about that, 3 when no client came; failures are explained as with `-explain`',
    conflicts: '"s_server: -expect: ..." for what is no term or contradicts another, exit 1',
    since: 'ours',
  },
  {
    name: 'exec',
    takes: 'string',
    help: 'Run this with a shell once the server listens, and end with it',
    effect:
      'as a command behind `--`, by a shell: `{port}`, `{host}`, `{address}` and `{url}` are replaced, with `-unix` `{host}` and `{path}`; `$SERVERHELLO_CA` is a file with the certificate to trust, `$SERVERHELLO_PORT`, `_HOST`, `_ADDRESS`, `_URL` and `_PATH` are the others',
    conflicts:
      'with a command behind `--`, and with `{ca}` or a placeholder without a meaning in it: exit 1; "s_server: cannot run ...", exit 2',
    since: 'ours',
  },
  {
    name: 'ready',
    takes: 'outfile',
    help: 'Write address, port and process id to file (or fd:N) when listening',
    effect:
      'one line `ADDRESS PORT PID`, with `-unix` `PATH 0 PID`, once clients can connect; a file appears with its whole content',
    conflicts: '"s_server: -ready: ...", exit 2',
    since: 'ours',
  },
  {
    name: 'wait',
    takes: '+int',
    help: 'Seconds to wait for the first client of a verdict (default 30)',
    effect: 'where no client has come after so many seconds, the server ends with status 3',
    conflicts: `"Can't use -wait without -expect, -exec or a command", exit 1`,
    since: 'ours',
  },
  {
    name: 'limit',
    takes: '+int',
    help: 'Seconds that a run with a verdict takes at most (default 60)',
    effect: 'after so many seconds the command and all connections are ended, with status 3 unless another one applies',
    conflicts: `"Can't use -limit without -expect, -exec or a command", exit 1`,
    since: 'ours',
  },
  {
    name: 'junit',
    takes: 'outfile',
    help: 'Write the verdicts to file as JUnit XML; - is stdout',
    effect:
      'a test case for each term, one for the handshakes unless a term is about failures, one for the command, and one for the run (docs/verdicts.md); the file is opened before the server listens. With `-` what people read goes to stderr, the output of the command too',
    conflicts:
      '"s_server: -junit: cannot write ...", exit 2; "Can\'t use -junit without -expect, -exec or a command", exit 1; with another output on stdout: "Only one output can be on stdout", exit 1',
    since: 'ours',
    stdoutWords: ['-', 'fd:1'],
  },
  {
    name: 'tap',
    takes: 'outfile',
    help: 'Write the verdicts to file as TAP 14; - is stdout',
    effect: 'as `-junit`, as lines of the Test Anything Protocol',
    conflicts:
      '"s_server: -tap: cannot write ...", exit 2; "Can\'t use -tap without -expect, -exec or a command", exit 1; with another output on stdout: "Only one output can be on stdout", exit 1',
    since: 'ours',
    stdoutWords: ['-', 'fd:1'],
  },
  {
    name: 'report',
    takes: 'flag',
    help: 'Answer each client with a report card about it',
    effect:
      'requests are answered with a page about the client that asks: its offers, a grade, and what its visits have shown; text, a page for browsers, JSON at `/json` or for `Accept: application/json`, and the members of howsmyssl.com at `/a/check` (docs/report.md). The card of each new kind of client is printed',
    conflicts: 'with -www, -WWW, -HTTP or -rev: "Can\'t use -report with -www, -WWW, -HTTP or -rev", exit 1',
    since: 'ours',
  },
] as const satisfies readonly ServerRow[];
