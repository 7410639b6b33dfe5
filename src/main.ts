#!/usr/bin/env node
import { leadsNowhere } from './apps/keyboard.ts';
import { optionNamed } from './cli/options/index.ts';
import { prepare } from './cli/prepare.ts';
import { needsAnotherStart, providerChoice } from './cli/providers/provider-choice.ts';
import { serve } from './cli/serve.ts';

const words = process.argv.slice(2);
const choice = providerChoice(words, optionNamed);
if (needsAnotherStart(choice)) {
  const { settleIn, startAgain, startedAgainWith } = await import('./cli/providers/start-again.ts');
  const file = startedAgainWith(process.execArgv);
  if (file === undefined) {
    const { providerConfiguration } = await import('./cli/providers/provider-configuration.ts');
    process.exit(await startAgain(providerConfiguration(choice)));
  }
  settleIn(file);
}
// Who reads what is printed may stop, as `| head` does. The server goes on, as the reference does.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const output = {
  readByPerson: process.stderr.isTTY,
  out: (text: string) => {
    process.stdout.write(text);
  },
  err: (text: string) => {
    process.stderr.write(text);
  },
};
const prepared = await prepare(words, output);
const exitCode =
  typeof prepared === 'number'
    ? prepared
    : await serve(prepared, {
        words,
        input: leadsNowhere(0) ? undefined : process.stdin,
        flushesLines: process.stdout.isTTY,
        raw: (bytes) => {
          process.stdout.write(bytes);
        },
      });
process.exit(exitCode);
