import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { certificateFiles, folder } from './certificates.ts';
import { nodePage, run } from './clients.ts';
import { type Block, blocksOf, documents, samples } from './documents.ts';
import { Program } from './program.ts';

test('docs/api.md says what the types say', async () => {
  const { apiDocument } = (await import(pathToFileURL('api.mjs').href)) as { apiDocument: string };
  assert.ok(apiDocument === readFileSync('docs/api.md', 'utf8'), 'npm run docs brings it up to date');
});

test('docs/api.md has every name that the library exports', () => {
  const exported = [...readFileSync('src/index.ts', 'utf8').matchAll(/\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.replace('type ', '').trim()),
  );
  const described = new Set(readFileSync('docs/api.md', 'utf8').match(/(?<=^### )\w+$/gm));
  assert.ok(exported.length > 40);
  assert.deepEqual(
    exported.filter((name) => name !== '' && !described.has(name)),
    [],
  );
});

test('every block of the documents is of a kind that is tried', () => {
  const kinds = documents.flatMap(blocksOf).map(({ file, language }) => `${file} ${language}`);
  assert.deepEqual([...new Set(kinds)].sort(), [
    'README.md console',
    'README.md sh',
    'README.md ts',
    'docs/ARCHITECTURE.md ',
    'docs/api.md ts',
    'docs/captures.md sh',
    'docs/captures.md ts',
  ]);
});

test('what README tells to run with npm is a script of the package', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...readFileSync('README.md', 'utf8').matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)];
  assert.ok(named.length > 1);
  for (const [, name = ''] of named) assert.ok(name in scripts, name);
});

test('the samples pass the strictest checks of types, and run', async (t) => {
  const path = projectOf(t, samples());
  const { key, certificate } = certificateFiles(t, 'P-256');
  for (const [from, to] of [
    [key, 'key.pem'],
    [certificate, 'cert.pem'],
  ] as const)
    writeFileSync(join(path, to), readFileSync(from));
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', path], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
  for (const [number, { file, text }] of samples().entries()) {
    await t.test(`${file}, sample ${number + 1}`, (t) =>
      text.includes('listen(8443)') ? serves(t, path, number) : ends(path, number),
    );
  }
});

/** projectOf makes a project with the library installed and a file for each sample. */
function projectOf(t: TestContext, blocks: readonly Block[]): string {
  const path = folder(t);
  mkdirSync(join(path, 'node_modules'));
  symlinkSync(resolve('.'), join(path, 'node_modules/serverhello'));
  symlinkSync(resolve('node_modules/@types'), join(path, 'node_modules/@types'));
  writeFileSync(join(path, 'package.json'), '{ "type": "module" }');
  const { compilerOptions } = JSON.parse(readFileSync('test/consumer/tsconfig.json', 'utf8')) as {
    compilerOptions: Record<string, unknown>;
  };
  const options = { ...compilerOptions, noEmit: false, skipLibCheck: true };
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
  for (const [number, { text }] of blocks.entries()) writeFileSync(join(path, `sample${number}.ts`), text);
  return path;
}

/** ends runs a sample that exits, in the folder of its files. */
async function ends(cwd: string, number: number): Promise<void> {
  const { stdout, stderr, status } = spawnSync(process.execPath, [`sample${number}.js`], { cwd, encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
}

/** serves runs a sample that serves pages, on a free port instead of its own. */
async function serves(t: TestContext, path: string, number: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', onFreePort, join(path, `sample${number}.js`)], { cwd: path });
  const closed = once(child, 'close');
  t.after(async () => {
    child.kill();
    await closed;
  });
  const [port] = (await Promise.race([once(child.stdout, 'data'), closed])) as unknown[];
  assert.equal(await nodePage(Number(port)), 'You asked for /\n');
}

const onFreePort = `data:text/javascript,
  import { Server } from 'node:net';
  const { listen } = Server.prototype;
  Server.prototype.listen = function () {
    return listen.call(this, 0, '127.0.0.1', () => console.log(this.address().port));
  };`;

const reference = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
const skip = !reference.startsWith('OpenSSL 3.0.') && 'openssl 3.0, whose words README shows, is not installed';

test('the first minute of README goes as it is written there', { skip }, async (t) => {
  const [start, visit, shown] = blocksOf('README.md')
    .filter(({ language }) => language === 'console')
    .map(({ text }) => text.trimEnd().split('\n'));
  assert.ok(start && visit && shown);
  const program = await Program.start(t, ...wordsOf(start[0]).slice(2));
  assert.match(program.err + program.out, asShown(start.slice(1)));
  const client = wordsOf(visit[0]).map((word) => word.replace(/^localhost:\d+$/, `127.0.0.1:${program.port}`));
  const typed = visit.at(-1) ?? '';
  await run('openssl', client, `${typed}\n`);
  await program.prints(/^DONE$/m);
  assert.match(program.out, asShown(shown));
});

/** wordsOf returns the arguments of a line at the prompt. */
function wordsOf(line = ''): string[] {
  const [prompt, , ...words] = line.split(' ');
  assert.equal(prompt, '$');
  return words;
}

/** asShown matches lines of README: three points match anything, and keys, sessions and ports may differ. */
function asShown(lines: readonly string[]): RegExp {
  const patterns = lines.map((line) =>
    line === '...'
      ? '[^]*'
      : line
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replace(/\\\.\\\.\\\.$/, '.*')
          .replace(/([0-9A-F]{2}:){31}[0-9A-F]{2}/, '[0-9A-F:]{95}')
          .replace(/sha256\/\/[^']+/, '[\\w+/=]+')
          .replace(/^M[\w+/]{63}$/, '[\\w+/]{64}')
          .replace(/localhost:\d+/g, '\\S+:\\w+')
          .replace(/^ACCEPT$/, 'ACCEPT.*'),
  );
  return new RegExp(`^${patterns.join('\n')}$`, 'm');
}
