// Runs the compiled tests by name: no folder or glob form of `node --test` means the same in every Node. The sources say
// which there are, as what was compiled from removed ones stays.
//
//     node test.mjs [--all] [WORD ...]    tests whose path has one of the words in it
//
// Without --all, tests in `*.long.test.ts` are left out: whole matrices and large amounts of what others try a part of.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const all = process.argv.includes('--all');
const words = process.argv.slice(2).filter((word) => word !== '--all');
const files = ['src', 'test']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
  .filter((name) => name.endsWith('.test.ts') && (all || !name.endsWith('.long.test.ts')))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .map((name) => `dist/${name.replace(/\.ts$/, '.js')}`);
if (files.length === 0) throw new Error(`no test has any of these in its path: ${words.join(' ')}`);
// Two at a time: the whole-program tests spend half of it waiting for other programs.
// What hangs is a failed test, not a run without an end.
const options = ['--test', '--test-concurrency=2', '--test-timeout=900000'];
const { status, signal } = spawnSync(process.execPath, [...options, ...files], { stdio: 'inherit' });
if (status === null) process.stderr.write(`the test runner was ended by ${signal}\n`);
process.exitCode = status ?? 1;
