// The processes of a measurement: servers that report their use of resources, one client, and programs measured from
// outside.
import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/bin/s_server.js', import.meta.url));

/** The two sides of every comparison with `openssl`. */
export const programs = {
  ours: (words) => [process.execPath, [program, ...words]],
  openssl: (words) => ['openssl', ['s_server', ...words]],
};

/**
 * startServer starts a server script of ours or Node's; it reports milliseconds of CPU and bytes of memory on request.
 */
export async function startServer(name, { certFile, keyFile }, kind = 'http') {
  const script = fileURLToPath(new URL(`servers/${name}.mjs`, import.meta.url));
  const child = fork(script, [certFile, keyFile, kind], { execArgv: ['--expose-gc'] });
  const { port } = await messageOf(child);
  const ask = (what) => {
    child.send(what);
    return messageOf(child);
  };
  return {
    port,
    cpu: () => ask('cpu'),
    memory: () => ask('memory'),
    stop: () => end(child),
  };
}

export function startClient() {
  const child = fork(fileURLToPath(new URL('client.mjs', import.meta.url)));
  return {
    /** Runs one task at a time. */
    async run(task, details) {
      child.send({ task, ...details });
      const { result, error } = await messageOf(child);
      if (error !== undefined) throw new Error(`${task}: ${error}`);
      return result;
    },
    stop: () => end(child),
  };
}

/** messageOf returns the next message; a process that exits instead ends the bench. */
async function messageOf(child) {
  const over = new AbortController();
  try {
    const ended = once(child, 'exit', over).then(() => {
      throw new Error(`${child.spawnargs.join(' ')} ended`);
    });
    const [message] = await Promise.race([once(child, 'message', over), ended]);
    return message;
  } finally {
    over.abort();
  }
}

/** startProgram waits for the program's ACCEPT line; `started` is the time until then in milliseconds. */
export async function startProgram([command, words]) {
  const begin = performance.now();
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'ignore'] });
  let text = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (bytes) => {
      text += bytes;
      if (/^ACCEPT.*\n/m.test(text)) resolve();
    });
    child.once('exit', () => reject(new Error(`${command} ${words.join(' ')} ended`)));
  });
  const started = performance.now() - begin;
  child.stdout.removeAllListeners('data').resume();
  const port = Number(/^ACCEPT.*:(\d+)$/m.exec(text)?.[1]);
  return { port, started, cpu: () => cpuOf(child.pid), stop: () => end(child) };
}

/** timeOf returns milliseconds from start to exit. */
export async function timeOf(command, words) {
  const begin = performance.now();
  const child = spawn(command, words, { stdio: 'ignore' });
  await once(child, 'exit');
  return performance.now() - begin;
}

/** cpuOf reads utime and stime in clock ticks, after the name in brackets; the kernel reports 100 ticks a second. */
function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** opensslVersion returns undefined without an openssl. */
export function opensslVersion() {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).split(' ').slice(0, 2).join(' ');
  } catch {
    return undefined;
  }
}
