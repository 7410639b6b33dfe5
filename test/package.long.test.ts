import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const skip = !existsSync('.git') && 'the sources are not a clone of the repository';

test(
  'the package of a fresh clone has the program, and the library for import, require and strict types',
  { skip },
  (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'package-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const project = packedInto(folder);
    const run = (...words: string[]) => execFileSync(process.execPath, words, { cwd: project, encoding: 'utf8' });
    const call = 'console.log(typeof createServer)';
    assert.equal(
      run('--input-type=module', '--eval', `import { createServer } from 'serverhello'; ${call}`),
      'function\n',
    );
    const required = run('--no-warnings', '--eval', `const { createServer } = require('serverhello'); ${call}`);
    assert.equal(required, 'function\n');
    assert.match(run('node_modules/serverhello/dist/bin/s_server.js', 'completion', 'bash'), /-accept/);
    cpSync('test/consumer/consumer.ts', join(project, 'consumer.mts'));
    const types = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    run(resolve('node_modules/typescript/bin/tsc'), ...types, '--skipLibCheck', 'consumer.mts');
  },
);

/** Packs a clone with the modules that are installed here. Returns an empty project that has the package. */
function packedInto(folder: string): string {
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', '.', clone]);
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
  execFileSync('npm', ['pack', '--offline', '--silent', '--pack-destination', folder], { cwd: clone });
  const project = join(folder, 'project');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{}');
  execFileSync('tar', ['xf', join(folder, 'serverhello-0.1.0.tgz'), '-C', folder]);
  renameSync(join(folder, 'package'), join(project, 'node_modules/serverhello'));
  for (const name of ['@noble', '@types', 'undici-types'])
    cpSync(join('node_modules', name), join(project, 'node_modules', name), { recursive: true });
  return project;
}
