// Runs the compiled tests by name: no folder or glob form of `node --test` means the same in every Node. The sources say
// which there are, as what was compiled from removed ones stays.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const files = ['src', 'test']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
  .filter((name) => name.endsWith('.test.ts') && (wanted.length === 0 || wanted.some((word) => name.includes(word))))
  .map((name) => `dist/${name.replace(/\.ts$/, '.js')}`);
// Two at a time: the whole-program tests spend half of it waiting for other programs.
// What hangs is a failed test, not a run without an end.
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', '--test-timeout=900000', ...files], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
