import process from 'node:process';
import { opensslVersion, programs, startProgram, timeOf } from '../processes.mjs';
import { pairedRounds } from '../statistics.mjs';

/** Time of the program until it listens, compared with an empty one. */
export const startUp = {
  name: 'start-up',
  async measure({ quick, certFile, keyFile }) {
    const rounds = quick ? 3 : 11;
    const words = ['-accept', '127.0.0.1:0', '-cert', certFile, '-key', keyFile];
    const ours = () => accepted(programs.ours(words));
    const empty = await pairedRounds(rounds, ours, () => timeOf(process.execPath, ['-e', '0']));
    const lines = [
      { what: 'start to ACCEPT line', unit: 'ms', against: 'node -e 0', pairs: empty, compare: 'difference', must: 80 },
    ];
    if (opensslVersion() !== undefined) {
      const pairs = await pairedRounds(rounds, ours, () => accepted(programs.openssl(words)));
      lines.push({
        what: 'start to ACCEPT line',
        unit: 'ms',
        against: 'openssl s_server',
        pairs,
        compare: 'difference',
      });
    }
    return lines;
  },
};

async function accepted(command) {
  const program = await startProgram(command);
  await program.stop();
  return program.started;
}
