#!/usr/bin/env node
import { leadsNowhere } from './apps/keyboard.ts';
import { lacksLegacy, legacyFlag } from './cli/providers.ts';
import { prepare } from './cli/run.ts';
import { serve } from './cli/serve.ts';

const words = process.argv.slice(2);
if (process.execArgv.includes(legacyFlag)) {
  const { endWithParent } = await import('./cli/start-again.ts');
  endWithParent();
} else if (lacksLegacy(words)) {
  const { startAgain } = await import('./cli/start-again.ts');
  process.exit(await startAgain(legacyFlag));
}
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
