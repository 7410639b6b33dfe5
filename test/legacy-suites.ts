import assert from 'node:assert/strict';
import { certificateFiles } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { type Cleanup, Program } from './program.ts';

/** Includes suites that are only chosen by name; ALL includes those of SEED. */
const everything = 'ALL:RC4-SHA:RC4-MD5:IDEA-CBC-SHA:ECDHE-RSA-RC4-SHA:DES-CBC3-SHA:ECDHE-RSA-DES-CBC3-SHA:@SECLEVEL=0';

const line = `0123456789${'abcdefghi '.repeat(99)}`;
const sent = `${`${line}\n`.repeat(100)}CLOSE\n`;
export const answered = `${[...line].reverse().join('')}\n`.repeat(100);

export const withoutOpenssl = installed('openssl') === undefined && 'openssl is not installed';
export const withoutGnutls = installed('gnutls-cli') === undefined && 'gnutls-cli is not installed';

export const providers = ['-provider', 'legacy', '-provider', 'default'];

/** carryBothWays transfers 100 kB in both directions of each connection; `connect` gets its port and arguments. */
export async function carryBothWays(
  t: Cleanup,
  connect: (port: number, ...words: string[]) => Promise<Outcome>,
  connections: readonly (readonly string[])[],
): Promise<void> {
  const words = [...providers, '-rev', '-cipher', everything, ...certificateFiles(t, 'RSA').words];
  const { port } = await Program.start(t, ...words);
  for (const words of connections) {
    const { out, err } = await connect(port, ...words);
    assert.ok(out.includes(answered), `${words.join(' ')}: ${err}`);
  }
}

export function openssl(port: number, name = '', version = ''): Promise<Outcome> {
  const words = ['-connect', `127.0.0.1:${port}`, version, '-cipher', `${name}:@SECLEVEL=0`];
  return run('openssl', ['s_client', ...providers, ...words, '-quiet', '-ign_eof', '-nocommands'], sent);
}

/** gnutls takes parts of a priority string. */
export function gnutls(port: number, ...words: string[]): Promise<Outcome> {
  const list = `NONE:${words.map((word) => `+${word}`).join(':')}:+SIGN-ALL:+SIGN-RSA-SHA1:+GROUP-ALL:+CTYPE-X509`;
  const priority = `${list}:%VERIFY_ALLOW_BROKEN:%PROFILE_VERY_WEAK`;
  return run('gnutls-cli', ['--insecure', '--priority', priority, '-p', `${port}`, '127.0.0.1'], sent);
}

export function node(port: number, ciphers = '', version = ''): Promise<Outcome> {
  const script = `
    const [port, ciphers, version] = process.argv.slice(1);
    const options = { ciphers: \`\${ciphers}:@SECLEVEL=0\`, minVersion: version, maxVersion: version };
    const socket = require('node:tls').connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    process.stdin.pipe(socket).pipe(process.stdout);`;
  return run(process.execPath, ['--openssl-legacy-provider', '--eval', script, `${port}`, ciphers, version], sent);
}
