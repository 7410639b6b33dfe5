// Bundles the program and the library: 200 small files cost 110 ms at start, one bundle 20. Rare parts of the program stay
// lazy through `import()`. The declaration files of the library are gathered beside it.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const options = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  chunkNames: 'parts/[name]-[hash]',
  // Less to read at start; names stay, for the stacks that people see.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
};
await buildProgram('src/main.ts', 'dist/bin');
await buildLibrary('src/index.ts', 'dist/lib');
gatherTypes('dist/src/index.d.ts', 'dist/types');

async function buildProgram(program, outdir) {
  const all = { ...options, entryPoints: { s_server: program }, outdir };
  const { metafile } = await build({ ...all, write: false, metafile: true });
  rmSync(outdir, { recursive: true, force: true });
  await build({ ...all, plugins: [wholeCore(program, metafile)] });
  chmodSync(`${outdir}/s_server.js`, 0o755);
}

/**
 * The bundler makes a chunk of every set of modules that the same lazy parts need, and at start each chunk costs half a
 * millisecond more. So every lazy part is told to need all that the program starts with: that becomes one chunk.
 */
function wholeCore(program, { inputs, outputs }) {
  const core = inputs[program].imports.filter(({ kind }) => kind === 'import-statement');
  const imports = core.map(({ path }) => `import ${JSON.stringify(resolve(path))};\n`).join('');
  const parts = Object.values(outputs).flatMap(({ entryPoint }) => (entryPoint ? [resolve(entryPoint)] : []));
  return {
    name: 'whole-core',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path === resolve(program) || !parts.includes(path)) return undefined;
        return { contents: `${imports}${readFileSync(path, 'utf8')}`, loader: 'ts' };
      }),
  };
}

async function buildLibrary(library, outdir) {
  rmSync(outdir, { recursive: true, force: true });
  await build({ ...options, entryPoints: { index: library }, outdir });
}

/** Copies a declaration file and those that it names, which name each other as older compilers understand it, too. */
function gatherTypes(entry, outdir) {
  rmSync(outdir, { recursive: true, force: true });
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(file, 'utf8').replace(/(?<=(?:from |import\()['"])(\..*?)\.ts(?=['"])/g, (_, name) => {
      files.add(join(dirname(file), `${name}.d.ts`));
      return `${name}.js`;
    });
    const copy = file.replace(dirname(entry), outdir);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, text);
  }
}
