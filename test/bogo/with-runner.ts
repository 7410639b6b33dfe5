// Runs the runner against the persistent process: its path and its own flags are the arguments.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const [runner, ...words] = process.argv.slice(2);
if (runner === undefined) throw new Error('the first argument is the path of the runner');

const persistent = spawn(process.execPath, [fileURLToPath(new URL('persistent.js', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [port] = (await once(persistent.stdout, 'data')) as [Buffer];
const folder = fileURLToPath(new URL('../../../test/bogo', import.meta.url));
const ours = ['-shim-path', `${folder}/launcher`, '-shim-config', `${folder}/config.json`, '-allow-unimplemented'];
const child = spawn(runner, [...ours, ...words], {
  env: { ...process.env, SHIM_PORT: port.toString().trim() },
  stdio: 'inherit',
});
const [code] = (await once(child, 'close')) as [number | null];
persistent.kill();
process.exitCode = code ?? 1;
