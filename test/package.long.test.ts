import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';

const skip = !existsSync('.git') && 'the sources are not a clone of the repository';

test('the package of a fresh clone', { skip }, async (t) => {
  const { archive, project, installed } = packed(t);
  const run = (...words: string[]) => execFileSync(process.execPath, words, { cwd: project, encoding: 'utf8' });
  const tool = (path: string, ...words: string[]) => run(resolve('node_modules', path), ...words);
  const call = 'console.log(typeof createServer)';

  await t.test('has the program', () => {
    assert.match(run(join(installed, 'dist/bin/s_server.js'), 'completion', 'bash'), /-accept/);
  });
  await t.test('has the library for import and require', () => {
    const imported = `import { createServer } from 'serverhello'; ${call}`;
    assert.equal(run('--input-type=module', '--eval', imported), 'function\n');
    const required = `const { createServer } = require('serverhello'); ${call}`;
    assert.equal(run('--no-warnings', '--eval', required), 'function\n');
  });
  await t.test('has the strictest types', () => {
    cpSync('test/consumer/consumer.ts', join(project, 'consumer.mts'));
    writeFileSync(join(project, 'required.cts'), requiring);
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noEmit'];
    const system = [
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2023,esnext.disposable',
      '--types',
      'node',
    ];
    tool('typescript/bin/tsc', ...strict, ...system, 'consumer.mts', 'required.cts');
  });
  await t.test('has nothing that publint or attw find wrong', () => {
    tool('publint/src/cli.js', '--strict', installed);
    tool('@arethetypeswrong/cli/dist/index.js', archive, '--ignore-rules', 'cjs-resolves-to-esm');
  });
  await t.test('works without the optional package', () => {
    rmSync(join(project, 'node_modules/@noble'), { recursive: true });
    assert.equal(run('--input-type=module', '--eval', testing), '["h2"]\n');
  });
});

const requiring = `import { createServer, type Server } from 'serverhello';
const server: Server = createServer();
server.close();
`;

const testing = `
  import { connect } from 'node:tls';
  import { testServer } from 'serverhello';
  const server = await testServer({ ALPNProtocols: ['h2'] });
  connect({ port: server.port, ca: server.certificate, servername: 'localhost', ALPNProtocols: ['h2'] });
  console.log(JSON.stringify((await server.next()).clientHello.alpnProtocols));
  await server.close();
`;

/** Packs a clone with the modules that are installed here, and makes an empty project that has the package. */
function packed(t: TestContext): { archive: string; project: string; installed: string } {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', '.', clone]);
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
  execFileSync('npm', ['pack', '--offline', '--silent', '--pack-destination', folder], { cwd: clone });
  const archive = join(folder, 'serverhello-0.1.0.tgz');
  const project = join(folder, 'project');
  const installed = join(project, 'node_modules/serverhello');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{}');
  execFileSync('tar', ['xf', archive, '-C', folder]);
  renameSync(join(folder, 'package'), installed);
  for (const name of ['@noble', '@types', 'undici-types'])
    cpSync(join('node_modules', name), join(project, 'node_modules', name), { recursive: true });
  return { archive, project, installed };
}
