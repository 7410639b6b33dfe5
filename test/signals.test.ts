import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Program } from './program.ts';

for (const signal of ['SIGUSR1', 'SIGUSR2', 'SIGXFSZ', 'SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
  for (const words of [[], ['-provider', 'default']]) {
    test(`${signal} ends the program as it ends the reference ${words.join(' ')}`, async (t) => {
      const program = await Program.start(t, ...words);
      program.process.kill(signal);
      await once(program.process, 'close');
      assert.equal(program.process.signalCode, signal);
      assert.doesNotMatch(program.err, /[Dd]ebugger/);
    });
  }
}
