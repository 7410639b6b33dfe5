import { spawn } from 'node:child_process';
import { accessSync, constants, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { folder } from './certificates.ts';
import type { Cleanup } from './program.ts';

/** Client is another implementation of TLS. */
export interface Client {
  readonly name: string;
  /** Returns the reason why it cannot be used here; undefined if it can. */
  missing(): Promise<string | undefined>;
  /** Gets the status page over two connections, the second of which offers the session of the first. */
  twoPages(port: number, test: Cleanup): Promise<readonly string[]>;
}

export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly status: number | null;
}

const request = 'GET / HTTP/1.0\r\n\r\n';

/** run runs a program to its end. It is killed after a time-out, so that a hanging client is a failed test. */
export async function run(
  command: string,
  words: readonly string[],
  input: string | AsyncIterable<string> = '',
): Promise<Outcome> {
  const child = spawn(command, words, { timeout: 120_000, killSignal: 'SIGKILL' });
  child.stdin.on('error', () => {});
  if (typeof input === 'string') child.stdin.end(input);
  else Readable.from(input).pipe(child.stdin);
  const ended = new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, status };
}

/** installed returns the full path of a program; undefined if it is not installed. */
export function installed(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((it) => join(it, name))).find(isExecutable);
}

/** opensslPage gets the status page with `openssl s_client`; the text includes the client's own output. */
export async function opensslPage(port: number, words: readonly string[] = []): Promise<string> {
  const connect = ['s_client', '-connect', `127.0.0.1:${port}`, '-ign_eof'];
  const { out, err } = await run('openssl', [...connect, ...words], request);
  return out + err;
}

export const clients: readonly Client[] = [
  {
    name: 'curl',
    missing: async () => without('curl'),
    twoPages: async (port) => {
      const page = `https://127.0.0.1:${port}/`;
      const { out } = await run('curl', ['--silent', '--insecure', '--noproxy', '*', page, page]);
      return pagesIn(out);
    },
  },
  {
    name: 'openssl s_client',
    missing: async () => without('openssl'),
    twoPages: async (port, test) => {
      const session = join(folder(test), 'session.pem');
      const first = await opensslPage(port, ['-sess_out', session]);
      return pagesIn(first + (await opensslPage(port, ['-sess_in', session])));
    },
  },
  {
    name: 'gnutls-cli',
    missing: async () => without('gnutls-cli'),
    // It shows the data of its second connection only: the first is a separate run.
    twoPages: async (port) => {
      const words = ['--insecure', '--port', `${port}`, '127.0.0.1'];
      const first = await run('gnutls-cli', words, request);
      const second = await run('gnutls-cli', ['--resume', ...words], request);
      return pagesIn(first.out + second.out);
    },
  },
  {
    name: 'NSS tstclnt',
    missing: async () => without('tstclnt') ?? without('certutil'),
    twoPages: async (port, test) => {
      const path = folder(test);
      const database = `sql:${path}`;
      const file = join(path, 'request');
      writeFileSync(file, request);
      await run('certutil', ['-N', '-d', database, '--empty-password']);
      const words = ['-h', '127.0.0.1', '-p', `${port}`, '-d', database, '-o', '-u', '-L', '2', '-A', file];
      return pagesIn((await run('tstclnt', words)).out);
    },
  },
  {
    name: 'Node https',
    missing: async () => undefined,
    twoPages: async (port) => {
      const agent = new Agent({ rejectUnauthorized: false, maxCachedSessions: 10 });
      return [await nodePage(port, agent), await nodePage(port, agent)];
    },
  },
  {
    name: 'Chromium',
    missing: async () => without('chromium', 'chromium-browser', 'google-chrome'),
    twoPages: chromiumPages,
  },
];

/** nodePage gets the status page with Node's own client. */
export function nodePage(port: number, agent = new Agent({ rejectUnauthorized: false })): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent }, (answer) => {
      text(answer).then(resolve, reject);
    }).on('error', reject);
  });
}

/** chromiumPages gets two pages, the second over a session of the first. Chromium must be installed. */
export async function chromiumPages(port: number, test: Cleanup): Promise<readonly string[]> {
  const page = await chromiumPage(test);
  const first = await statusPage(page, port);
  for (let left = spareConnections; left > 0; left--) {
    const next = await statusPage(page, port);
    if (next.includes('Reused, ') || left === 1) return [first, next];
  }
  return [first];
}

/** chromiumPage opens a window of a browser of its own. Chromium must be installed. */
export async function chromiumPage(test: Cleanup, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: installed('chromium', 'chromium-browser', 'google-chrome') ?? '',
    args: chromiumWords,
  });
  test.after(() => browser.close());
  return browser.newPage(options);
}

/** Chromium may open further connections at once, before there is a session to resume. */
const spareConnections = 4;

async function statusPage(page: Page, port: number): Promise<string> {
  await page.goto(`https://127.0.0.1:${port}/`);
  return (await page.textContent('pre')) ?? '';
}

/**
 * Switches off traffic to other hosts. If the certificate were only accepted per page, every page would first fail a
 * connection, which uses up the tickets.
 */
const chromiumWords = [
  '--ignore-certificate-errors',
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function pagesIn(output: string): readonly string[] {
  return output.match(/<HTML>.*?<\/HTML>/gs) ?? [];
}

function without(...names: readonly string[]): string | undefined {
  return installed(...names) === undefined ? `${names[0]} is not installed` : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
