// Bundles the program: 200 small files cost 110 ms at start, one bundle 20. Rare parts stay lazy through `import()`.
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const program = 'src/main.ts';
const options = {
  entryPoints: { s_server: program },
  outdir: 'dist/bin',
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
const { metafile } = await build({ ...options, write: false, metafile: true });
rmSync('dist/bin', { recursive: true, force: true });
await build({ ...options, plugins: [wholeCore(metafile)] });
chmodSync('dist/bin/s_server.js', 0o755);

/**
 * The bundler makes a chunk of every set of modules that the same lazy parts need, and at start each chunk costs half a
 * millisecond more. So every lazy part is told to need all that the program starts with: that becomes one chunk.
 */
function wholeCore({ inputs, outputs }) {
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
