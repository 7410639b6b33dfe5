#!/usr/bin/env node
import { leadsNowhere } from './apps/keyboard.ts';
import { optionNamed } from './cli/options/index.ts';
import { StandardStreams } from './cli/output/standard-streams.ts';
import { prepare } from './cli/prepare.ts';
import { needsAnotherStart, providerChoice } from './cli/providers/provider-choice.ts';
import { startedAgainWith } from './cli/providers/started-again.ts';
import { serve } from './cli/serve.ts';
import { endBySignals } from './cli/signals.ts';

endBySignals();
const words = process.argv.slice(2);
const choice = providerChoice(words, optionNamed);
if (needsAnotherStart(choice)) {
  const { settleIn, startAgain } = await import('./cli/providers/start-again.ts');
  const file = startedAgainWith(process.execArgv);
  if (file === undefined) {
    const { startConfiguration } = await import('./cli/providers/provider-configuration.ts');
    const configuration = startConfiguration(choice);
    if (configuration !== undefined) process.exit(await startAgain(configuration));
  } else {
    settleIn(file);
  }
}
const streams = new StandardStreams(process.stdout, process.stderr);
const prepared = await prepare(words, streams);
const exitCode =
  typeof prepared === 'number'
    ? prepared
    : await serve(prepared, {
        words,
        input: leadsNowhere(0) ? undefined : process.stdin,
        flushesLines: process.stdout.isTTY,
        readByPerson: streams.readByPerson,
        raw: (bytes) => streams.raw(bytes),
        backlog: streams,
      });
await streams.writtenOut();
process.exit(exitCode);
