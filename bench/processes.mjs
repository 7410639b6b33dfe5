// The processes of a measurement: servers that tell what they have used, one client, and programs watched from outside.
import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/bin/s_server.js', import.meta.url));

/** The two sides of every comparison that has an `openssl` in it. */
export const programs = {
  ours: (words) => [process.execPath, [program, ...words]],
  openssl: (words) => ['openssl', ['s_server', ...words]],
};

/** A server script of ours or Node's; It tells milliseconds of CPU and bytes of memory when asked. */
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
    /** One task at a time. */
    async run(task, details) {
      child.send({ task, ...details });
      const { result, error } = await messageOf(child);
      if (error !== undefined) throw new Error(`${task}: ${error}`);
      return result;
    },
    stop: () => end(child),
  };
}

/** The next message; a process that ends instead ends the bench. */
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

/** A program of its own until it prints its ACCEPT line; `started` is how long that took, in milliseconds. */
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

/** Milliseconds from start to exit. */
export async function timeOf(command, words) {
  const begin = performance.now();
  const child = spawn(command, words, { stdio: 'ignore' });
  await once(child, 'exit');
  return performance.now() - begin;
}

/** utime and stime in clock ticks, behind the name in brackets; the kernel tells programs 100 ticks a second. */
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

/** Undefined where there is none. */
export function opensslVersion() {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).split(' ').slice(0, 2).join(' ');
  } catch {
    return undefined;
  }
}
